package org.peerlet.core.torrent;

/** How much {@link RequestDepth} lets be asked of a peer, for a simulation of libtorrent. */
public final class BlocksInAdvance {
  /** In blocks, before any peer is connected. */
  public static final int AT_FIRST = RequestDepth.OF_FEW;

  private BlocksInAdvance() {}

  /**
   * Decides again.
   *
   * @param bytesPerSecond of the fastest peer
   * @param peers that are connected
   * @param soonestMillis when the first missing piece is needed
   * @param before what was decided last
   */
  public static int of(long bytesPerSecond, int peers, long soonestMillis, int before) {
    return RequestDepth.of(bytesPerSecond, peers, soonestMillis, before);
  }
}
