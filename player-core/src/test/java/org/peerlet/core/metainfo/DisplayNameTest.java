package org.peerlet.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DisplayNameTest {

  private static final Map<String, String> SHOWN =
      Map.ofEntries(
          Map.entry("clip.mp4", "clip.mp4"),
          Map.entry("  a \t\n b  ", "a b"),
          Map.entry("a\u001b[31mb", "a[31mb"),
          Map.entry("a\u202eb\u2066c\u200fd\u061ce", "abcde"),
          Map.entry("a\u2028b\u0085c", "a bc"),
          Map.entry("e\u0301", "\u00e9"),
          Map.entry("a\ud800b\udc00c", "abc"),
          Map.entry("\ue000\uffffx\ufeff", "x"),
          Map.entry("\ud83d\udc68\u200d\ud83d\udc69", "\ud83d\udc68\u200d\ud83d\udc69"),
          Map.entry("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
          Map.entry("../../etc/passwd", "../../etc/passwd"));

  @Test
  void cleans() {
    SHOWN.forEach((text, shown) -> assertThat(DisplayName.clean(text)).isEqualTo(shown));
  }

  @Test
  void capsLengthAndMarks() {
    assertThat(DisplayName.clean("\ud83d\ude00".repeat(1000)))
        .satisfies(
            text ->
                assertThat(text.codePointCount(0, text.length()))
                    .isEqualTo(DisplayName.MAX_CODE_POINTS))
        .endsWith("…");
    assertThat(DisplayName.clean("x" + "\u0335".repeat(50))).hasSize(5);
    assertThat(DisplayName.clean("x".repeat(10_000_000))).hasSize(DisplayName.MAX_CODE_POINTS);
  }

  @Test
  void aNameOfNothingIsReplaced() {
    assertThat(DisplayName.cleanOr("\u202e \u0000", "Untitled")).isEqualTo("Untitled");
  }
}
