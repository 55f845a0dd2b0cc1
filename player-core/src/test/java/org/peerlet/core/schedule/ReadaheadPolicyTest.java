package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.schedule.ReadaheadPolicy.readaheadBytes;

import org.junit.jupiter.api.Test;

final class ReadaheadPolicyTest {
  private static final int PIECE = 64 << 10;

  @Test
  void holdsTwentySecondsOfTheClip() {
    assertThat(readaheadBytes(1_000_000, 0, 0, PIECE)).isEqualTo(20_000_000);
    assertThat(readaheadBytes(1_000_000, 1_000_000, 0, PIECE)).isEqualTo(20_000_000);
  }

  @Test
  void countsWhatThePlayerHasInHandAmongThem() {
    assertThat(readaheadBytes(1_000_000, 0, 6_500, PIECE)).isEqualTo(13_500_000);
    assertThat(readaheadBytes(1_000_000, 0, 14_999, PIECE)).isEqualTo(5_001_000);
  }

  @Test
  void goesFiveSecondsFurtherHoweverMuchThatIs() {
    assertThat(readaheadBytes(1_000_000, 0, 15_000, PIECE)).isEqualTo(5_000_000);
    assertThat(readaheadBytes(1_000_000, 0, 15_001, PIECE)).isEqualTo(5_000_000);
    assertThat(readaheadBytes(1_000_000, 0, Long.MAX_VALUE / 2, PIECE)).isEqualTo(5_000_000);
  }

  @Test
  void givesAGreedyReaderWhatItTakesInASecond() {
    assertThat(readaheadBytes(1_000_000, 30_000_000, 0, PIECE)).isEqualTo(30_000_000);
  }

  @Test
  void hasRoomForTwoPiecesHoweverSlowTheClip() {
    assertThat(readaheadBytes(1, 0, 0, PIECE)).isEqualTo(512 << 10);
    assertThat(readaheadBytes(1, 0, 0, 1 << 20)).isEqualTo(2 << 20);
    assertThat(readaheadBytes(1_000, 0, 0, 16 << 20)).isEqualTo(32 << 20);
  }

  @Test
  void isBoundedHoweverFastTheReader() {
    assertThat(readaheadBytes(1_000_000_000, 0, 0, PIECE)).isEqualTo(64 << 20);
    assertThat(readaheadBytes(1, Long.MAX_VALUE / 2, 0, PIECE)).isEqualTo(64 << 20);
  }
}
