package org.peerlet.tracker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The peers of one torrent, oldest announce first. Guarded by the lock of {@link Swarms}.
 *
 * <p>A peer is known by its address and port, not by its peer id: an id can be claimed by anyone,
 * and a forged {@code stopped} would throw others out.
 */
final class Swarm {
  /**
   * Random answers from this many recent viewers connect a swarm well; the counts beyond it would
   * be a vanity.
   */
  static final int MAX_PEERS = 5_000;

  /**
   * More than the 100 viewers of a school or an office behind one address; yet one address cannot
   * crowd out the others.
   */
  static final int MAX_PEERS_PER_BLOCK = 256;

  /**
   * How many are looked at for one answer. A full answer is reached past a whole block's share of
   * unreachable ones; past that, only a peer that copies the id of many others gets less, and a
   * flood of those must stay cheap.
   */
  private static final int MAX_CANDIDATES = AnnounceRequest.MAX_NUM_WANT + 2 * MAX_PEERS_PER_BLOCK;

  private final LinkedHashMap<Endpoint, Peer> peers = new LinkedHashMap<>();
  private final Map<AddressBlock, Integer> peersPerBlock = new HashMap<>();
  private final Family ipv4 = new Family(new PeerSlots(), new PeerSlots());
  private final Family ipv6 = new Family(new PeerSlots(), new PeerSlots());
  private int downloaded;

  /** How many have all, how many do not, and how many reported that they finished (BEP 48). */
  record Counts(int complete, int downloaded, int incomplete) {
    static final Counts NONE = new Counts(0, 0, 0);
  }

  /** The peers of one address family, the seeds apart, since seeds are of no use to each other. */
  private record Family(PeerSlots seeds, PeerSlots others) {}

  /** Notes a peer as just seen. One that exceeds its block's share is not listed. */
  void put(AnnounceRequest request, long nowMillis) {
    Peer before = remove(request.endpoint());
    if (request.event() == AnnounceRequest.Event.COMPLETED
        && (before == null || !before.complete)) {
      downloaded++;
    }
    AddressBlock block = AddressBlock.of(request.endpoint().address());
    int sameBlock = peersPerBlock.getOrDefault(block, 0);
    if (sameBlock >= MAX_PEERS_PER_BLOCK) {
      return;
    }
    if (peers.size() >= MAX_PEERS) {
      removeOldest();
    }
    Peer peer =
        new Peer(
            new Peer.Contact(request.endpoint(), request.peerId()), nowMillis, request.complete());
    peers.put(request.endpoint(), peer);
    peersPerBlock.merge(block, 1, Integer::sum);
    slots(peer).add(peer);
  }

  void drop(Endpoint endpoint) {
    remove(endpoint);
  }

  void removeOldest() {
    Iterator<Endpoint> oldestFirst = peers.keySet().iterator();
    if (oldestFirst.hasNext()) {
      remove(oldestFirst.next());
    }
  }

  /** Forgets the peers last seen before an instant. Costs as much as there is to forget. */
  void expire(long seenBeforeMillis) {
    while (!peers.isEmpty() && peers.values().iterator().next().seenMillis < seenBeforeMillis) {
      removeOldest();
    }
  }

  int size() {
    return peers.size();
  }

  Counts counts() {
    int complete = ipv4.seeds.size() + ipv6.seeds.size();
    return new Counts(complete, downloaded, peers.size() - complete);
  }

  /** A fresh random choice of at most {@code numWant} peers that the asking one can use. */
  List<Peer.Contact> choose(AnnounceRequest asking, RandomGenerator random) {
    List<Peer.Contact> chosen = new ArrayList<>(Math.min(asking.numWant(), peers.size()));
    // Who reaches us over IPv6 has IPv4 as well, nearly always; the reverse does not hold.
    if (asking.endpoint().isIpv6()) {
      choose(ipv6, asking, random, chosen);
    }
    choose(ipv4, asking, random, chosen);
    return List.copyOf(chosen);
  }

  private static void choose(
      Family family, AnnounceRequest asking, RandomGenerator random, List<Peer.Contact> chosen) {
    int seeds = asking.complete() ? 0 : family.seeds.size();
    int candidates = Math.min(family.others.size() + seeds, MAX_CANDIDATES);
    int seedsDrawn = 0;
    for (int i = 0; i < candidates && chosen.size() < asking.numWant(); i++) {
      int othersDrawn = i - seedsDrawn;
      int othersLeft = family.others.size() - othersDrawn;
      // Seeds and others with the odds of their numbers, as if they lay in one urn.
      boolean other = random.nextInt(othersLeft + seeds - seedsDrawn) < othersLeft;
      Peer candidate =
          other ? family.others.draw(othersDrawn, random) : family.seeds.draw(seedsDrawn++, random);
      if (isOfUse(candidate.contact, asking)) {
        chosen.add(candidate.contact);
      }
    }
  }

  private static boolean isOfUse(Peer.Contact candidate, AnnounceRequest asking) {
    boolean self =
        candidate.endpoint().equals(asking.endpoint())
            || candidate.peerId().equals(asking.peerId());
    boolean unreachable =
        candidate.endpoint().address().isLoopbackAddress()
            && !asking.endpoint().address().isLoopbackAddress();
    return !self && !unreachable;
  }

  private @Nullable Peer remove(Endpoint endpoint) {
    Peer peer = peers.remove(endpoint);
    if (peer == null) {
      return null;
    }
    AddressBlock block = AddressBlock.of(endpoint.address());
    int left = peersPerBlock.getOrDefault(block, 0) - 1;
    if (left > 0) {
      peersPerBlock.put(block, left);
    } else {
      peersPerBlock.remove(block);
    }
    slots(peer).remove(peer);
    return peer;
  }

  private PeerSlots slots(Peer peer) {
    Family family = peer.contact.endpoint().isIpv6() ? ipv6 : ipv4;
    return peer.complete ? family.seeds : family.others;
  }
}
