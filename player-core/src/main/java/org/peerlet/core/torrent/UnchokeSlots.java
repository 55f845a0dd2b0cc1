package org.peerlet.core.torrent;

import java.util.HashMap;
import java.util.Map;

/**
 * How many peers each torrent of a session wants to send to at a time: libtorrent has one limit.
 */
final class UnchokeSlots {
  private final Map<Long, Integer> slots = new HashMap<>();

  /**
   * Takes down what a torrent wants.
   *
   * @param torrent libtorrent's number for it
   */
  void set(long torrent, int newSlots) {
    slots.put(torrent, newSlots);
  }

  /** The torrent was removed. */
  void remove(long torrent) {
    slots.remove(torrent);
  }

  /** Whether no torrent has said anything. */
  boolean isEmpty() {
    return slots.isEmpty();
  }

  /**
   * The slots of all torrents.
   *
   * @param torrents that are there; one that has said nothing sends to all
   */
  long together(int torrents) {
    return slots.size() < torrents
        ? Long.MAX_VALUE
        : slots.values().stream().mapToLong(Integer::longValue).sum();
  }
}
