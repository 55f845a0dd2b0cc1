package org.peerlet.core.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which pieces to ask of the origin now: the first ones of a clip or after a seek at once,
 * so that no picture waits for a swarm; later ones only when the swarm will probably miss their
 * deadline; all of them in order when there is no swarm.
 */
public final class OriginPolicy {
  /**
   * A rescue must arrive this long before its deadline: what the estimates are wrong by, and more
   * than a player wants to have before it starts, or it would wait for peers that never come.
   */
  static final long SAFETY_MILLIS = 2_500;

  /**
   * Bytes in one request, or one piece where that is longer. Large enough that the round trip
   * between requests does not show, small enough that a swarm that comes to life is used soon.
   */
  static final long MAX_RUN_BYTES = 2 << 20;

  /** One request that carries data and one that starts while it ends. */
  static final int MAX_REQUESTS = 2;

  private OriginPolicy() {}

  /**
   * What is known of the swarm.
   *
   * @param hopeful whether peers are there, or may be in a moment
   * @param bytesPerSecond payload from peers lately; 0 when nobody delivers, or nothing was asked
   */
  public record Swarm(boolean hopeful, long bytesPerSecond) {
    /** There are no peers, and none will come. */
    public static final Swarm NONE = new Swarm(false, 0);
  }

  /**
   * What is known of the origin.
   *
   * @param available whether it may be asked now: not failed for good, not in back-off
   * @param bytesPerSecond what a request delivered lately; 0 when unknown
   * @param latencyMillis from a request to its first byte
   * @param requests under way
   * @param underWay the pieces that are on their way from it
   */
  public record Origin(
      boolean available, long bytesPerSecond, long latencyMillis, int requests, BitSet underWay) {}

  /** Pieces [first, end) to ask for in one request. */
  public record Run(int first, int end) {}

  /**
   * The next request, if one should be made now.
   *
   * @param schedule what is wanted
   */
  public static Optional<Run> next(
      FileLayout layout, Schedule schedule, Swarm swarm, Origin origin) {
    if (!origin.available() || origin.requests() >= MAX_REQUESTS) {
      return Optional.empty();
    }
    List<Integer> late = late(layout, schedule, swarm, origin);
    return late.isEmpty() ? Optional.empty() : Optional.of(run(layout, late));
  }

  /**
   * The pieces that the swarm will miss, soonest first. What the origin brings, or will have to
   * bring, the swarm need not.
   */
  private static List<Integer> late(
      FileLayout layout, Schedule schedule, Swarm swarm, Origin origin) {
    List<Integer> late = new ArrayList<>();
    long swarmBytes = 0;
    for (PieceDeadline wanted : schedule.deadlines()) {
      if (origin.underWay().get(wanted.piece())) {
        continue;
      }
      int size = layout.pieceSize(wanted.piece());
      if (isLate(wanted, swarmBytes + size, size, swarm, origin)) {
        late.add(wanted.piece());
      } else {
        swarmBytes += size;
      }
    }
    return late;
  }

  private static boolean isLate(
      PieceDeadline wanted, long swarmBytes, int size, Swarm swarm, Origin origin) {
    if (!swarm.hopeful()) {
      return true;
    }
    long originMillis =
        origin.latencyMillis()
            + (origin.bytesPerSecond() > 0 ? size * 1000L / origin.bytesPerSecond() : 0);
    long slack = wanted.deadlineMillis() - originMillis - SAFETY_MILLIS;
    if (slack > 0 || swarm.bytesPerSecond() <= 0) {
      return slack <= 0;
    }
    return swarmBytes * 1000 / swarm.bytesPerSecond() > wanted.deadlineMillis();
  }

  /** The soonest late piece, and those behind it on the wire that are late too. */
  private static Run run(FileLayout layout, List<Integer> late) {
    Set<Integer> all = Set.copyOf(late);
    int first = late.get(0);
    int end = first + 1;
    long bytes = layout.pieceSize(first);
    while (all.contains(end) && bytes + layout.pieceSize(end) <= MAX_RUN_BYTES) {
      bytes += layout.pieceSize(end);
      end++;
    }
    return new Run(first, end);
  }
}
