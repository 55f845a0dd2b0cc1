package org.peerlet.core.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;

/**
 * How many peers a viewer sends to at a time. libtorrent gives its slots to those who have sent the
 * most lately (BEP 3), and one to the others in turn. So as many slots as there are viewers who are
 * beside this one, and one more, leave the line to those whom it exchanges pieces with; who comes
 * behind gets what it wants from the others behind, too, and has nothing to give. Time is handed
 * in. Confined to the engine thread.
 */
final class UnchokePolicy {
  /** All who want something. */
  static final int ALL = Integer.MAX_VALUE;

  /** So few are never too many; and who comes behind all others must get it from somebody. */
  static final int LEAST = 2;

  /** By what it has, who is as far behind comes far behind. */
  static final long FAR_MILLIS = 12_000;

  /**
   * The same where this viewer lives from hand to mouth: who has more in hand, and plays what was
   * played here long ago, has nearly as many pieces.
   */
  static final long FAR_FROM_SHORT_MILLIS = 4_000;

  /** With less in hand, a viewer needs what its line brings in return. */
  static final long SHORT_MILLIS = 5_000;

  /** Who has sent something so lately is beside this viewer, whatever it has. */
  static final long GIVEN_MILLIS = 5_000;

  /** Who has less has just come, and waits for its picture. */
  static final long NEWCOMER_MILLIS = 4_000;

  private static final int BLOCK_BYTES = 16 << 10;

  private final Map<String, Gift> gifts = new HashMap<>();
  private boolean begun;

  /** What a peer had sent when it last had sent a block more. */
  private record Gift(long bytes, long atMillis) {}

  /**
   * Decides the number of slots.
   *
   * @param inHandMillis when the first piece that is missing is needed
   * @param clipPieces how many the clip has: who has them all needs nobody, and sends to everybody
   * @return {@link #LEAST} or more; {@link #ALL} unless somebody comes far behind
   */
  int slots(
      NeighbourPolicy.Self self,
      long inHandMillis,
      int clipPieces,
      List<SwarmPeer> connected,
      long nowMillis) {
    begun |= self.moving();
    gifts.keySet().retainAll(connected.stream().map(SwarmPeer::id).toList());
    connected.forEach(peer -> note(peer, nowMillis));
    if (self.pieces() >= clipPieces) {
      return ALL;
    }
    boolean isShort = begun && inHandMillis < SHORT_MILLIS;
    double farPieces = pieces(self, isShort ? FAR_FROM_SHORT_MILLIS : FAR_MILLIS);
    long beside = 0;
    long behind = 0;
    for (SwarmPeer peer : connected) {
      if (peer.interested() && comesBehind(peer, self, farPieces, nowMillis)) {
        behind++;
      } else if (peer.interested()) {
        beside++;
      }
    }
    return behind == 0 ? ALL : (int) Math.max(LEAST, beside + 1);
  }

  private void note(SwarmPeer peer, long nowMillis) {
    Gift last = gifts.get(peer.id());
    if (last == null) {
      gifts.put(peer.id(), new Gift(peer.bytesGiven(), Long.MIN_VALUE));
    } else if (peer.bytesGiven() >= last.bytes() + BLOCK_BYTES) {
      gifts.put(peer.id(), new Gift(peer.bytesGiven(), nowMillis));
    }
  }

  /** Of clients of another kind, and of who only receives, the number of pieces tells nothing. */
  private boolean comesBehind(
      SwarmPeer peer, NeighbourPolicy.Self self, double farPieces, long nowMillis) {
    Gift last = gifts.get(peer.id());
    boolean gives = last != null && last.atMillis() >= nowMillis - GIVEN_MILLIS;
    return peer.kind() == Kind.SHARING
        && !gives
        && peer.pieceCount() >= pieces(self, NEWCOMER_MILLIS)
        && self.pieces() - peer.pieceCount() > farPieces;
  }

  private static double pieces(NeighbourPolicy.Self self, long millis) {
    return millis * self.piecesPerSecond() / 1_000;
  }
}
