package org.peerlet.core.torrent;

import java.net.InetSocketAddress;
import java.util.List;
import org.peerlet.core.metainfo.Metainfo;

/**
 * What the swarm of a magnet URI told.
 *
 * @param metainfo checked against all limits
 * @param peers who were connected then; the clip's torrent can go to them at once
 */
public record MagnetMetadata(Metainfo metainfo, List<InetSocketAddress> peers) {
  public MagnetMetadata {
    peers = List.copyOf(peers);
  }
}
