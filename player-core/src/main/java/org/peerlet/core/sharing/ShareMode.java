package org.peerlet.core.sharing;

/** What the viewer's machine may do for others. */
public enum ShareMode {
  /** Contacts peers and uploads to them. */
  ON,
  /** Contacts peers and uploads no payload. */
  RECEIVE,
  /** Site only: no tracker, no peer, no DHT. */
  OFF;

  /** Whether trackers and peers may be contacted. */
  public boolean contactsPeers() {
    return this != OFF;
  }
}
