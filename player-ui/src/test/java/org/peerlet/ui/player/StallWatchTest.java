package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallWatchTest {
  private final StallWatch watch = new StallWatch();

  @Test
  void noticesOnceWhenNothingMovesForEightSeconds() {
    assertThat(at(true, 0, 0)).isFalse();
    assertThat(at(true, 0, 7999)).isFalse();
    assertThat(at(true, 0, 8000)).isTrue();
    assertThat(at(true, 0, 8100)).isFalse();
    assertThat(at(true, 0, 16_000)).isTrue();
  }

  @Test
  void beginsAnewWithEachMovement() {
    at(true, 0, 0);
    assertThat(at(true, 100, 7000)).isFalse();
    assertThat(at(true, 100, 14_999)).isFalse();
    assertThat(at(true, 100, 15_000)).isTrue();
  }

  @Test
  void doesNotWatchWhatIsMeantToStand() {
    at(true, 0, 0);
    assertThat(at(false, 0, 20_000)).isFalse();
    assertThat(at(true, 0, 30_000)).isFalse();
    assertThat(at(true, 0, 37_999)).isFalse();
    assertThat(at(true, 0, 38_000)).isTrue();
  }

  private boolean at(boolean shouldMove, long positionMillis, long nowMillis) {
    return watch.stuck(shouldMove, Duration.ofMillis(positionMillis), nowMillis);
  }
}
