package org.peerlet.core.schedule;

/** How far beyond its read position a reader wants bytes. */
public final class ReadaheadPolicy {
  /**
   * Enough to ride out a peer that leaves and the search for the next one; a viewer who closes the
   * clip has wasted no more than this.
   */
  public static final long SECONDS_AHEAD = 20;

  /** Beyond what a player has taken already, however much that is. */
  static final long LEAST_SECONDS = 5;

  /**
   * A reader that takes bytes faster than the clip plays (a copy, a player filling its own buffer)
   * gets what it takes in this time, so that the window never limits it.
   */
  static final double GREEDY_SECONDS = 1.0;

  /** Two pieces must fit, or nothing is fetched while one is read. */
  static final int MIN_PIECES = 2;

  static final long MIN_BYTES = 512 << 10;

  /** Bounds memory for request bookkeeping, and what a greedy reader that goes away has wasted. */
  static final long MAX_BYTES = 64 << 20;

  private ReadaheadPolicy() {}

  /**
   * The readahead in bytes.
   *
   * @param clipBytesPerSecond the clip's own rate
   * @param readerBytesPerSecond what this reader took lately
   * @param leadMillis what it took and has not played
   * @param pieceLength in bytes
   */
  public static long readaheadBytes(
      long clipBytesPerSecond, long readerBytesPerSecond, long leadMillis, int pieceLength) {
    long least = Math.max(MIN_BYTES, (long) MIN_PIECES * pieceLength);
    long aheadMillis = Math.max(LEAST_SECONDS * 1000, SECONDS_AHEAD * 1000 - leadMillis);
    long playing = clipBytesPerSecond * aheadMillis / 1000;
    long greedy = (long) (readerBytesPerSecond * GREEDY_SECONDS);
    return Math.max(least, Math.min(MAX_BYTES, Math.max(playing, greedy)));
  }
}
