package org.peerlet.core.torrent;

/**
 * Whom a session may contact besides the trackers of its torrents and the peers that it is told of.
 *
 * @param dht whether the DHT may be used
 * @param portMapping whether the viewer's router may be looked for, by multicast on the viewer's
 *     network, and asked to let peers in (UPnP, NAT-PMP)
 */
public record Reach(boolean dht, boolean portMapping) {
  /** Nobody else: for swarms on this machine or network. */
  public static final Reach NAMED = new Reach(false, false);
}
