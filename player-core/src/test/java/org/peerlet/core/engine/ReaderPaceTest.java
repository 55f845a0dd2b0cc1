package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.peerlet.core.schedule.ReadWindow;

final class ReaderPaceTest {
  private static final long RATE = 100_000;
  private static final int PIECE = 16 << 10;
  private static final long CLIP = 1_000_000_000;
  private static final long START = 7_000_000;

  private final ReaderPace pace = new ReaderPace();

  @Test
  void hasNoLeadBeforeItsFirstByte() {
    assertThat(lead(0, START)).isZero();
    assertThat(lead(0, START + 60_000)).isZero();
  }

  @Test
  void leadsByWhatItReadAndHasNotPlayed() {
    lead(0, START);
    assertThat(lead(5 * RATE, START + 1_000)).isEqualTo(5_000);
    assertThat(lead(5 * RATE, START + 2_000)).isEqualTo(4_000);
    assertThat(lead(7 * RATE, START + 2_000)).isEqualTo(6_000);
  }

  @Test
  void isTrustedForHalfAMinuteAtMost() {
    assertThat(lead(100 * RATE, START)).isEqualTo(30_000);
    assertThat(lead(100 * RATE, START + 10_000)).isEqualTo(20_000);
  }

  @Test
  void hasNothingToMakeUpForAfterAPauseOrAStall() {
    lead(2 * RATE, START);
    assertThat(lead(2 * RATE, START + 600_000)).isZero();
    assertThat(lead(4 * RATE, START + 600_100)).isEqualTo(2_000);
    assertThat(lead(4 * RATE, START + 601_100)).isEqualTo(1_000);
  }

  @Test
  void leadsByWhatAPlayerThatTellsHasNotShown() {
    assertThat(told(12 * RATE, 5 * RATE, START)).isEqualTo(7_000);
    assertThat(told(12 * RATE, 5 * RATE, START + 60_000)).as("paused").isEqualTo(7_000);
    assertThat(told(12 * RATE, 11 * RATE, START + 61_000)).isEqualTo(1_000);
    assertThat(told(12 * RATE, 12 * RATE, START + 62_000)).isZero();
    assertThat(told(2 * RATE, 12 * RATE, START + 63_000)).as("sought back").isZero();
    assertThat(told(90 * RATE, 0, START + 64_000)).isEqualTo(90_000);
  }

  @Test
  void bearsANegativeClock() {
    assertThat(lead(0, -START)).isZero();
    assertThat(lead(2 * RATE, -START + 100)).isEqualTo(2_000);
  }

  @Test
  void opensAWindowOfTheReadaheadUpToTheReadersEnd() {
    assertThat(window(new ReaderView(1, 500, CLIP, 0, false)).end()).isEqualTo(500 + 20 * RATE);
    assertThat(window(new ReaderView(1, 500, 600, 0, true)))
        .isEqualTo(new ReadWindow(500, 600, 0, true));
    assertThat(window(new ReaderView(1, 600, 600, 100, true)).end()).isEqualTo(600);
  }

  @Test
  void opensANarrowerWindowForAReaderWithMuchInHand() {
    assertThat(window(new ReaderView(1, 8 * RATE, CLIP, 0, false, 2 * RATE, true)))
        .isEqualTo(new ReadWindow(8 * RATE, 22 * RATE, 6_000, false));
    assertThat(window(new ReaderView(1, 30 * RATE, CLIP, 0, false, 2 * RATE, false)))
        .isEqualTo(new ReadWindow(30 * RATE, 30 * RATE + (512 << 10), 28_000, false));
  }

  @Test
  void opensAWiderWindowForAFastReader() {
    long read = 0;
    for (long now = START; now < START + 10_000; now += 100) {
      pace.window(new ReaderView(1, read, CLIP, read, false), RATE, PIECE, now);
      read += 1_000_000;
    }
    ReadWindow window =
        pace.window(new ReaderView(1, read, CLIP, read, false), RATE, PIECE, START + 10_000);
    assertThat(window.end() - window.position()).isBetween(9_000_000L, 12_000_000L);
  }

  private ReadWindow window(ReaderView reader) {
    return pace.window(reader, RATE, PIECE, START);
  }

  private long told(long position, long playedTo, long nowMillis) {
    return pace.window(
            new ReaderView(1, position, CLIP, 0, false, playedTo, true), RATE, PIECE, nowMillis)
        .leadMillis();
  }

  private long lead(long bytesRead, long nowMillis) {
    return pace.window(new ReaderView(1, bytesRead, CLIP, bytesRead, false), RATE, PIECE, nowMillis)
        .leadMillis();
  }
}
