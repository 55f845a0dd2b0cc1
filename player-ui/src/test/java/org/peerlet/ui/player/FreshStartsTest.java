package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreshStartsTest {
  private final FreshStarts starts = new FreshStarts();

  @Test
  void givesUpTheThirdTimeInVain() {
    assertThat(starts.oneMore(100)).isTrue();
    assertThat(starts.oneMore(100)).isTrue();
    assertThat(starts.oneMore(129.9)).isFalse();
    assertThat(starts.oneMore(130)).isFalse();
    starts.forget();
    assertThat(starts.oneMore(130)).isTrue();
  }

  @Test
  void doesNotCountWhatHelped() {
    for (int minute = 1; minute <= 90; minute += 30) {
      assertThat(starts.oneMore(minute * 60)).isTrue();
      assertThat(starts.oneMore(minute * 60)).isTrue();
    }
    assertThat(starts.oneMore(61 * 60 + 29)).isFalse();
  }
}
