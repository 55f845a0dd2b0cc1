package org.peerlet.core.engine;

import java.util.List;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;

/**
 * How many peers a viewer sends to at a time. libtorrent gives its slots to those who have sent the
 * most lately (BEP 3), and one to the others in turn. So as many slots as there are viewers who are
 * about as far, and one more, leave the line to those whom this viewer exchanges pieces with; who
 * comes far behind gets what it wants from the others behind, too, and has nothing to give. Pure.
 */
final class UnchokePolicy {
  /** All who want something. */
  static final int ALL = Integer.MAX_VALUE;

  /** So few are never too many; and who comes far behind all others must get it from somebody. */
  static final int LEAST = 2;

  /** By what it has, who is as far behind comes far behind. */
  static final long FAR_MILLIS = 12_000;

  private UnchokePolicy() {}

  /**
   * Decides the number of slots.
   *
   * @param clipPieces how many the clip has: who has them all needs nobody, and sends to everybody
   * @return {@link #LEAST} or more; {@link #ALL} unless somebody comes far behind
   */
  static int slots(NeighbourPolicy.Self self, int clipPieces, List<SwarmPeer> connected) {
    if (self.pieces() >= clipPieces) {
      return ALL;
    }
    List<SwarmPeer> interested = connected.stream().filter(SwarmPeer::interested).toList();
    long far = interested.stream().filter(peer -> comesFarBehind(peer, self)).count();
    return far == 0 ? ALL : (int) Math.max(LEAST, interested.size() - far + 1);
  }

  /** Of clients of another kind, and of who only receives, the number of pieces tells nothing. */
  private static boolean comesFarBehind(SwarmPeer peer, NeighbourPolicy.Self self) {
    return peer.kind() == Kind.SHARING
        && self.pieces() - peer.pieceCount() > FAR_MILLIS * self.piecesPerSecond() / 1000;
  }
}
