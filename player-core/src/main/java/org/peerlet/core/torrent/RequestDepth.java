package org.peerlet.core.torrent;

/**
 * How many blocks may be asked in advance of one peer that names no limit of its own; Peerlet's
 * viewers name one ({@link SessionSettings}), and so does what is built on libtorrent. What waits
 * in a peer's queue is committed to it: when its line is slow, a piece that is wanted now comes
 * after all that. Yet a fast peer, or one far away, is idle when its queue is too short. Pure.
 *
 * <p>libtorrent has a queue per peer that grows with its rate (BEP 3's pipelining), but until it
 * has seen that rate, every block that arrives lets it ask for one more, up to what this says.
 */
final class RequestDepth {
  /** Of a few peers: two under way, so that none is idle for a round trip, and one being sent. */
  static final int OF_FEW = 3;

  /**
   * In a crowd, and for a viewer with much in hand where lines are slow: all who ask a peer share
   * its line by what they have asked for. Shorter queues bring a piece that one viewer alone has to
   * the first of the others sooner, and leave most of a line to those who need it sooner.
   */
  static final int LEAST = 2;

  /** So many connected peers are a crowd: each is asked by about as many, and is never idle. */
  static final int CROWD = 5;

  /**
   * So much in hand is much. With more here, who had a little less would grow its queue with its
   * rate, and its rate with its queue, beside one that lives from hand to mouth on the same line.
   */
  static final long MUCH_MILLIS = 4_000;

  /** In blocks: a peer fast enough for a longer queue has enough for others, too. */
  static final int SLOW = 8;

  /** libtorrent's own default for the longest queue. */
  static final int MOST = 500;

  /** What the fastest peer sends in this time is asked for in advance: a long line's round trip. */
  static final double QUEUE_SECONDS = 0.25;

  static final int BLOCK_BYTES = 16 << 10;

  /** A shorter queue is told only when it is shorter by this. */
  private static final double WORTH_TELLING = 0.7;

  private RequestDepth() {}

  /**
   * Decides the depth.
   *
   * @param bytesPerSecond of the fastest peer, 0 while unknown
   * @param peers that are connected
   * @param soonestMillis when the first piece that is missing is needed
   * @param before what was decided last
   * @return blocks, from {@link #LEAST} to {@link #MOST}
   */
  static int of(long bytesPerSecond, int peers, long soonestMillis, int before) {
    int least = peers < CROWD ? OF_FEW : LEAST;
    double rated = least - 1 + bytesPerSecond * QUEUE_SECONDS / BLOCK_BYTES;
    if (soonestMillis >= MUCH_MILLIS && rated <= SLOW) {
      return LEAST;
    }
    int depth = (int) Math.max(least, Math.min(MOST, rated));
    return depth > before || depth < before * WORTH_TELLING ? depth : before;
  }
}
