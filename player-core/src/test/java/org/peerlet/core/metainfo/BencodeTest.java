package org.peerlet.core.metainfo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

class BencodeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i0e",
        "i-1e",
        "i9223372036854775807e",
        "0:",
        "3:abc",
        "le",
        "de",
        "d1:ai1e1:bl1:xd1:yi2eeee",
        "d1:\u00ffi1ee"
      })
  void writesWhatItReads(String text) throws StreamException {
    assertThat(Bencode.encode(Bencode.decode(bytes(text)))).isEqualTo(bytes(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "i",
        "ie",
        "i-e",
        "i-0e",
        "i00e",
        "i01e",
        "i+1e",
        "i 1e",
        "i1",
        "i9223372036854775808e",
        "i-9223372036854775809e",
        "1:",
        "01:a",
        "00:",
        "-1:a",
        "2147483647:a",
        "99999999999999999999:a",
        ":",
        "l",
        "d",
        "d1:ae",
        "di1ei1ee",
        "d1:ai1e1:ai2ee",
        "i1ei1e",
        "le\n",
        "<html>",
        "e"
      })
  void refusesWhatIsNotBencoded(String text) {
    assertRefused(bytes(text));
  }

  @Test
  void readsKeysOutOfOrderAndKeepsTheirSpan() throws StreamException {
    Bencoded value = Bencode.decode(bytes("d1:bi1e4:infod1:zi1e1:ai2eee"));
    assertThat(value).isInstanceOf(Bencoded.Dict.class);
    Bencoded.Dict info = ((Bencoded.Dict) value).dict("info");
    assertThat(info).isNotNull();
    assertThat(List.of(info.first(), info.end())).containsExactly(13, 27);
  }

  @Test
  void limitsDepthItemsAndSize() throws StreamException {
    int depth = Bencode.MAX_DEPTH;
    Bencode.decode(bytes("l".repeat(depth) + "e".repeat(depth)));
    assertRefused(bytes("l".repeat(depth + 1) + "e".repeat(depth + 1)));
    assertRefused(bytes("l".repeat(1_000_000)));

    int items = Bencode.MAX_ITEMS;
    Bencode.decode(bytes("l" + "le".repeat(items) + "e"));
    assertRefused(bytes("l" + "le".repeat(items + 1) + "e"));

    int text = Bencode.MAX_BYTES - 8;
    Bencode.decode(bytes(text + ":" + "x".repeat(text)));
    assertRefused(bytes((text + 1) + ":" + "x".repeat(text + 1)));
  }

  private static void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> Bencode.decode(bytes))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_A_TORRENT));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
