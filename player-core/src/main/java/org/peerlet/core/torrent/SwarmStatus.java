package org.peerlet.core.torrent;

/**
 * The swarm as one torrent sees it.
 *
 * @param peers connected
 * @param downloadBytesPerSecond payload from peers, lately
 * @param uploadBytesPerSecond payload to peers, lately
 * @param bytesFromPeers payload since the torrent was opened
 * @param bytesUploaded payload since the torrent was opened
 * @param bytesDuplicate received from peers more than once, or failed their hash
 */
public record SwarmStatus(
    int peers,
    long downloadBytesPerSecond,
    long uploadBytesPerSecond,
    long bytesFromPeers,
    long bytesUploaded,
    long bytesDuplicate) {
  /** No peers, nothing moved. */
  public static final SwarmStatus NONE = new SwarmStatus(0, 0, 0, 0, 0, 0);
}
