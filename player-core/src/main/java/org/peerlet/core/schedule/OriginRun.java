package org.peerlet.core.schedule;

import java.util.List;
import java.util.Optional;
import org.peerlet.core.schedule.OriginPolicy.Origin;
import org.peerlet.core.schedule.OriginPolicy.Player;
import org.peerlet.core.schedule.OriginPolicy.Reason;
import org.peerlet.core.schedule.OriginPolicy.Verdict;

/** Pieces [first, end) to ask the origin for in one request, made of what the policy asks for. */
public record OriginRun(int first, int end) {
  /**
   * Bytes in one request where the origin sends everything: what it sends in this time, so that a
   * swarm that comes to life is used soon, within bounds. Where a piece is longer, it is one piece.
   */
  static final long RUN_MILLIS = 1_000;

  static final long MIN_RUN_BYTES = 256 << 10;

  static final long MAX_RUN_BYTES = 2 << 20;

  /** Beside a swarm: what comes meanwhile from peers would be fetched twice. */
  static final long MAX_SHARED_RUN_BYTES = 128 << 10;

  /**
   * The next request, if one should be made now: the soonest piece that is to be asked for, and
   * those behind it on the wire that are, too.
   *
   * @param verdicts soonest first; of the pieces under way there is none
   */
  public static Optional<OriginRun> next(
      FileLayout layout, List<Verdict> verdicts, Origin origin, Player player) {
    if (!origin.ready()) {
      return Optional.empty();
    }
    List<Verdict> asked = verdicts.stream().filter(each -> each.reason().asked()).toList();
    return asked.isEmpty() ? Optional.empty() : Optional.of(run(layout, asked, origin, player));
  }

  private static OriginRun run(
      FileLayout layout, List<Verdict> asked, Origin origin, Player player) {
    Verdict soonest = asked.get(0);
    int first = soonest.piece();
    int end = first + 1;
    long most = mostBytes(soonest.reason(), origin, player);
    long bytes = layout.pieceSize(first);
    while (contains(asked, end) && bytes + layout.pieceSize(end) <= most) {
      bytes += layout.pieceSize(end);
      end++;
    }
    return new OriginRun(first, end);
  }

  private static long mostBytes(Reason reason, Origin origin, Player player) {
    long inTime = origin.bytesPerSecond() * RUN_MILLIS / 1000;
    return switch (reason) {
      case ALONE -> Math.max(MIN_RUN_BYTES, Math.min(MAX_RUN_BYTES, inTime));
      // Where the line is short: a swarm may be seen before the next piece is due, and a first copy
      // is wanted by all.
      case START, FIRST_COPY, FRONT_COPY -> origin.spares(player) ? MAX_SHARED_RUN_BYTES : 0;
      // What is needed sooner may turn out to be late while this is on its way.
      case RESCUE -> origin.spares(player) || !player.moving() ? MAX_SHARED_RUN_BYTES : 0;
      default -> MAX_SHARED_RUN_BYTES;
    };
  }

  private static boolean contains(List<Verdict> asked, int piece) {
    return asked.stream().anyMatch(each -> each.piece() == piece);
  }
}
