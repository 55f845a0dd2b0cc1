package org.peerlet.core.torrent;

/** How much {@link RequestDepth} lets be asked of a peer, for a simulation of libtorrent. */
public final class BlocksInAdvance {
  /** At first. */
  public static final int LEAST = RequestDepth.LEAST;

  private BlocksInAdvance() {}

  /**
   * Decides again.
   *
   * @param bytesPerSecond of the fastest peer
   * @param soonestMillis when the first missing piece is needed
   * @param before what was decided last
   */
  public static int of(long bytesPerSecond, long soonestMillis, int before) {
    return RequestDepth.of(bytesPerSecond, soonestMillis, before);
  }
}
