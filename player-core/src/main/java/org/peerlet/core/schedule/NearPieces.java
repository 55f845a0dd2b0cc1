package org.peerlet.core.schedule;

import java.util.IntSummaryStatistics;
import java.util.Optional;

/**
 * The pieces [first, end) that peers are asked about, so that a look at them costs the same for any
 * length of clip: those that are wanted; about as many before them, which tell who is on the way to
 * them; and some behind, since the window moves on until the next look, and what nobody was asked
 * about looks as if nobody had it.
 */
public record NearPieces(int first, int end) {
  private static final int LEAST_BEFORE = 16;

  /** What a window moves on between two looks; that of a greedy reader is as much wider. */
  private static final int LEAST_AFTER = 16;

  private static final int AFTER_SHARE = 2;

  /** Those of a schedule; none where nothing is wanted soon. */
  public static Optional<NearPieces> of(Schedule schedule) {
    if (schedule.deadlines().isEmpty()) {
      return schedule.look();
    }
    IntSummaryStatistics wanted =
        schedule.deadlines().stream().mapToInt(PieceDeadline::piece).summaryStatistics();
    int first = wanted.getMin();
    int end = wanted.getMax() + 1;
    int width = end - first;
    NearPieces near =
        new NearPieces(
            Math.max(0, first - Math.max(LEAST_BEFORE, width)),
            end + Math.max(LEAST_AFTER, width / AFTER_SHARE));
    return Optional.of(schedule.look().map(near::and).orElse(near));
  }

  /** All from the first of both to the last of both. */
  NearPieces and(NearPieces other) {
    return new NearPieces(Math.min(first, other.first), Math.max(end, other.end));
  }
}
