package org.peerlet.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // header | length | first..end, whole or none
        "bytes=0-9             | 1000 | 0..10",
        "bytes=0-0             | 1000 | 0..1",
        "bytes=0-              | 1000 | 0..1000",
        "bytes=999-            | 1000 | 999..1000",
        "bytes=999-999         | 1000 | 999..1000",
        "bytes=999-5000        | 1000 | 999..1000",
        "bytes=1000-           | 1000 | none",
        "bytes=1000-1001       | 1000 | none",
        "bytes=5-4             | 1000 | none",
        "bytes=-1              | 1000 | 999..1000",
        "bytes=-1000           | 1000 | 0..1000",
        "bytes=-1001           | 1000 | 0..1000",
        "bytes=-0              | 1000 | none",
        "BYTES=1-2             | 1000 | 1..3",
        "bytes= 1 - 2          | 1000 | 1..3",
        "bytes=1-2,            | 1000 | none",
        "bytes=1-2,5-6         | 1000 | whole",
        "bytes=1-2,5-6,x       | 1000 | whole",
        "bytes=1-2,x           | 1000 | none",
        "bytes=1-2,2000-       | 1000 | 1..3",
        "bytes=2000-,1-2       | 1000 | 1..3",
        "bytes=2000-,3000-     | 1000 | none",
        "bytes=x               | 1000 | none",
        "bytes=1               | 1000 | none",
        "bytes=1-x             | 1000 | none",
        "bytes=--1             | 1000 | none",
        "bytes=+1-2            | 1000 | none",
        "bytes=1-2;            | 1000 | none",
        "bytes=0x1-2           | 1000 | none",
        "bytes=-               | 1000 | none",
        "bytes=                | 1000 | whole",
        "bytes 1-2             | 1000 | whole",
        "items=1-2             | 1000 | whole",
        "1-2                   | 1000 | whole",
        "bytes =1-2            | 1000 | whole",
        "bytes=0-              | 1    | 0..1",
        "bytes=-1              | 1    | 0..1",
        "bytes=1-              | 1    | none",
        "bytes=0-              | 0    | whole",
        "bytes=-1              | 0    | whole",
        "bytes=-0              | 0    | whole",
        "bytes=1-              | 0    | none",
        "bytes=4294967295-4294967296 | 5000000000 | 4294967295..4294967297",
        "bytes=2147483647-2147483648 | 5000000000 | 2147483647..2147483649",
        "bytes=-4294967297           | 5000000000 | 705032703..5000000000",
        "bytes=0-9223372036854775807 | 1000 | 0..1000",
        "bytes=0-9223372036854775808 | 1000 | none",
        "bytes=9223372036854775808-  | 1000 | none",
        "bytes=0-99999999999999999999999 | 1000 | none",
        "bytes=000000000000000000000001-2 | 1000 | 1..3",
      })
  void readsTheHeaderAsNginxDoes(String header, long lengthBytes, String expected) {
    assertThat(words(ByteRange.parse(header, lengthBytes))).isEqualTo(expected);
  }

  @Test
  void servesTheWholeWithoutAHeader() {
    assertThat(ByteRange.parse(null, 1000)).isEqualTo(ByteRange.WHOLE);
  }

  @Test
  void holdsUnderIfRangeOnlyForExactlyWhatWasSent() {
    Instant modified = Instant.parse("2026-11-03T04:05:06.789Z");
    assertThat(ByteRange.applies(null, "\"a\"", modified)).isTrue();
    assertThat(ByteRange.applies("\"a\"", "\"a\"", modified)).isTrue();
    assertThat(ByteRange.applies("\"b\"", "\"a\"", modified)).isFalse();
    assertThat(ByteRange.applies("W/\"a\"", "\"a\"", modified)).isFalse();
    assertThat(ByteRange.applies("a", "\"a\"", modified)).isFalse();
    assertThat(ByteRange.applies("Tue, 03 Nov 2026 04:05:06 GMT", "\"a\"", modified)).isTrue();
    assertThat(ByteRange.applies("Tue, 03 Nov 2026 04:05:07 GMT", "\"a\"", modified)).isFalse();
    assertThat(ByteRange.applies("", "\"a\"", modified)).isFalse();
  }

  private static String words(ByteRange range) {
    if (range instanceof ByteRange.Part part) {
      return part.first() + ".." + part.end();
    }
    return range instanceof ByteRange.Whole ? "whole" : "none";
  }
}
