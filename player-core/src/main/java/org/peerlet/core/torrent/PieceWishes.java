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
 * <p>As libtorrent 2.0.6 works (read in its source, and seen): while a torrent has deadlines, it
 * asks peers only for pieces with a deadline that is near, and, where a peer's queue has room, for
 * those of top priority, in any order, the rare ones first. All other pieces of the clip keep a low
 * priority. They are not asked for, but with them this viewer never looks finished: a viewer that
 * wants nothing for an instant tells its peers so, and then starts with a request queue of two
 * blocks, for a second.
 */
final class PieceWishes {
  /** What a piece is to libtorrent. */
  enum Kind {
    /** Has its deadline. */
    HURRIED,
    /** Has top priority, and a far deadline. */
    IN_WINDOW,
    /** Has low priority, and a far deadline, so that there always is one. */
    ANCHOR
  }

  /**
   * What is told of one piece.
   *
   * @param atMillis when it is due, by the engine's clock; counts only where it is hurried
   */
  record Wish(Kind kind, long atMillis) {
    static final Wish IN_WINDOW = new Wish(Kind.IN_WINDOW, 0);
    static final Wish ANCHOR = new Wish(Kind.ANCHOR, 0);

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
   * Deadlines for the pieces that are needed first. Each makes libtorrent look at every peer on
   * every tick, and among them it goes by no order: of 8, a peer of 500 kB/s brought the first
   * last.
   */
  static final int MIN_HURRIED = 4;

  /** More of them where they are short and due soon: without a deadline a HAVE is answered late. */
  static final int MAX_HURRIED = 12;

  static final long HURRY_MILLIS = 4_000;

  /**
   * Of the rest of the window, what comes in this time has top priority: it fills a fast peer's
   * queue, and a slow peer must not have too much of it.
   */
  private static final int ANY_ORDER_SECONDS = 2;

  /**
   * Nobody has them yet, so asking for them costs nothing; the moment somebody has, they are worth
   * having early, since others want them of us. What is due later than this waits all the same.
   */
  static final long RARE_MILLIS = 12_000;

  /** How many of the pieces beyond the windows hold the list of deadlines open. */
  private static final int ANCHORS = 2;

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
    long anyOrderBytes = bytesPerSecond * ANY_ORDER_SECONDS;
    int hurried = 0;
    for (PieceDeadline wanted : schedule.deadlines()) {
      if (!available.test(wanted.piece())) {
        if (wanted.deadlineMillis() < RARE_MILLIS) {
          wishes.put(wanted.piece(), Wish.IN_WINDOW);
        }
        continue;
      }
      boolean soon = wanted.deadlineMillis() < HURRY_MILLIS;
      if (hurried < (soon ? MAX_HURRIED : MIN_HURRIED)) {
        hurried++;
        wishes.put(wanted.piece(), new Wish(Kind.HURRIED, nowMillis + wanted.deadlineMillis()));
      } else if (anyOrderBytes > 0) {
        wishes.put(wanted.piece(), Wish.IN_WINDOW);
      }
      anyOrderBytes -= pieceLength;
    }
    schedule.beyond().stream()
        .limit(ANCHORS)
        .forEach(piece -> wishes.putIfAbsent(piece, Wish.ANCHOR));
    return wishes;
  }
}
