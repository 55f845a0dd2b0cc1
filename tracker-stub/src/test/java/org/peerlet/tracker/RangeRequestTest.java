package org.peerlet.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeRequestTest {

  /** Expectations for 1000 bytes: {@code whole}, {@code 416} or {@code first-end}, half-open. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-0            | 0-1",
        "bytes=0-499          | 0-500",
        "bytes=500-           | 500-1000",
        "bytes=999-           | 999-1000",
        "bytes=999-999        | 999-1000",
        "bytes=0-             | 0-1000",
        "bytes=-1             | 999-1000",
        "bytes=-1000          | 0-1000",
        "bytes=-1001          | 0-1000",
        "bytes=-0             | 416",
        "bytes=0-999          | 0-1000",
        "bytes=0-1000         | 0-1000",
        "bytes=0-9223372036854775807 | 0-1000",
        "bytes=0-9223372036854775808 | 416",
        "bytes=9223372036854775807-  | 416",
        "bytes=-99999999999999999999 | 416",
        "bytes=1000-          | 416",
        "bytes=1000-1001      | 416",
        "bytes=5-2            | 416",
        "bytes=a-b            | 416",
        "bytes=1              | 416",
        "bytes=1-2x           | 416",
        "bytes=--1            | 416",
        "bytes=+1-2           | 416",
        "bytes=1-2-3          | 416",
        "bytes=,              | 416",
        "bytes=1-2,           | 416",
        "bytes= 1 - 2         | 1-3",
        "BYTES=1-2            | 1-3",
        "bytes=0-1,5-6        | whole",
        "bytes=0-1,2000-      | 0-2",
        "bytes=2000-,0-1      | 0-2",
        "bytes=2000-,3000-    | 416",
        "bytes=0-1,x          | 416",
        "bytes=               | whole",
        "bytes                | whole",
        "items=0-1            | whole",
        "bytes =0-1           | whole",
        "''                   | whole",
      })
  void readsAsNginxDoes(String header, String expected) {
    assertThat(describe(RangeRequest.of(header, 1000))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-,whole",
    "bytes=-1,whole",
    "bytes=-0,whole",
    "bytes=0-0,whole",
    "bytes=1-,416"
  })
  void knowsEmptyFiles(String header, String expected) {
    assertThat(describe(RangeRequest.of(header, 0))).isEqualTo(expected);
  }

  @Test
  void isExactBeyondFourGibibytes() {
    long size = (5L << 32) + 3;
    assertThat(RangeRequest.of("bytes=4294967295-4294967296", size))
        .isEqualTo(new RangeRequest.Part(4294967295L, 4294967297L));
    assertThat(RangeRequest.of("bytes=-1", size)).isEqualTo(new RangeRequest.Part(size - 1, size));
  }

  @Test
  void takesNoHeaderForTheWhole() {
    assertThat(RangeRequest.of(null, 1000)).isEqualTo(new RangeRequest.Whole());
  }

  static String describe(RangeRequest request) {
    if (request instanceof RangeRequest.Part part) {
      return part.first() + "-" + part.end();
    }
    return request instanceof RangeRequest.Whole ? "whole" : "416";
  }
}
