package org.peerlet.core.schedule;

import java.util.OptionalInt;

/**
 * What a viewer asks the origin for first. Those who press play at the same moment don't know of
 * each other yet, and the line of a thin origin would carry the clip's first piece to each of them,
 * with nothing for them to trade. So half of them, by lot, begin with another piece of the start.
 * Who turns out to be alone has its first byte a request later. Pure.
 */
public final class StartSpread {
  /** Of all viewers: who begins with the first piece. Nobody can play without it. */
  static final double IN_ORDER = 0.5;

  private StartSpread() {}

  /**
   * The piece to begin with.
   *
   * @param startBytes what a player needs before it starts, from the clip's start
   * @param lot a random number in [0, 1)
   * @return empty where the soonest comes first
   */
  public static OptionalInt piece(FileLayout layout, long startBytes, double lot) {
    int end =
        (int) Math.min(layout.endPiece(), layout.firstPiece() + startBytes / layout.pieceLength());
    int others = end - layout.firstPiece() - 1;
    if (lot < IN_ORDER || others < 1) {
      return OptionalInt.empty();
    }
    double place = (lot - IN_ORDER) / (1 - IN_ORDER);
    return OptionalInt.of(layout.firstPiece() + 1 + (int) (place * others));
  }
}
