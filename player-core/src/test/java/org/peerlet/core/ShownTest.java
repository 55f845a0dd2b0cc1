package org.peerlet.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** threats.md T15. */
final class ShownTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "\r",
        "\t",
        "\0",
        "\u0007",
        "\b",
        "\f",
        "\u000b",
        "\u001b",
        "\u007f",
        "\u0080",
        "\u0085",
        "\u009b",
        "\u009d",
        "\u00ad",
        "\u061c",
        "\u180e",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
        "\u200f",
        "\u2028",
        "\u2029",
        "\u202a",
        "\u202b",
        "\u202c",
        "\u202d",
        "\u202e",
        "\u2060",
        "\u2066",
        "\u2067",
        "\u2068",
        "\u2069",
        "\ufeff",
        "\ufff9",
        "\ud800",
        "\udfff",
        "\uffff",
        "\udb40\udc41"
      })
  void takesOutWhatBreaksOutOfALine(String evil) {
    assertThat(Shown.field("a" + evil + "b" + evil)).isEqualTo("ab");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Big Buck Bunny.mp4",
        "Ünïcödé 日本語 العربية",
        "\ud83c\udfac film",
        "a  b",
        "<b>&\"'"
      })
  void leavesTheRest(String text) {
    assertThat(Shown.field(text)).isEqualTo(text);
  }

  @Test
  void disarmsTerminalSequences() {
    assertThat(Shown.field("\u001b]0;owned\u0007\u001b[31mred\u001b[0m\r\nnext"))
        .isEqualTo("]0;owned[31mred[0mnext");
  }

  @Test
  void isBounded() {
    assertThat(Shown.field("a".repeat(1_000_000))).hasSize(200);
    String pictures = "\ud83c\udfac".repeat(300);
    assertThat(Shown.field(pictures)).isEqualTo("\ud83c\udfac".repeat(200));
    assertThat(Shown.field("\n".repeat(1_000) + "end")).isEqualTo("end");
  }
}
