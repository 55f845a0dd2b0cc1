package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.ui.player.BufferPolicy.Command.NONE;
import static org.peerlet.ui.player.BufferPolicy.Command.PAUSE;
import static org.peerlet.ui.player.BufferPolicy.Command.PLAY;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.peerlet.ui.player.BufferPolicy.Command;

class BufferPolicyTest {
  private final BufferPolicy policy = new BufferPolicy(0);

  @Test
  void startsWhenTwoSecondsAreThere() {
    assertThat(ahead(0, 100)).isEqualTo(NONE);
    assertThat(ahead(1999, 200)).isEqualTo(NONE);
    assertThat(ahead(2000, 300)).isEqualTo(PLAY);
    assertThat(ahead(2000, 400)).isEqualTo(NONE);
    assertThat(policy.rebuffers()).isZero();
  }

  @Test
  void wantsMoreWhereNobodyIsAhead() {
    policy.leads(true);
    assertThat(ahead(2749, 100)).isEqualTo(NONE);
    assertThat(ahead(2750, 200)).isEqualTo(PLAY);
    ahead(0, 300);
    assertThat(ahead(2749, 400)).isEqualTo(NONE);
    policy.leads(false);
    assertThat(ahead(2000, 500)).isEqualTo(PLAY);
  }

  @Test
  void startsAtOnceWhenTheWholeClipIsThere() {
    assertThat(policy.buffer(Duration.ofMillis(700), true, 100)).isEqualTo(PLAY);
  }

  @Test
  void pausesBeforeItRunsDryAndGoesOnWithTwoSeconds() {
    ahead(2000, 0);
    assertThat(ahead(250, 3000)).isEqualTo(NONE);
    assertThat(ahead(249, 3100)).isEqualTo(PAUSE);
    assertThat(policy.rebuffers()).isEqualTo(1);
    assertThat(ahead(1999, 4000)).isEqualTo(NONE);
    assertThat(ahead(2000, 4100)).isEqualTo(PLAY);
    assertThat(policy.rebufferMillis(9000)).isEqualTo(1000);
  }

  @Test
  void playsOutWhatReachesTheEnd() {
    ahead(2000, 0);
    assertThat(policy.buffer(Duration.ofMillis(10), true, 3000)).isEqualTo(NONE);
    assertThat(policy.rebuffers()).isZero();
  }

  @Test
  void asksForMoreEachTimeItRunsDryUpToFiveSeconds() {
    ahead(2000, 0);
    for (int enough : new int[] {2000, 3000, 4000, 5000, 5000, 5000}) {
      assertThat(ahead(0, 1000)).isEqualTo(PAUSE);
      assertThat(ahead(enough - 1, 1000)).isEqualTo(NONE);
      assertThat(ahead(enough, 1000)).isEqualTo(PLAY);
    }
    assertThat(policy.rebuffers()).isEqualTo(6);
  }

  @Test
  void doesNotCountASeekAsARebuffer() {
    ahead(2000, 0);
    assertThat(policy.seek(Duration.ZERO, false, 1000)).isEqualTo(PAUSE);
    assertThat(ahead(0, 2000)).isEqualTo(NONE);
    assertThat(ahead(2000, 5000)).isEqualTo(PLAY);
    assertThat(policy.rebuffers()).isZero();
    assertThat(policy.rebufferMillis(6000)).isZero();
  }

  @Test
  void goesOnAtOnceAfterASeekToWhatIsThere() {
    ahead(2000, 0);
    assertThat(policy.seek(Duration.ofSeconds(3), false, 1000)).isEqualTo(NONE);
    assertThat(policy.moving()).isTrue();
  }

  @Test
  void aSeekEndsTheRebufferItWasIn() {
    ahead(2000, 0);
    ahead(0, 1000);
    policy.seek(Duration.ZERO, false, 1500);
    assertThat(policy.rebufferMillis(9000)).isEqualTo(500);
    assertThat(policy.rebuffers()).isEqualTo(1);
  }

  @Test
  void standsWhenTheViewerWantsAndFillsMeanwhile() {
    assertThat(policy.wish(false, 100)).isEqualTo(NONE);
    assertThat(ahead(3000, 200)).isEqualTo(NONE);
    assertThat(policy.wish(true, 300)).isEqualTo(PLAY);
    assertThat(policy.wish(false, 400)).isEqualTo(PAUSE);
  }

  @Test
  void doesNotCountTheTimeTheViewerPauses() {
    ahead(2000, 0);
    ahead(0, 1000);
    policy.wish(false, 1200);
    policy.wish(true, 8000);
    ahead(2000, 8100);
    assertThat(policy.rebufferMillis(9000)).isEqualTo(300);
  }

  @Test
  void showsThatItWaitsAfterAMoment() {
    assertThat(policy.spinner(299)).isFalse();
    assertThat(policy.spinner(300)).isTrue();
    ahead(2000, 400);
    assertThat(policy.spinner(9000)).isFalse();
    ahead(0, 10_000);
    assertThat(policy.spinner(10_299)).isFalse();
    assertThat(policy.spinner(10_300)).isTrue();
    policy.wish(false, 10_400);
    assertThat(policy.spinner(20_000)).isFalse();
  }

  private Command ahead(long aheadMillis, long nowMillis) {
    return policy.buffer(Duration.ofMillis(aheadMillis), false, nowMillis);
  }
}
