package org.peerlet.core.torrent;

/**
 * Where a peer is, or listens.
 *
 * @param host an address as text
 */
record PeerAddress(String host, int port) {}
