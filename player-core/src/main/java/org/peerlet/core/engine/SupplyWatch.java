package org.peerlet.core.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.FirstCopy;
import org.peerlet.core.schedule.FirstCopy.Viewer;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.PieceOutlook;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;
import org.peerlet.core.torrent.SwarmStatus;

/**
 * Sees for each wanted piece who has it, who else will want it, and since when that is so. Lives on
 * the engine thread; time is handed in.
 */
final class SupplyWatch {
  /** Of the readahead: viewers who are so close to each other need a piece at the same time. */
  private static final int ABOUT_SHARE = 5;

  /**
   * Of the readahead in percent: who has less is still busy with its own start, where somebody has
   * so much more that the two did not start together.
   */
  private static final int START_PERCENT = 15;

  private static final int BEGUN_PERCENT = 25;

  /** Of more viewers, a newcomer's part of the work is small, and all of it is needed. */
  private static final int FEW_OTHERS = 3;

  private final FileLayout layout;
  private final BitSet have;
  private final Map<Integer, Since> watched = new HashMap<>();

  private record Since(boolean held, long atMillis) {}

  /**
   * @param have the pieces that are here, as they come
   */
  SupplyWatch(FileLayout layout, BitSet have) {
    this.layout = layout;
    this.have = have;
  }

  /** Nothing is known of a swarm any more: all waiting begins anew. */
  void forget() {
    watched.clear();
  }

  /**
   * Looks at the pieces that are wanted.
   *
   * @param nearMillis a piece that nobody has is ranked, and its waiting begins, when it is due
   *     within this
   * @param notBeforeMillis waiting for what nobody has counts from here on only
   * @param reachPieces how far ahead of what it has a viewer fetches
   */
  List<PieceOutlook> look(
      List<PieceDeadline> wanted,
      SwarmStatus swarm,
      long nearMillis,
      int reachPieces,
      long notBeforeMillis,
      long nowMillis) {
    List<PieceOutlook> outlooks = new ArrayList<>(wanted.size());
    Set<Integer> seen = new HashSet<>();
    int startPieces = startPieces(swarm, reachPieces);
    boolean starting = have.cardinality() < startPieces;
    int heldBefore = 0;
    for (PieceDeadline each : wanted) {
      int piece = each.piece();
      boolean held =
          swarm.connected().stream().anyMatch(peer -> peer.gives() && peer.near().get(piece));
      boolean near = each.deadlineMillis() <= nearMillis;
      long since = 0;
      if (held ? heldBefore++ < Schedule.HURRIED_PIECES : near) {
        seen.add(piece);
        Since before = watched.get(piece);
        if (before == null || before.held() != held) {
          before = new Since(held, nowMillis);
          watched.put(piece, before);
        }
        since =
            nowMillis - (held ? before.atMillis() : Math.max(notBeforeMillis, before.atMillis()));
      }
      boolean ranked = near && !held;
      // Several readers may want pieces in any order: what is behind the first is no sooner.
      int distance = Math.max(0, piece - wanted.get(0).piece());
      Viewer self = new Viewer(swarm.self(), distance, starting);
      int rank = ranked ? rank(piece, self, swarm, reachPieces, startPieces) : 0;
      outlooks.add(
          new PieceOutlook(
              piece, layout.pieceSize(piece), each.deadlineMillis(), held, since, rank));
    }
    watched.keySet().retainAll(seen);
    return outlooks;
  }

  /** Who only receives can't pass a first copy on, and leaves it to all who can. */
  private int rank(int piece, Viewer self, SwarmStatus swarm, int reachPieces, int startPieces) {
    List<Viewer> others =
        swarm.connected().stream()
            .filter(peer -> willWant(peer, piece, reachPieces))
            .map(peer -> viewer(peer, piece, startPieces))
            .toList();
    if (swarm.selfKind() != Kind.SHARING) {
      return others.size();
    }
    int about = Math.max(1, reachPieces / ABOUT_SHARE);
    return FirstCopy.rank(piece, self, others, about, swarm.swarmSize());
  }

  private Viewer viewer(SwarmPeer peer, int piece, int startPieces) {
    int distance = Math.max(0, piece - frontier(peer));
    return new Viewer(peer.id(), distance, peer.pieceCount() < startPieces);
  }

  /** Who has fewer counts as starting; 0 while all are, or many are there. */
  private int startPieces(SwarmStatus swarm, int reachPieces) {
    List<SwarmPeer> others =
        swarm.connected().stream().filter(peer -> peer.kind() == Kind.SHARING).toList();
    if (others.size() > FEW_OTHERS) {
      return 0;
    }
    int most =
        others.stream().mapToInt(SwarmPeer::pieceCount).reduce(have.cardinality(), Math::max);
    boolean begun = most >= reachPieces * BEGUN_PERCENT / 100;
    return begun ? Math.max(1, reachPieces * START_PERCENT / 100) : 0;
  }

  /**
   * Whether a viewer who shares is on the way to a piece: it has some shortly before it, or has
   * just begun like this one.
   */
  private boolean willWant(SwarmPeer peer, int piece, int reachPieces) {
    if (peer.kind() != Kind.SHARING || peer.near().get(piece)) {
      return false;
    }
    int before = peer.near().previousSetBit(piece);
    boolean comes = before >= 0 && piece - before <= reachPieces;
    boolean begins = peer.pieceCount() <= reachPieces && piece - layout.firstPiece() <= reachPieces;
    return comes || begins;
  }

  /** The first piece that a viewer lacks, as far as it can be seen. */
  private int frontier(SwarmPeer peer) {
    int first = peer.near().nextSetBit(0);
    return first < 0 ? layout.firstPiece() : peer.near().nextClearBit(first);
  }
}
