package org.peerlet.core.schedule;

import static org.peerlet.core.schedule.OriginPolicy.FAR_MILLIS;

import java.util.List;
import org.peerlet.core.schedule.OriginPolicy.Origin;
import org.peerlet.core.schedule.OriginPolicy.Player;
import org.peerlet.core.schedule.OriginPolicy.Reason;
import org.peerlet.core.schedule.OriginPolicy.Swarm;
import org.peerlet.core.schedule.OriginPolicy.Verdict;

/** Pieces, a swarm, an origin and a player to judge, and what is thought of them. */
class OriginPolicyScene {
  /** A quarter of a second of video. */
  static final int PIECE = 50_000;

  static final long CLIP_RATE = 4 * PIECE;

  /** 100 ms to the first byte, and 50 for a piece: 150 ms in all. */
  static final Origin ORIGIN = origin(20 * PIECE);

  static final long ORIGIN_MILLIS = 150;

  /** Two viewers who share; nothing comes from the other at present. */
  static final Swarm SILENT = swarm(0);

  /** Two viewers who share; 10 pieces a second come from the other. */
  static final Swarm BUSY = swarm(10 * PIECE);

  /** Fast, with what was wanted before a seek. */
  static final Swarm BACKLOGGED = new Swarm(true, true, 2, FAR_MILLIS, true, 10 * PIECE);

  static final Swarm UNSEEN = new Swarm(true, false, 1, FAR_MILLIS, false, 0);

  static final Player STANDS = new Player(0, false, CLIP_RATE);
  static final Player MOVES = new Player(0, true, CLIP_RATE);

  static Reason reason(PieceOutlook piece, Swarm swarm, Origin origin, Player player) {
    return OriginPolicy.judge(List.of(piece), swarm, origin, player).get(0).reason();
  }

  static List<Reason> reasons(Swarm swarm, PieceOutlook... wanted) {
    return OriginPolicy.judge(List.of(wanted), swarm, ORIGIN, MOVES).stream()
        .map(Verdict::reason)
        .toList();
  }

  static List<Reason> reasonsOf(List<Verdict> verdicts) {
    return verdicts.stream().map(Verdict::reason).toList();
  }

  static List<Reason> judge(Swarm swarm, List<PieceOutlook> wanted) {
    return OriginPolicy.judge(wanted, swarm, ORIGIN, STANDS).stream().map(Verdict::reason).toList();
  }

  static PieceOutlook held(long deadlineMillis, long sinceMillis) {
    return new PieceOutlook(0, PIECE, deadlineMillis, true, sinceMillis, 0, 0);
  }

  static PieceOutlook missing(long deadlineMillis, long sinceMillis, int rank) {
    return new PieceOutlook(
        0, PIECE, deadlineMillis, false, sinceMillis, rank, Math.max(0, rank - 1));
  }

  static Swarm swarm(long bytesPerSecond) {
    return new Swarm(true, true, 2, FAR_MILLIS, false, bytesPerSecond);
  }

  static Origin origin(long bytesPerSecond) {
    return new Origin(true, bytesPerSecond, 100, 0, 0);
  }
}
