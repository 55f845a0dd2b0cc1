package org.peerlet.core.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides, piece by piece, what is asked of the origin now and why; see "The origin" in
 * architecture.md. Pure.
 *
 * <ul>
 *   <li>Nobody else is there: everything wanted, in order.
 *   <li>Others may come in a moment: the start of the clip or of a seek, a piece at a time.
 *   <li>A piece that peers have: when they will probably miss its deadline, and no earlier. Where
 *       they bring less than is played, the origin brings the difference.
 *   <li>A piece that nobody has: the viewers share the work by rank ({@link FirstCopy}). Who comes
 *       first asks as soon as the piece is near, the others wait for their turn. Far ahead of all
 *       that is judged here, the last viewer may fetch it for the one in front.
 * </ul>
 */
public final class OriginPolicy {
  /**
   * What a player that is not ahead of all others wants before it starts (2 s), and a little more:
   * in a start nothing is too late, but all of this is waited for.
   */
  public static final long START_MILLIS = 2_500;

  /**
   * A rescue must arrive this long before its deadline: what the estimates are wrong by, and what a
   * player stops before it runs dry.
   */
  static final long SAFETY_MILLIS = 1_500;

  /** Peers that have a piece get this long, where the origin is no faster than the clip plays. */
  static final long GRACE_MILLIS = 600;

  /** Of a start or a seek, so much comes from an origin that has something to spare. */
  static final long FAST_START_MILLIS = 1_200;

  /**
   * Of a seek, while peers still send what they were asked for before it: what the longest start
   * waits for (2.75 s), and a little more.
   */
  static final long BACKLOG_MILLIS = 3_000;

  /** So much longer than expected is waited for what peers have, where the origin can help. */
  static final long PATIENCE_MILLIS = 500;

  /**
   * Where peers are slower than the clip plays, the origin brings what they can't bring this long
   * before its deadline, of what is due within {@link #SHORTAGE_MILLIS}: pieces that nobody has
   * been asked for yet, so that none comes twice.
   */
  static final long SHORTAGE_SAFETY_MILLIS = 3_000;

  static final long SHORTAGE_MILLIS = 6_000;

  /**
   * An origin is asked this long before it is too late, if peers are late at all: one that can help
   * for all that should be there by now, one that is busy for what has waited long.
   */
  static final long LAST_CHANCE_MILLIS = 800;

  /** An origin that gives one viewer less of the clip's rate is busy with the crowd. */
  static final double HELP_FACTOR = 0.6;

  /** How near a piece must be for its first copy to be fetched: at first, and at most. */
  static final long NEAR_MILLIS = 4_000;

  public static final long FAR_MILLIS = 20_000;

  /** At most, where peers who may have a piece are spared: those come back before. */
  public static final long APART_NEAR_MILLIS = 5_000;

  /**
   * At most, where another viewer fetches for this one. With 5 s, viewers had too little left when
   * a crowd came whose lines were hardly enough.
   */
  public static final long FED_NEAR_MILLIS = 10_000;

  /**
   * Of the pieces that nobody has, the crowd works on the soonest alone, or the origin's line would
   * carry what is needed later beside what is needed now.
   */
  static final int SOONEST_PER_SHARER = 1;

  /** The next viewer's turn comes when the one before must have been done. */
  static final long MIN_TURN_MILLIS = 1_000;

  static final long MAX_TURN_MILLIS = 3_000;

  /** In a rescue, each next viewer waits so much longer: a piece's way from origin to others. */
  static final long RESCUE_STEP_MILLIS = 700;

  /** The last moment for those who come last. */
  static final long LAST_MILLIS = 300;

  /** An origin that takes longer is busy, and would be busier if it were asked the earlier. */
  static final long MAX_ORIGIN_MILLIS = 1_000;

  /** An origin that gives one viewer this much of the clip's rate has something to spare. */
  static final double SPARE_FACTOR = 1.5;

  /**
   * One request that carries data and one that starts while it ends; more would take turns on the
   * same line, and what is needed first would come later.
   */
  static final int MAX_REQUESTS = 2;

  /** Beyond the round trip, what the estimates of an ending request are wrong by. */
  private static final long ENDING_MILLIS = 50;

  private OriginPolicy() {}

  /** Why a piece is asked of the origin now, or why not. */
  public enum Reason {
    /** Asked: nobody else is there. */
    ALONE(true),
    /** Asked: the start of the clip or of a seek, before a swarm is seen. */
    START(true),
    /** Asked: peers have it and will probably miss its deadline. */
    RESCUE(true),
    /** Asked: nobody has it, and it is this viewer's turn. */
    FIRST_COPY(true),
    /** Asked: nobody has it, and whoever is in front gets it from this viewer, who is the last. */
    FRONT_COPY(true),
    /** Not asked: peers have it and will bring it in time. */
    PEERS_IN_TIME(false),
    /** Not asked: nobody has it, and another viewer's turn comes first. */
    OTHERS_TURN(false),
    /** Not asked: it is not needed soon. */
    NOT_NEAR(false);

    private final boolean asked;

    Reason(boolean asked) {
      this.asked = asked;
    }

    public boolean asked() {
      return asked;
    }
  }

  /** What the policy thinks of one piece. */
  public record Verdict(int piece, Reason reason) {}

  /**
   * What is known of the swarm.
   *
   * @param hopeful whether peers are there, or may be in a moment
   * @param known whether peers are connected, so that it is known what they have
   * @param sharers viewers who fetch first copies, this one included where it shares; at least 1
   * @param farMillis no first copy is fetched of what is due later: {@link #FAR_MILLIS}, or less
   *     where peers may yet bring it
   * @param backlogged whether peers still send what was wanted before a seek, and are late with all
   *     else
   * @param bytesPerSecond payload from peers lately; 0 when nobody delivers, or nothing was asked
   */
  public record Swarm(
      boolean hopeful,
      boolean known,
      int sharers,
      long farMillis,
      boolean backlogged,
      long bytesPerSecond) {
    /** There are no peers, and none will come. */
    public static final Swarm NONE = new Swarm(false, false, 1, FAR_MILLIS, false, 0);
  }

  /**
   * What is known of the origin.
   *
   * @param available whether it may be asked now: not failed for good, not in back-off
   * @param bytesPerSecond what it delivered lately while it was asked; 0 when unknown
   * @param latencyMillis from a request to its first byte
   * @param requests under way
   * @param pendingBytes that they have still to bring
   */
  public record Origin(
      boolean available, long bytesPerSecond, long latencyMillis, int requests, long pendingBytes) {
    /** Whether it gives this viewer much more than the clip needs. */
    boolean spares(Player player) {
      return bytesPerSecond >= SPARE_FACTOR * player.bytesPerSecond();
    }

    /** Whether it gives this viewer most of what the clip needs, so that it can be counted on. */
    boolean helps(Player player) {
      return bytesPerSecond >= HELP_FACTOR * player.bytesPerSecond();
    }

    /** Whether another request would find the line free by the time it is answered. */
    boolean ready() {
      if (!available || requests >= MAX_REQUESTS) {
        return false;
      }
      long duringLatency = bytesPerSecond * (latencyMillis + ENDING_MILLIS) / 1000;
      return requests == 0 || pendingBytes <= duringLatency;
    }
  }

  /**
   * What is known of the player.
   *
   * @param leadMillis what it was given and has not played
   * @param moving whether the picture moves, so that deadlines are real; it does not while the
   *     player fills its buffer for a start, after a seek or a stall, or is paused
   * @param bytesPerSecond the clip's own rate, at least 1
   */
  public record Player(long leadMillis, boolean moving, long bytesPerSecond) {}

  /**
   * Judges all pieces that are wanted. What the origin will have to bring, the swarm need not.
   *
   * @param wanted soonest first, none of them on its way from the origin
   */
  public static List<Verdict> judge(
      List<PieceOutlook> wanted, Swarm swarm, Origin origin, Player player) {
    List<Verdict> verdicts = new ArrayList<>(wanted.size());
    long swarmBytes = 0;
    int fromPeers = 0;
    int missing = 0;
    for (PieceOutlook piece : wanted) {
      if (!piece.held()) {
        missing++;
      }
      boolean soonest = missing <= SOONEST_PER_SHARER * swarm.sharers();
      Reason reason = reason(piece, soonest, swarmBytes + piece.bytes(), swarm, origin, player);
      if (reason == Reason.PEERS_IN_TIME && fromPeers >= Schedule.HURRIED_PIECES) {
        boolean isShort = isShort(piece, swarmBytes + piece.bytes(), swarm, origin, player);
        reason = isShort ? Reason.RESCUE : reason;
      }
      if (reason == Reason.PEERS_IN_TIME) {
        fromPeers += piece.rank() == 0 ? 1 : 0;
        swarmBytes += piece.bytes();
      }
      verdicts.add(new Verdict(piece.piece(), reason));
    }
    return verdicts;
  }

  private static Reason reason(
      PieceOutlook piece,
      boolean soonest,
      long swarmBytes,
      Swarm swarm,
      Origin origin,
      Player player) {
    if (!swarm.hopeful()) {
      return Reason.ALONE;
    }
    if (!swarm.known()) {
      // Where the line is short, all who come at this moment ask it for the same: one piece at
      // once.
      boolean more = origin.requests() == 0 || origin.spares(player);
      return more && piece.deadlineMillis() <= START_MILLIS ? Reason.START : Reason.NOT_NEAR;
    }
    return piece.held()
        ? held(piece, swarmBytes, swarm, origin, player)
        : heldByNobody(piece, soonest, swarm, origin, player);
  }

  private static Reason held(
      PieceOutlook piece, long swarmBytes, Swarm swarm, Origin origin, Player player) {
    long originMillis = originMillis(piece, origin);
    long slack =
        player.moving()
            ? piece.deadlineMillis() - rescueMillis(originMillis)
            : piece.deadlineMillis() - START_MILLIS;
    boolean spare = origin.spares(player);
    long fastMillis = swarm.backlogged() ? BACKLOG_MILLIS : FAST_START_MILLIS;
    if (spare && !player.moving() && piece.deadlineMillis() <= fastMillis) {
      return Reason.RESCUE;
    }
    if (slack > 0) {
      return Reason.PEERS_IN_TIME;
    }
    if (!spare && piece.sinceMillis() < GRACE_MILLIS) {
      return Reason.PEERS_IN_TIME;
    }
    if (swarm.bytesPerSecond() <= 0 || swarm.backlogged()) {
      return Reason.RESCUE;
    }
    long swarmMillis = swarmMillis(swarmBytes, swarm);
    boolean late = isLate(piece, swarmMillis, originMillis, swarm, origin, player);
    // What has waited longer than expected is stuck with a slow peer, and may be for as long again.
    boolean mayBeStuck =
        origin.helps(player)
            || !player.moving()
            || (isLastChance(piece, originMillis, player) && hasWaitedLong(piece, swarmMillis));
    long expectedMillis = mayBeStuck ? Math.max(swarmMillis, piece.sinceMillis()) : swarmMillis;
    return late && originMillis < expectedMillis ? Reason.RESCUE : Reason.PEERS_IN_TIME;
  }

  /** Whether peers will bring a piece too late, or should have brought it by now. */
  private static boolean isLate(
      PieceOutlook piece,
      long swarmMillis,
      long originMillis,
      Swarm swarm,
      Origin origin,
      Player player) {
    boolean helps = origin.helps(player);
    if (swarmMillis > bearableMillis(piece, helps, player)) {
      return true;
    }
    if (!helps) {
      return hasWaitedLong(piece, swarmMillis);
    }
    if (isLastChance(piece, originMillis, player) && piece.sinceMillis() > swarmMillis) {
      return true;
    }
    // It began to wait behind others that were needed sooner, and has moved up since.
    long queueMillis = swarmMillis(Schedule.HURRIED_PIECES * (long) piece.bytes(), swarm);
    return piece.sinceMillis()
        > (player.moving() ? Math.max(swarmMillis, queueMillis) : swarmMillis) + PATIENCE_MILLIS;
  }

  private static boolean isLastChance(PieceOutlook piece, long originMillis, Player player) {
    return player.moving() && piece.deadlineMillis() <= originMillis + LAST_CHANCE_MILLIS;
  }

  private static boolean hasWaitedLong(PieceOutlook piece, long swarmMillis) {
    return piece.sinceMillis() > 2 * (swarmMillis + GRACE_MILLIS);
  }

  private static long swarmMillis(long bytes, Swarm swarm) {
    return bytes * 1000 / Math.max(1, swarm.bytesPerSecond());
  }

  /**
   * Whether peers bring less than is played, and this is what they will be late with, before they
   * have been asked for it. Only where the origin can be counted on: what is asked early of one
   * that is busy with the crowd makes everybody late.
   */
  private static boolean isShort(
      PieceOutlook piece, long swarmBytes, Swarm swarm, Origin origin, Player player) {
    long swarmMillis = swarmMillis(swarmBytes, swarm);
    return player.moving()
        && origin.helps(player)
        && swarm.bytesPerSecond() > 0
        && swarmMillis > Schedule.ANY_ORDER_MILLIS
        && piece.deadlineMillis() <= SHORTAGE_MILLIS
        && swarmMillis > piece.deadlineMillis() - SHORTAGE_SAFETY_MILLIS;
  }

  private static long bearableMillis(PieceOutlook piece, boolean helps, Player player) {
    if (player.moving()) {
      return piece.deadlineMillis();
    }
    return helps ? PATIENCE_MILLIS : START_MILLIS;
  }

  private static Reason heldByNobody(
      PieceOutlook piece, boolean soonest, Swarm swarm, Origin origin, Player player) {
    if (!soonest || piece.deadlineMillis() > nearMillis(swarm, player)) {
      return Reason.NOT_NEAR;
    }
    return isTurn(piece, originMillis(piece, origin), player)
        ? Reason.FIRST_COPY
        : Reason.OTHERS_TURN;
  }

  /** How long before its deadline a piece must be asked of the origin to be there in time. */
  private static long rescueMillis(long originMillis) {
    return Math.min(MAX_ORIGIN_MILLIS, originMillis) + SAFETY_MILLIS;
  }

  private static boolean isTurn(PieceOutlook piece, long originMillis, Player player) {
    if (piece.rank() == 0) {
      return true;
    }
    if (!player.moving()) {
      return piece.sinceMillis() >= turnMillis(originMillis) * piece.rank();
    }
    // Who comes first may be slow, and has until now; what is asked for twice makes it slower.
    long rescueMillis = rescueMillis(originMillis) - RESCUE_STEP_MILLIS * piece.needRank();
    return piece.deadlineMillis() <= Math.max(LAST_MILLIS, rescueMillis);
  }

  /**
   * How near a piece must be for its first copy to be fetched, in milliseconds before its deadline:
   * more when the player has some in hand, so that the first pieces are not held up by later ones;
   * less where peers may yet bring it.
   */
  public static long nearMillis(Swarm swarm, Player player) {
    return Math.min(swarm.farMillis(), NEAR_MILLIS + player.leadMillis() * 3 / 2);
  }

  private static long turnMillis(long originMillis) {
    return Math.max(MIN_TURN_MILLIS, Math.min(MAX_TURN_MILLIS, 2 * originMillis));
  }

  private static long originMillis(PieceOutlook piece, Origin origin) {
    long transferMillis =
        origin.bytesPerSecond() > 0 ? piece.bytes() * 1000L / origin.bytesPerSecond() : 0;
    return origin.latencyMillis() + transferMillis;
  }
}
