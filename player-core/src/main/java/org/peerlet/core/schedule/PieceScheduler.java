package org.peerlet.core.schedule;

import static java.util.Map.Entry.comparingByKey;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns the readers' windows into deadlines: they rise along each window at the clip's own pace, so
 * that the piece under the read position comes first and the swarm may take its time for the rest.
 * Before all of them come the urgent windows, wherever they lie.
 */
public final class PieceScheduler {
  /**
   * Wanted beyond the windows, at least: a fast peer brings as much between two decisions, and
   * whoever wants nothing for an instant is taken for useless by libtorrent and its peers.
   */
  static final int ZONE_PIECES = 8;

  /** Bounds the time that a decision takes. */
  private static final int MAX_ZONE_PIECES = 512;

  /** Of what the windows hold, where that is more. */
  private static final int ZONE_SHARE = 8;

  /** Wanted where that is there, too; two, because one may arrive between two decisions. */
  private static final int WANTED_AFTER = 2;

  /**
   * Of the file's last pieces, so many are always wanted, after all else: libtorrent asks in order
   * only up to the last piece that has been wanted ever since the torrent was added, and for what
   * lies behind that in any order, the rare first (measured: facts.md).
   */
  private static final int WANTED_LAST = 2;

  /**
   * With so much in hand, the line is free for what is farther: no peer is asked for it in place of
   * what is needed soon.
   */
  static final long FULL_MILLIS = 12_000;

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
   * @param surplusMillis how far behind the windows is wanted, too, once they are nearly full
   */
  public static Schedule plan(
      FileLayout layout,
      BitSet have,
      List<ReadWindow> windows,
      long bytesPerSecond,
      long surplusMillis) {
    Map<Integer, Long> soonest = new HashMap<>();
    int beyondFrom = layout.firstPiece();
    int windowPieces = 0;
    for (ReadWindow window : windows) {
      if (window.position() >= layout.fileLength() || window.end() == window.position()) {
        continue;
      }
      long end = Math.min(window.end(), layout.fileLength());
      int endPiece = layout.pieceAt(end - 1) + 1;
      int first = layout.pieceAt(window.position());
      windowPieces += endPiece - first;
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
    int zonePieces = Math.max(ZONE_PIECES, windowPieces / ZONE_SHARE);
    boolean full =
        windowPieces > 0
            && (deadlines.isEmpty() || deadlines.get(0).deadlineMillis() >= FULL_MILLIS);
    boolean surplus = false;
    if (full) {
      long surplusPieces = surplusMillis * bytesPerSecond / 1000 / layout.pieceLength();
      int surplusEnd = (int) Math.min(layout.endPiece(), beyondFrom + surplusPieces);
      surplus = have.nextClearBit(beyondFrom) < surplusEnd;
      zonePieces = (int) Math.min(MAX_ZONE_PIECES, Math.max(zonePieces, surplusPieces));
    }
    List<Integer> beyond = beyond(layout, have, soonest.keySet(), zonePieces, beyondFrom);
    return new Schedule(deadlines, beyond, surplus);
  }

  private static long deadlineMillis(
      FileLayout layout, ReadWindow window, int piece, long bytesPerSecond) {
    if (window.urgent()) {
      return URGENT;
    }
    long ahead = Math.max(0, layout.filePositionOf(piece) - window.position());
    return window.leadMillis() + ahead * 1000 / bytesPerSecond;
  }

  /**
   * What is missing in a zone behind the windows, which does not move on as it fills; where nothing
   * is missing there, a little after it; and the file's last pieces.
   */
  private static List<Integer> beyond(
      FileLayout layout, BitSet have, Set<Integer> inWindows, int zonePieces, int from) {
    int zoneEnd = Math.min(layout.endPiece(), from + zonePieces);
    List<Integer> zone = outside(inWindows, missing(have, from, zoneEnd)).toList();
    Stream<Integer> near =
        zone.size() >= WANTED_AFTER
            ? zone.stream()
            : outside(inWindows, missing(have, from, layout.endPiece())).limit(WANTED_AFTER);
    Stream<Integer> last = outside(inWindows, missingFromEnd(layout, have)).limit(WANTED_LAST);
    return Stream.concat(near, last).distinct().toList();
  }

  private static IntStream missingFromEnd(FileLayout layout, BitSet have) {
    return IntStream.iterate(
        have.previousClearBit(layout.endPiece() - 1),
        piece -> piece >= layout.firstPiece(),
        piece -> have.previousClearBit(piece - 1));
  }

  private static Stream<Integer> outside(Set<Integer> inWindows, IntStream pieces) {
    return pieces.filter(piece -> !inWindows.contains(piece)).boxed();
  }

  private static IntStream missing(BitSet have, int first, int end) {
    return IntStream.iterate(
        have.nextClearBit(first), piece -> piece < end, piece -> have.nextClearBit(piece + 1));
  }
}
