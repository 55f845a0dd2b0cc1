package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoticesTest {
  private static final String SITE = "The site answers slowly.";
  private static final String SOUND = "Playing without sound.";
  private static final long SHOWN = Notices.SHOWN_MILLIS;

  private final Notices notices = new Notices();

  @Test
  void showsASentenceForAWhile() {
    assertThat(notices.show(0)).isNull();
    assertThat(notices.last()).isNull();
    notices.add(SITE);
    assertThat(notices.last()).as("nobody has seen it yet").isNull();
    assertThat(notices.show(5)).isEqualTo(SITE);
    assertThat(notices.show(5 + SHOWN - 1)).isEqualTo(SITE);
    assertThat(notices.show(5 + SHOWN)).isNull();
    assertThat(notices.last()).isEqualTo(SITE);
  }

  @Test
  void keepsASecondSentenceForLaterWhileTheFirstIsSaidAgainAndAgain() {
    notices.add(SITE);
    assertThat(notices.show(0)).isEqualTo(SITE);
    notices.add(SOUND);
    for (long now = 100; now < 3 * SHOWN; now += 100) {
      notices.add(SITE);
      String expected = now < SHOWN ? SITE : SOUND;
      assertThat(notices.show(now)).isEqualTo(now < 2 * SHOWN ? expected : null);
    }
    assertThat(notices.last()).isEqualTo(SOUND);
  }

  @Test
  void showsWhatCameWhileThereWasNothingToShowItOn() {
    notices.add(SOUND);
    notices.add(SITE);
    assertThat(notices.show(10 * SHOWN)).isEqualTo(SOUND);
    assertThat(notices.show(11 * SHOWN)).isEqualTo(SITE);
    assertThat(notices.show(12 * SHOWN)).isNull();
  }
}
