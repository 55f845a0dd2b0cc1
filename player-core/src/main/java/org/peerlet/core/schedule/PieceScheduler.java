package org.peerlet.core.schedule;

import static java.util.Map.Entry.comparingByKey;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Turns the readers' windows into deadlines: they rise along each window at the clip's own pace, so
 * that the piece under the read position comes first and the swarm may take its time for the rest.
 * Before all of them come the urgent windows, wherever they lie.
 */
public final class PieceScheduler {
  /**
   * Wanted outside the windows, or both libtorrent and its peers would close the connection as
   * useless; two, because one may arrive between two decisions.
   */
  private static final int WANTED_BEYOND = 2;

  /** Sorts urgent pieces before those under a read position; told to nobody. */
  private static final long URGENT = -1;

  private PieceScheduler() {}

  /**
   * Decides what is wanted now. Takes time in proportion to the windows, whatever the clip's
   * length.
   *
   * @param have the verified pieces
   * @param windows what the readers want; there may be none
   * @param bytesPerSecond the clip's own rate, at least 1
   */
  public static Schedule plan(
      FileLayout layout, BitSet have, List<ReadWindow> windows, long bytesPerSecond) {
    Map<Integer, Long> soonest = new HashMap<>();
    int beyondFrom = layout.firstPiece();
    for (ReadWindow window : windows) {
      if (window.position() >= layout.fileLength() || window.end() == window.position()) {
        continue;
      }
      long end = Math.min(window.end(), layout.fileLength());
      int endPiece = layout.pieceAt(end - 1) + 1;
      int first = layout.pieceAt(window.position());
      for (int piece = have.nextClearBit(first);
          piece < endPiece;
          piece = have.nextClearBit(piece + 1)) {
        soonest.merge(piece, deadlineMillis(layout, window, piece, bytesPerSecond), Math::min);
      }
      if (!window.urgent()) {
        beyondFrom = Math.max(beyondFrom, endPiece);
      }
    }
    List<PieceDeadline> deadlines =
        soonest.entrySet().stream()
            .sorted(Map.Entry.<Integer, Long>comparingByValue().thenComparing(comparingByKey()))
            .map(each -> new PieceDeadline(each.getKey(), Math.max(0, each.getValue())))
            .toList();
    return new Schedule(deadlines, beyond(layout, have, soonest.keySet(), beyondFrom));
  }

  private static long deadlineMillis(
      FileLayout layout, ReadWindow window, int piece, long bytesPerSecond) {
    if (window.urgent()) {
      return URGENT;
    }
    long ahead = Math.max(0, layout.filePositionOf(piece) - window.position());
    return window.leadMillis() + ahead * 1000 / bytesPerSecond;
  }

  private static List<Integer> beyond(
      FileLayout layout, BitSet have, Set<Integer> inWindows, int from) {
    return IntStream.concat(
            missing(have, from, layout.endPiece()), missing(have, layout.firstPiece(), from))
        .filter(piece -> !inWindows.contains(piece))
        .limit(WANTED_BEYOND)
        .boxed()
        .toList();
  }

  private static IntStream missing(BitSet have, int first, int end) {
    return IntStream.iterate(
        have.nextClearBit(first), piece -> piece < end, piece -> have.nextClearBit(piece + 1));
  }
}
