package org.peerlet.core.engine;

import java.util.BitSet;
import java.util.List;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.torrent.SwarmStatus;

/**
 * What peers were asked for before the reader went elsewhere. It still comes, since libtorrent
 * takes no request back, and before all that is asked for now: a peer that was fast until then owes
 * seconds of its line (facts.md). Confined to the engine thread.
 */
final class SeekBacklog {
  private List<PieceDeadline> wanted = List.of();
  private long endsAtBytes;

  /**
   * Looks at what is wanted now.
   *
   * @param deadlines soonest first; none where nobody reads
   * @param have the pieces that are here
   */
  void note(List<PieceDeadline> deadlines, BitSet have, SwarmStatus swarm) {
    if (deadlines.isEmpty()) {
      return;
    }
    if (isElsewhere(deadlines, have)) {
      endsAtBytes = swarm.bytesFromPeers() + swarm.bytesRequested();
    }
    wanted = deadlines;
  }

  /** Whether the piece that was needed first is missing and wanted no more. */
  private boolean isElsewhere(List<PieceDeadline> deadlines, BitSet have) {
    return wanted.stream()
        .filter(before -> !have.get(before.piece()))
        .findFirst()
        .filter(before -> deadlines.stream().noneMatch(now -> now.piece() == before.piece()))
        .isPresent();
  }

  /** Whether peers are still at it, so that what they bring says nothing of what is wanted. */
  boolean keepsPeersBusy(SwarmStatus swarm) {
    return swarm.bytesFromPeers() < endsAtBytes;
  }
}
