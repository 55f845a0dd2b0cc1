package org.peerlet.core.torrent;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.Schedule;

/**
 * What libtorrent is told of each piece, so that it does what a schedule means. Pure.
 *
 * <p>As libtorrent 2.0.6 works (read in its source, and seen): each peer's queue is filled with
 * pieces of top priority, in any order, the rare ones first, and then with those of low priority in
 * their order, as long as one of the file's last pieces has been wanted all the time and is missing
 * (facts.md). Once a tick, pieces whose deadline is near are asked of the peer that is soonest
 * free. A viewer that wants nothing for an instant tells its peers so, and starts again with a
 * request queue of two blocks, for a second: so there is always something beyond the windows.
 */
final class PieceWishes {
  /** What a piece is to libtorrent. */
  enum Kind {
    /** Has its deadline. */
    HURRIED,
    /** Has top priority, and a far deadline. */
    IN_WINDOW,
    /** Has low priority, and a far deadline. */
    LATER,
    /** Has low priority and no deadline yet, from when the torrent was added. */
    AT_START
  }

  /**
   * What is told of one piece.
   *
   * @param atMillis when it is due, by the engine's clock; counts only where it is hurried
   */
  record Wish(Kind kind, long atMillis) {
    static final Wish IN_WINDOW = new Wish(Kind.IN_WINDOW, 0);
    static final Wish LATER = new Wish(Kind.LATER, 0);
    static final Wish AT_START = new Wish(Kind.AT_START, 0);

    boolean hurried() {
      return kind == Kind.HURRIED;
    }

    /** Whether libtorrent need not be told again. */
    boolean like(@Nullable Wish other) {
      return other != null
          && kind == other.kind
          && Math.abs(atMillis - other.atMillis) <= DEADLINE_SLACK_MILLIS;
    }
  }

  /** A deadline that moved by less is not told to libtorrent again. */
  private static final long DEADLINE_SLACK_MILLIS = 500;

  /**
   * Deadlines, and top priority, for at most so many of the pieces that are needed first, and for
   * {@link Schedule#HURRIED_PIECES} at least: each makes libtorrent look at every peer on every
   * tick.
   */
  static final int MAX_HURRIED = 12;

  /** As many as come in this time; among more, a start came later (simulated). */
  private static final double HURRIED_SECONDS = 0.5;

  /** What is due later needs no deadline, but for the first few. */
  static final long HURRY_MILLIS = 4_000;

  /**
   * Nobody has them yet, so asking for them costs nothing, and the moment somebody has, they are
   * worth having early, since others want them of us. But what is due much later than the soonest
   * piece must not take up the lines of those who have that one: this, and half the buffer.
   */
  static final long RARE_MILLIS = 2_000;

  private PieceWishes() {}

  /**
   * Translates a schedule.
   *
   * @param nowMillis when it was made
   * @param bytesPerSecond at which pieces come
   * @param available whether some connected peer has a piece
   */
  static Map<Integer, Wish> of(
      Schedule schedule,
      long nowMillis,
      long bytesPerSecond,
      int pieceLength,
      IntPredicate available) {
    Map<Integer, Wish> wishes = new HashMap<>();
    long soonestMillis =
        schedule.deadlines().isEmpty() ? 0 : schedule.deadlines().get(0).deadlineMillis();
    long rareMillis = RARE_MILLIS + soonestMillis * 3 / 2;
    double hurriedBytes = bytesPerSecond * HURRIED_SECONDS;
    long anyOrderBytes = bytesPerSecond * anyOrderMillis(soonestMillis) / 1000;
    int hurried = 0;
    long bytes = 0;
    for (PieceDeadline wanted : schedule.deadlines()) {
      if (!available.test(wanted.piece())) {
        boolean soon = wanted.deadlineMillis() < rareMillis;
        wishes.put(wanted.piece(), soon ? Wish.IN_WINDOW : Wish.LATER);
        continue;
      }
      boolean more =
          hurried < MAX_HURRIED && wanted.deadlineMillis() < HURRY_MILLIS && bytes < hurriedBytes;
      if (hurried < Schedule.HURRIED_PIECES || more) {
        hurried++;
        wishes.put(wanted.piece(), new Wish(Kind.HURRIED, nowMillis + wanted.deadlineMillis()));
      } else {
        wishes.put(wanted.piece(), bytes < anyOrderBytes ? Wish.IN_WINDOW : Wish.LATER);
      }
      bytes += pieceLength;
    }
    schedule.beyond().forEach(piece -> wishes.putIfAbsent(piece, Wish.LATER));
    return wishes;
  }

  /**
   * What has top priority without hurry fills the queues, the rare ones first: good for trade, and
   * bad for a player that stands or is about to, since what all others have comes last.
   */
  private static long anyOrderMillis(long soonestMillis) {
    return Math.min(Schedule.ANY_ORDER_MILLIS, soonestMillis / 2);
  }
}
