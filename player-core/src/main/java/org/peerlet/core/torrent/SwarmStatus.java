package org.peerlet.core.torrent;

import java.util.List;

/**
 * The swarm as one torrent sees it.
 *
 * @param peers connected
 * @param downloadBytesPerSecond payload from peers, lately
 * @param uploadBytesPerSecond payload to peers, lately
 * @param bytesFromPeers payload since the torrent was opened
 * @param bytesUploaded payload since the torrent was opened
 * @param bytesRequested that peers were asked for and have not sent yet
 * @param bytesDuplicate received from peers more than once, or failed their hash
 * @param self this viewer's id, like {@link SwarmPeer#id}; empty where there is no session
 * @param connected the peers whose id is known
 * @param announced whether a tracker has said who else is there
 * @param swarmSize the viewers that the tracker counts, this one included; 0 when it says nothing
 */
public record SwarmStatus(
    int peers,
    long downloadBytesPerSecond,
    long uploadBytesPerSecond,
    long bytesFromPeers,
    long bytesUploaded,
    long bytesRequested,
    long bytesDuplicate,
    String self,
    List<SwarmPeer> connected,
    boolean announced,
    int swarmSize) {
  /** No peers, nothing moved. */
  public static final SwarmStatus NONE = new SwarmStatus(0, 0, 0, 0, 0, 0);

  public SwarmStatus {
    connected = List.copyOf(connected);
  }

  /** Whether this viewer shares; {@code RECEIVING} where there is no session. */
  public SwarmPeer.Kind selfKind() {
    return self.isEmpty() ? SwarmPeer.Kind.RECEIVING : PeerId.kindOf(self);
  }

  /** A swarm of which only numbers are known. */
  public SwarmStatus(
      int peers,
      long downloadBytesPerSecond,
      long uploadBytesPerSecond,
      long bytesFromPeers,
      long bytesUploaded,
      long bytesDuplicate) {
    this(
        peers,
        downloadBytesPerSecond,
        uploadBytesPerSecond,
        bytesFromPeers,
        bytesUploaded,
        0,
        bytesDuplicate,
        "",
        List.of(),
        false,
        0);
  }
}
