package org.peerlet.core.torrent;

import org.jspecify.annotations.Nullable;

/**
 * Where a peer is, or listens.
 *
 * @param host an address as text
 */
record PeerAddress(String host, int port) {
  // As the record's own, which are put together when they are first called: some 10 ms of a start.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PeerAddress peer && port == peer.port && host.equals(peer.host);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }
}
