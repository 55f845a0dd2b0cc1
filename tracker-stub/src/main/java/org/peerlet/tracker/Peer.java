package org.peerlet.tracker;

/** One peer of a {@link Swarm}. Guarded by the lock of {@link Swarms}. */
final class Peer {
  final Contact contact;
  final long seenMillis;
  final boolean complete;

  /** Where it lies in its {@link PeerSlots}. */
  int slot;

  /** A peer as it is handed out. */
  record Contact(Endpoint endpoint, String peerId) {}

  Peer(Contact contact, long seenMillis, boolean complete) {
    this.contact = contact;
    this.seenMillis = seenMillis;
    this.complete = complete;
  }
}
