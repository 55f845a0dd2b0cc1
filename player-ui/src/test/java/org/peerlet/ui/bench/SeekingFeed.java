package org.peerlet.ui.bench;

import java.time.Duration;

/** A feed whose player can go elsewhere, as players do: by a new request for the rest. */
interface SeekingFeed extends ViewerFeed {
  /**
   * Leaves the connection and asks anew; {@link #markNanos} then counts from there.
   *
   * @param position media time
   * @param firstByte where that lies in the clip
   */
  void seek(Duration position, long firstByte);
}
