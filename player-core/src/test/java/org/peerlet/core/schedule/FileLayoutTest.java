package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

final class FileLayoutTest {
  @Test
  void sharesItsFirstAndLastPieceWithItsNeighbours() {
    FileLayout layout = new FileLayout(150, 300, 100, 1000);
    assertThat(layout.firstPiece()).isEqualTo(1);
    assertThat(layout.endPiece()).isEqualTo(5);
    assertThat(layout.pieceCount()).isEqualTo(10);
    assertThat(layout.filePositionOf(1)).isZero();
    assertThat(layout.filePositionOf(2)).isEqualTo(50);
    assertThat(layout.fileEndOf(1)).isEqualTo(50);
    assertThat(layout.fileEndOf(4)).isEqualTo(300);
  }

  @Test
  void findsThePieceOfEachByteAtTheEdges() {
    FileLayout layout = new FileLayout(150, 300, 100, 1000);
    assertThat(layout.pieceAt(0)).isEqualTo(1);
    assertThat(layout.pieceAt(49)).isEqualTo(1);
    assertThat(layout.pieceAt(50)).isEqualTo(2);
    assertThat(layout.pieceAt(299)).isEqualTo(4);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> layout.pieceAt(300));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> layout.pieceAt(-1));
  }

  @Test
  void hasAShortLastPiece() {
    FileLayout layout = new FileLayout(0, 950, 100, 950);
    assertThat(layout.pieceSize(8)).isEqualTo(100);
    assertThat(layout.pieceSize(9)).isEqualTo(50);
    assertThat(layout.fileEndOf(9)).isEqualTo(950);
  }

  @Test
  void countsBeyondFourGibibytes() {
    long length = (1L << 32) + 1;
    FileLayout layout = new FileLayout(1L << 31, length, 1 << 20, (1L << 31) + length);
    assertThat(layout.pieceAt(0)).isEqualTo(2048);
    assertThat(layout.pieceAt(1L << 32)).isEqualTo(2048 + 4096);
    assertThat(layout.filePositionOf(2048 + 4096)).isEqualTo(1L << 32);
    assertThat(layout.pieceSize(2048 + 4096)).isEqualTo(1);
    assertThat(layout.fileEndOf(2048 + 4096)).isEqualTo(length);
  }

  @Test
  void refusesAFileThatDoesNotFit() {
    assertRefused(0, 0, 100, 100);
    assertRefused(-1, 1, 100, 100);
    assertRefused(1, 100, 100, 100);
    assertRefused(0, 1, 0, 100);
    assertRefused(Long.MAX_VALUE, 1, 100, Long.MAX_VALUE);
  }

  private static void assertRefused(long first, long length, int pieceLength, long torrentLength) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new FileLayout(first, length, pieceLength, torrentLength));
  }
}
