package org.peerlet.core.torrent;

/**
 * How many blocks may be asked of one peer in advance. What waits in a peer's queue is committed to
 * it: when its line is slow, a piece that is wanted now comes after all that. Yet a fast peer, or
 * one far away, is idle when its queue is too short. Pure.
 *
 * <p>libtorrent has a queue per peer that grows with its rate (BEP 3's pipelining), but until it
 * has seen that rate, every block that arrives lets it ask for one more, up to what this says.
 */
final class RequestDepth {
  /** Two under way, so that a peer is never idle for a round trip, and one that is being sent. */
  static final int LEAST = 3;

  /**
   * For a viewer with much in hand, where lines are slow: all who ask a peer share its line by what
   * they have asked for, so that most of it is for those who need it sooner.
   */
  static final int MODEST = 2;

  /** So much in hand is much. */
  static final long MUCH_MILLIS = 8_000;

  /** In blocks: a peer fast enough for a longer queue has enough for others, too. */
  static final int SLOW = 8;

  /** libtorrent's own default for the longest queue. */
  static final int MOST = 500;

  /** What the fastest peer sends in this time is asked for in advance: a long line's round trip. */
  static final double QUEUE_SECONDS = 0.25;

  private static final int BLOCK_BYTES = 16 << 10;

  /** A shorter queue is told only when it is shorter by this. */
  private static final double WORTH_TELLING = 0.7;

  private RequestDepth() {}

  /**
   * Decides the depth.
   *
   * @param bytesPerSecond of the fastest peer, 0 while unknown
   * @param soonestMillis when the first piece that is missing is needed
   * @param before what was decided last
   * @return blocks, from {@link #MODEST} to {@link #MOST}
   */
  static int of(long bytesPerSecond, long soonestMillis, int before) {
    double rated = LEAST - 1 + bytesPerSecond * QUEUE_SECONDS / BLOCK_BYTES;
    if (soonestMillis >= MUCH_MILLIS && rated <= SLOW) {
      return MODEST;
    }
    int depth = (int) Math.max(LEAST, Math.min(MOST, rated));
    return depth > before || depth < before * WORTH_TELLING ? depth : before;
  }
}
