package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StartSpreadTest {
  private static final int PIECE = 32 << 10;

  /** The file begins in the middle of piece 3. */
  private final FileLayout layout = new FileLayout(3 * PIECE + 100, 30 * PIECE, PIECE, 40 * PIECE);

  @Test
  void halfOfAllBeginWithTheFirstPiece() {
    assertThat(StartSpread.piece(layout, 10 * PIECE, 0)).isEmpty();
    assertThat(StartSpread.piece(layout, 10 * PIECE, 0.49)).isEmpty();
  }

  @Test
  void theOthersSpreadOverTheRestOfTheStart() {
    assertThat(StartSpread.piece(layout, 10 * PIECE, 0.5)).hasValue(4);
    assertThat(StartSpread.piece(layout, 10 * PIECE, 0.75)).hasValue(8);
    assertThat(StartSpread.piece(layout, 10 * PIECE, 0.999)).hasValue(12);
  }

  @Test
  void thereMayBeNoOther() {
    assertThat(StartSpread.piece(layout, 2 * PIECE - 1, 0.9)).isEmpty();
    FileLayout small = new FileLayout(0, PIECE, PIECE, PIECE);
    assertThat(StartSpread.piece(small, 10 * PIECE, 0.9)).isEmpty();
    FileLayout two = new FileLayout(0, 2 * PIECE, PIECE, 2 * PIECE);
    assertThat(StartSpread.piece(two, 10 * PIECE, 0.999)).hasValue(1);
  }
}
