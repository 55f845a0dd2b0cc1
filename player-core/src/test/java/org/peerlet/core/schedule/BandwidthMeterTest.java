package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

final class BandwidthMeterTest {
  private final BandwidthMeter meter = new BandwidthMeter();

  @Test
  void knowsNothingAtFirst() {
    assertThat(meter.bytesPerSecond(0)).isZero();
    assertThat(meter.bytesPerSecond(1_000_000)).isZero();
  }

  @Test
  void comesToTheRateOfASteadySource() {
    for (long now = 5_000; now < 15_000; now += 10) {
      meter.add(10_000, now);
    }
    assertThat(meter.bytesPerSecond(15_000)).isCloseTo(1_000_000, withPercentage(2));
  }

  /** What is missing before the start is not silence. */
  @Test
  void knowsTheRateOfASteadySourceFromTheStart() {
    for (long now = 5_000; now < 5_500; now += 10) {
      meter.add(10_000, now);
    }
    assertThat(meter.bytesPerSecond(5_500)).isCloseTo(1_000_000, withPercentage(2));
  }

  @Test
  void takesTheFirstBytesForThoseOfATenthOfASecond() {
    meter.add(100_000, 5_000);
    long atOnce = meter.bytesPerSecond(5_000);
    assertThat(atOnce).isCloseTo(1_000_000, withPercentage(3));
    assertThat(meter.bytesPerSecond(5_200)).isCloseTo(500_000, withPercentage(6));
  }

  @Test
  void countsTheSilenceAfterItsStart() {
    meter.add(0, 5_000);
    meter.add(100_000, 6_000);
    assertThat(meter.bytesPerSecond(6_000)).isCloseTo(127_000, withPercentage(1));
  }

  @Test
  void comesToTheRateOfASourceInLumps() {
    for (long now = 0; now < 20_000; now += 500) {
      meter.add(500_000, now);
    }
    // Halfway between two lumps, where the ripple crosses the mean.
    assertThat(meter.bytesPerSecond(19_750)).isCloseTo(1_000_000, withPercentage(5));
  }

  @Test
  void seesASourceDieWithinSeconds() {
    for (long now = 0; now < 10_000; now += 10) {
      meter.add(10_000, now);
    }
    assertThat(meter.bytesPerSecond(12_000)).isLessThan(380_000);
    assertThat(meter.bytesPerSecond(20_000)).isLessThan(10_000);
    assertThat(meter.bytesPerSecond(100_000)).isZero();
  }

  @Test
  void bearsAClockThatStandsOrIsNegative() {
    meter.add(2_000, -10_000);
    meter.add(2_000, -10_000);
    assertThat(meter.bytesPerSecond(-10_000)).isCloseTo(40_000, withPercentage(3));
    assertThat(meter.bytesPerSecond(-11_000)).isEqualTo(meter.bytesPerSecond(-10_000));
    assertThat(meter.bytesPerSecond(-8_000)).isBetween(1_000L, 2_000L);
  }
}
