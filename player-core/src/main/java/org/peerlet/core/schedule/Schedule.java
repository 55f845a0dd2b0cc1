package org.peerlet.core.schedule;

import java.util.List;
import java.util.Optional;

/**
 * What is wanted now.
 *
 * @param deadlines the missing pieces of all windows, soonest first, each once
 * @param beyond missing pieces outside all windows, wanted without hurry: a few, so that the swarm
 *     never takes this viewer for one that has finished, and the file's last ones; or a surplus
 * @param surplus whether what lies beyond is wanted for its own sake, even where no window misses
 *     anything
 * @param look pieces that peers are asked about beside those that are wanted ({@link NearPieces})
 */
public record Schedule(
    List<PieceDeadline> deadlines,
    List<Integer> beyond,
    boolean surplus,
    Optional<NearPieces> look) {
  /**
   * Of what peers have, so many of the soonest pieces are asked of them before all else, at least.
   * Among them libtorrent goes by no order, so they are few: of 8, a peer of 500 kB/s brought the
   * first last.
   */
  public static final int HURRIED_PIECES = 6;

  /**
   * Of what comes behind them, peers may be asked in any order for what they bring in this time, or
   * in half the time until the first missing piece is needed, if that is less.
   */
  public static final long ANY_ORDER_MILLIS = 2_000;

  /** Nothing is wanted. */
  public static final Schedule EMPTY = new Schedule(List.of(), List.of());

  public Schedule {
    deadlines = List.copyOf(deadlines);
    beyond = List.copyOf(beyond);
  }

  /** Without a surplus. */
  public Schedule(List<PieceDeadline> deadlines, List<Integer> beyond) {
    this(deadlines, beyond, false, Optional.empty());
  }

  /** Without more to look at. */
  public Schedule(List<PieceDeadline> deadlines, List<Integer> beyond, boolean surplus) {
    this(deadlines, beyond, surplus, Optional.empty());
  }

  /** The same with other deadlines. */
  public Schedule withDeadlines(List<PieceDeadline> others) {
    return new Schedule(others, beyond, surplus, look);
  }

  /** The same, and peers are asked about these pieces, too. */
  public Schedule lookingAt(NearPieces others) {
    return new Schedule(
        deadlines, beyond, surplus, Optional.of(look.map(others::and).orElse(others)));
  }

  /** Whether all is there that is wanted for its own sake. */
  public boolean isSatisfied() {
    return deadlines.isEmpty() && !surplus;
  }

  /** When the first piece that is missing is needed, in milliseconds; very late if none is. */
  public long soonestMillis() {
    return deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.get(0).deadlineMillis();
  }
}
