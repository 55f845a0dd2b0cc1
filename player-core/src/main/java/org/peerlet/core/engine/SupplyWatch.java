package org.peerlet.core.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.PieceOutlook;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmStatus;

/**
 * Sees for each wanted piece who has it, who else will want it, and since when that is so. Lives on
 * the engine thread; time is handed in.
 */
final class SupplyWatch {
  /**
   * What is due sooner is asked of whoever has it; a rescue waits no longer, and what is left to
   * others must not look stuck.
   */
  static final long OTHERS_MILLIS = 2_500;

  private final FileLayout layout;
  private final BitSet have;
  private final Map<Integer, Since> watched = new HashMap<>();
  private int mostViewers;

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
    mostViewers = 0;
  }

  /**
   * Looks at the pieces that are wanted.
   *
   * @param nearMillis a piece that nobody has is ranked, and its waiting begins, when it is due
   *     within this
   * @param reachPieces how far ahead of what it has a viewer fetches
   * @param notBeforeMillis waiting for what nobody has counts from here on only
   */
  List<PieceOutlook> look(
      List<PieceDeadline> wanted,
      SwarmStatus swarm,
      long nearMillis,
      int reachPieces,
      long notBeforeMillis,
      long nowMillis) {
    mostViewers = Math.max(mostViewers, swarm.connected().size() + 1);
    if (wanted.isEmpty()) {
      watched.clear();
      return List.of();
    }
    List<PieceOutlook> outlooks = new ArrayList<>(wanted.size());
    Set<Integer> seen = new HashSet<>();
    ViewerRanks ranks =
        new ViewerRanks(layout, have, swarm, mostViewers, wanted.get(0).piece(), reachPieces);
    Map<Integer, Holders> holders = holders(wanted, swarm);
    String source = source(holders);
    int heldBefore = 0;
    for (PieceDeadline each : wanted) {
      int piece = each.piece();
      Holders who = holders.getOrDefault(piece, Holders.NONE);
      boolean held = who.count() > 0;
      boolean near = each.deadlineMillis() <= nearMillis;
      int rank = 0;
      int needRank = 0;
      if (held) {
        boolean left = source != null && source.equals(who.onlyId());
        rank = left && each.deadlineMillis() > OTHERS_MILLIS ? ranks.rank(piece) : 0;
      } else if (near) {
        rank = ranks.rank(piece);
        needRank = ranks.needRank(piece);
      }
      long since = 0;
      if (held ? rank == 0 && heldBefore++ < Schedule.HURRIED_PIECES : near) {
        seen.add(piece);
        Since before = watched.get(piece);
        if (before == null || before.held() != held) {
          before = new Since(held, nowMillis);
          watched.put(piece, before);
        }
        since =
            nowMillis - (held ? before.atMillis() : Math.max(notBeforeMillis, before.atMillis()));
      }
      outlooks.add(
          new PieceOutlook(
              piece, layout.pieceSize(piece), each.deadlineMillis(), held, since, rank, needRank));
    }
    watched.keySet().retainAll(seen);
    return outlooks;
  }

  /**
   * Who would give a piece.
   *
   * @param onlyId the one who has it, if it is one
   */
  private record Holders(int count, @Nullable String onlyId) {
    static final Holders NONE = new Holders(0, null);
  }

  private static Map<Integer, Holders> holders(List<PieceDeadline> wanted, SwarmStatus swarm) {
    List<SwarmPeer> givers = swarm.connected().stream().filter(SwarmPeer::gives).toList();
    Map<Integer, Holders> holders = new HashMap<>();
    for (PieceDeadline each : wanted) {
      List<SwarmPeer> having =
          givers.stream().filter(peer -> peer.near().get(each.piece())).limit(2).toList();
      if (!having.isEmpty()) {
        holders.put(
            each.piece(),
            new Holders(having.size(), having.size() == 1 ? having.get(0).id() : null));
      }
    }
    return holders;
  }

  /** The id of the one who alone has most of what is wanted and held, if there is such a peer. */
  private static @Nullable String source(Map<Integer, Holders> holders) {
    Map<String, Integer> counts = new HashMap<>();
    for (Holders who : holders.values()) {
      String onlyId = who.onlyId();
      if (onlyId != null && counts.merge(onlyId, 1, Integer::sum) * 2 > holders.size()) {
        return onlyId;
      }
    }
    return null;
  }
}
