package org.peerlet.tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A set of peers from which some can be drawn at random without touching the rest: adding, removing
 * and drawing cost the same however many there are. Guarded by the lock of {@link Swarms}.
 */
final class PeerSlots {
  private final List<Peer> slots = new ArrayList<>();

  void add(Peer peer) {
    peer.slot = slots.size();
    slots.add(peer);
  }

  void remove(Peer peer) {
    swap(peer.slot, slots.size() - 1);
    slots.remove(slots.size() - 1);
  }

  int size() {
    return slots.size();
  }

  /**
   * Draws the next peer without replacement (Fisher and Yates).
   *
   * @param drawn how many of this round were drawn before, {@code [0, size)}
   */
  Peer draw(int drawn, RandomGenerator random) {
    swap(drawn, random.nextInt(drawn, slots.size()));
    return slots.get(drawn);
  }

  private void swap(int a, int b) {
    Peer first = slots.get(a);
    Peer second = slots.get(b);
    slots.set(a, second);
    slots.set(b, first);
    second.slot = a;
    first.slot = b;
  }
}
