package org.peerlet.core.torrent;

import java.util.BitSet;

/**
 * A connected peer.
 *
 * @param id its 20 bytes as 40 hexadecimal digits
 * @param kind what may be expected of it
 * @param choking whether it refuses our requests now
 * @param interested whether it wants something that this viewer has
 * @param pieceCount how many pieces of the torrent it has
 * @param near which it has of the pieces that are wanted; others are not looked at, so that a look
 *     costs the same for any length of clip
 */
public record SwarmPeer(
    String id, Kind kind, boolean choking, boolean interested, int pieceCount, BitSet near) {
  /** What a peer says of itself in its id (BEP 20). */
  public enum Kind {
    /** A Peerlet whose viewer uploads. */
    SHARING,
    /** A Peerlet whose viewer only receives. */
    RECEIVING,
    /** Another client: it uploads or not, as it likes. */
    FOREIGN
  }

  /**
   * Whether it never answers a request that was cancelled, so that libtorrent never asks it for the
   * block again: transmission 3.00 (facts.md).
   */
  public boolean forgetsWhatIsCancelled() {
    return PeerId.isTransmission(id);
  }

  /** Whether its pieces can be counted on: it would give us one now, or soon. */
  public boolean gives() {
    return kind == Kind.SHARING || (kind == Kind.FOREIGN && !choking);
  }
}
