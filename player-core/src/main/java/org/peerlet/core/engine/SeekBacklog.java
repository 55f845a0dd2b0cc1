package org.peerlet.core.engine;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmStatus;

/**
 * What peers were asked for before the reader went elsewhere. It still comes, and before all that
 * is asked for now: a peer that was fast until then owes seconds of its line (facts.md). So it is
 * taken back, but for what is on its way. Confined to the engine thread.
 */
final class SeekBacklog {
  /** Who still wants one of so many of the soonest pieces has not gone elsewhere. */
  private static final int SOONEST = 8;

  /** A peer keeps in front of its line, and the line holds, what is sent in this time. */
  private static final long ON_ITS_WAY_MILLIS = 700;

  private Set<Integer> readers = Set.of();
  private List<PieceDeadline> wanted = List.of();
  private long endsAtBytes;

  /**
   * Looks at what is wanted now.
   *
   * @param reading who reads
   * @param deadlines soonest first; none where nobody reads
   * @param have the pieces that are here
   * @param bytesPerSecond that peers bring
   * @return whether what peers were asked for is to be taken back
   */
  boolean note(
      List<ReaderView> reading,
      List<PieceDeadline> deadlines,
      BitSet have,
      SwarmStatus swarm,
      long bytesPerSecond) {
    if (deadlines.isEmpty()) {
      return false;
    }
    Set<Integer> now = reading.stream().map(ReaderView::id).collect(Collectors.toSet());
    boolean elsewhere = !now.containsAll(readers) && isElsewhere(deadlines, have);
    readers = now;
    wanted = deadlines;
    // For a peer that never answers what was cancelled, it would be lost.
    boolean back =
        elsewhere && swarm.connected().stream().noneMatch(SwarmPeer::forgetsWhatIsCancelled);
    if (elsewhere) {
      long owed = back ? bytesPerSecond * ON_ITS_WAY_MILLIS / 1000 : Long.MAX_VALUE;
      endsAtBytes = swarm.bytesFromPeers() + Math.min(owed, swarm.bytesRequested());
    }
    return back;
  }

  /** A reader may be past pieces of which the coordinator has not heard yet, but not so many. */
  private boolean isElsewhere(List<PieceDeadline> deadlines, BitSet have) {
    Set<Integer> before =
        wanted.stream()
            .map(PieceDeadline::piece)
            .filter(piece -> !have.get(piece))
            .limit(SOONEST)
            .collect(Collectors.toSet());
    return !before.isEmpty()
        && deadlines.stream().map(PieceDeadline::piece).noneMatch(before::contains);
  }

  /** Whether peers are still at it, so that what they bring says nothing of what is wanted. */
  boolean keepsPeersBusy(SwarmStatus swarm) {
    return swarm.bytesFromPeers() < endsAtBytes;
  }
}
