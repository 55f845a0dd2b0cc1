package org.peerlet.ui.bench;

import org.jspecify.annotations.Nullable;
import org.peerlet.fixtures.netlab.NetLab;

/** What origin and viewer have sent and received until one moment, headers of packets included. */
record Traffic(long originSentBytes, long viewerReceivedBytes) {
  static Traffic now(Site site, NetLab.Host viewer) {
    return new Traffic(site.origin().wireBytes(), viewer.bytesReceived());
  }

  /** The origin's part of what came between two moments; null if nothing did. */
  @Nullable Double originShareUntil(Traffic later) {
    long received = later.viewerReceivedBytes - viewerReceivedBytes;
    return received <= 0 ? null : (later.originSentBytes - originSentBytes) / (double) received;
  }
}
