package org.peerlet.core.engine;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;

/**
 * Whom a viewer spares: it stays apart from those who are far ahead, while it has enough in hand
 * and somebody else is ahead, too. Where viewers come one after the other, the second depends on
 * the line of the first alone; all who come later would take their part of that line, too, since
 * libtorrent asks every peer that has something for it. Time is handed in. Confined to the engine
 * thread.
 */
final class NeighbourPolicy {
  /** With so much in hand, a viewer can try to do without a peer. */
  static final long ENOUGH_MILLIS = 10_000;

  /** Peers who are taken back are connected by then, and have told what they have. */
  static final long RETURN_MILLIS = 2_000;

  /** With less in hand it takes back everybody, before it would ask the origin. */
  static final long SHORT_MILLIS = OriginPolicy.APART_NEAR_MILLIS + RETURN_MILLIS;

  /** Until what comes without a peer shows in what is in hand. */
  static final long STEP_MILLIS = 5_000;

  /** Who had to take peers back does not try again before. */
  static final long RETRY_MILLIS = 30_000;

  /** Who is less ahead has not much that others need more. */
  static final long LEAD_MILLIS = 8_000;

  /**
   * The viewer itself.
   *
   * @param moving whether its picture moves: before, next to nothing is wanted, and so nothing
   *     missing
   * @param pieces how many it has
   * @param piecesPerSecond that are played
   */
  record Self(boolean moving, int pieces, double piecesPerSecond) {
    boolean isFarBehind(SwarmPeer peer) {
      return peer.pieceCount() - pieces >= LEAD_MILLIS * piecesPerSecond / 1000;
    }
  }

  private final Set<String> spared = new HashSet<>();
  private long nextMillis = Long.MIN_VALUE;
  private long backMillis = Long.MIN_VALUE;

  /**
   * Decides whom to stay apart from.
   *
   * @param inHandMillis when the first piece that is missing is needed
   * @param connected the peers
   * @return ids of peers
   */
  Set<String> decide(Self self, long inHandMillis, List<SwarmPeer> connected, long nowMillis) {
    // The one in front first.
    List<SwarmPeer> sharing =
        connected.stream()
            .filter(peer -> peer.kind() == Kind.SHARING && !spared.contains(peer.id()))
            .sorted(Comparator.comparingInt(SwarmPeer::pieceCount).reversed())
            .toList();
    if (inHandMillis < SHORT_MILLIS || sharing.isEmpty()) {
      takeBack(nowMillis);
    } else if (self.moving() && inHandMillis >= ENOUGH_MILLIS && nowMillis >= nextMillis) {
      boolean otherAhead = sharing.size() > 1 && sharing.get(1).pieceCount() > self.pieces();
      if (otherAhead && self.isFarBehind(sharing.get(0))) {
        spared.add(sharing.get(0).id());
        nextMillis = nowMillis + STEP_MILLIS;
      }
    }
    return Set.copyOf(spared);
  }

  private void takeBack(long nowMillis) {
    if (!spared.isEmpty()) {
      spared.clear();
      nextMillis = nowMillis + RETRY_MILLIS;
      backMillis = nowMillis + RETURN_MILLIS;
    }
  }

  /** Whether some peers are spared, or have not had the time to come back. */
  boolean isApart(long nowMillis) {
    return !spared.isEmpty() || nowMillis < backMillis;
  }
}
