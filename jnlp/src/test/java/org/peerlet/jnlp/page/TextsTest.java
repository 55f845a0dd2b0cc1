package org.peerlet.jnlp.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures as pages show them. */
class TextsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "999, 999 bytes",
    "1000, 1.0 kB",
    "9949, 9.9 kB",
    "9950, 10 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "1500000000, 1.5 GB"
  })
  void bytes(long bytes, String text) {
    assertThat(ByteText.of(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "999, 0:00, PT0S",
    "9500, 0:09, PT9S",
    "3599999, 59:59, PT59M59S",
    "3723000, 1:02:03, PT1H2M3S"
  })
  void durations(long millis, String text, String iso) {
    ClipEntry clip =
        new ClipEntry("a", "A", "a.mp4", 1, Duration.ofMillis(millis), false, Instant.EPOCH);
    assertThat(clip.durationText()).isEqualTo(text);
    assertThat(clip.durationIso()).isEqualTo(iso);
  }

  @Test
  void escapersLeaveOrdinaryTextAlone() {
    String text = "Ein Film über \u4E2D\u6587 \uD83D\uDE00, 100 %";
    assertThat(Html.escape(text)).isEqualTo(text);
    assertThat(Xml.escape(text)).isEqualTo(text);
  }
}
