package org.peerlet.core.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OriginHealthTest {
  private static final Optional<Duration> NONE = Optional.empty();

  private final OriginHealth health = new OriginHealth();

  @Test
  void isAvailableAtFirst() {
    assertThat(health.available(-1_000_000)).isTrue();
    assertThat(health.available(0)).isTrue();
    assertThat(health.lost()).isFalse();
  }

  @Test
  void waitsFromHalfASecondToASecondAfterAFailure() {
    health.failed(false, NONE, 1_000, 0);
    assertAvailableFrom(1_500);
    OriginHealth other = new OriginHealth();
    other.failed(false, NONE, 1_000, 0.5);
    assertThat(other.available(1_749)).isFalse();
    assertThat(other.available(1_750)).isTrue();
  }

  @Test
  void waitsTwiceAsLongEachTimeUpToAMinute() {
    long now = 0;
    for (long least : new long[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
      health.failed(false, NONE, now, 0);
      assertAvailableFrom(now + least);
      now += least;
    }
  }

  /** threats.md T8: with the least jitter, and asked whenever it may be. */
  @Test
  void letsADeadHostBeAskedAtMostTenTimesAMinute() {
    int requests = 0;
    for (long now = 0; now < 60_000; now++) {
      if (health.available(now)) {
        requests++;
        health.failed(false, NONE, now, 0);
      }
    }
    assertThat(requests).isLessThanOrEqualTo(10);
  }

  @Test
  void beginsAnewAfterARequestThatSucceeded() {
    health.failed(false, NONE, 0, 0);
    health.failed(false, NONE, 0, 0);
    health.succeeded();
    health.failed(false, NONE, 10_000, 0);
    assertAvailableFrom(10_500);
  }

  @Test
  void honoursRetryAfter() {
    health.failed(false, Optional.of(Duration.ofSeconds(7)), 1_000, 0.9);
    assertAvailableFrom(8_000);
  }

  /** Two requests are under way: one is told when to come back, the other's body is cut. */
  @Test
  void waitsAsLongAsWasAskedThoughAnotherRequestFails() {
    health.failed(false, Optional.of(Duration.ofMinutes(2)), 1_000, 0);
    health.failed(false, NONE, 1_100, 0);
    assertAvailableFrom(121_000);
  }

  @Test
  void neverWaitsLessThanItsOwnBackOff() {
    health.failed(false, Optional.of(Duration.ZERO), 0, 0);
    assertAvailableFrom(500);
    health.failed(false, Optional.of(Duration.ZERO), 500, 0);
    assertAvailableFrom(1_500);
  }

  @Test
  void boundsWhatAServerMayAskFor() {
    health.failed(false, Optional.of(Duration.ofDays(11)), 0, 0);
    assertAvailableFrom(600_000);
  }

  @Test
  void isLostForGoodAfterALastingFailure() {
    health.failed(true, NONE, 0, 0);
    assertThat(health.lost()).isTrue();
    health.succeeded();
    assertThat(health.available(Long.MAX_VALUE)).isFalse();
  }

  private void assertAvailableFrom(long instant) {
    assertThat(health.available(instant - 1)).isFalse();
    assertThat(health.available(instant)).isTrue();
  }
}
