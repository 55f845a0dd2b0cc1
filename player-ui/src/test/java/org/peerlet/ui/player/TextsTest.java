package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.sharing.ShareMode;

class TextsTest {
  @ParameterizedTest
  @EnumSource(Reason.class)
  void haveSomethingToDoForEachFailure(Reason reason) {
    assertThat(MessageCard.hint(reason)).endsWith(".");
  }

  @ParameterizedTest
  @EnumSource(ShareMode.class)
  void nameEachWayOfSharing(ShareMode mode) {
    assertThat(StatusOverlay.sharingText(Optional.of(mode))).isNotEmpty();
  }

  @Test
  void saysThatNobodyWasAsked() {
    assertThat(StatusOverlay.sharingText(Optional.empty())).contains("site only");
  }

  @ParameterizedTest
  @CsvSource({"-5,0:00", "0,0:00", "9999,0:09", "61000,1:01", "3599999,59:59", "3723000,1:02:03"})
  void writesTimes(long millis, String expected) {
    assertThat(Texts.clock(Duration.ofMillis(millis))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 kB",
    "999499,999 kB",
    "999500,1.0 MB",
    "12345678,12.3 MB",
    "999949999,999.9 MB",
    "999950000,1.0 GB"
  })
  void writesAmounts(long bytes, String expected) {
    assertThat(Texts.bytes(bytes)).isEqualTo(expected);
  }

  @Test
  void writesWhereTheBytesComeFrom() {
    assertThat(StatusOverlay.sharesText(0, 0)).isEqualTo("Nothing received yet");
    assertThat(StatusOverlay.sharesText(3, 1)).isEqualTo("75 % from viewers, 25 % from the site");
    assertThat(Texts.text("overlay.peers", 1)).isEqualTo("1 viewer");
    assertThat(Texts.text("overlay.peers", 3)).isEqualTo("3 viewers");
    assertThat(Texts.text("window.title", "It's a {0} clip"))
        .isEqualTo("It's a {0} clip – Peerlet");
  }

  @Test
  void writesHowSmoothlyItGoes() {
    assertThat(StatusOverlay.smoothText(null, 0, 0, 0)).isEmpty();
    assertThat(StatusOverlay.smoothText(Duration.ofMillis(12_900), 0, 0, 0))
        .isEqualTo("12 s ahead");
    assertThat(StatusOverlay.smoothText(Duration.ZERO, 1, 2600, 0))
        .isEqualTo("0 s ahead · waited once (3 s)");
    assertThat(StatusOverlay.smoothText(Duration.ofSeconds(5), 2, 9400, 123_456))
        .isEqualTo("5 s ahead · waited 2 times (9 s) · 123 kB wasted");
  }
}
