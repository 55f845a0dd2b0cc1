package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PlaybackTest {
  private static final Duration AT = Duration.ofSeconds(30);

  @Test
  void movesWhileItPlays() {
    Playback playing = new Playback(AT, true, 1_000);
    assertThat(playing.positionAt(1_000)).isEqualTo(AT);
    assertThat(playing.positionAt(3_500)).isEqualTo(AT.plusMillis(2_500));
  }

  @Test
  void standsWhilePaused() {
    assertThat(new Playback(AT, false, 1_000).positionAt(600_000)).isEqualTo(AT);
  }

  @Test
  void isNotExtrapolatedForMoreThanTenSeconds() {
    Playback playing = new Playback(AT, true, 1_000);
    assertThat(playing.positionAt(11_000)).isEqualTo(AT.plusSeconds(10));
    assertThat(playing.positionAt(600_000)).isEqualTo(AT.plusSeconds(10));
  }

  @Test
  void neverGoesBack() {
    assertThat(new Playback(AT, true, 1_000).positionAt(0)).isEqualTo(AT);
  }
}
