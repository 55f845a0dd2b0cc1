package org.peerlet.tracker;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * All swarms, the longest untouched first. Any thread; the lock is held for microseconds and never
 * during I/O.
 *
 * <p>Memory is bounded whatever is announced: the least recent swarm, and in it the least recent
 * peer, goes first.
 */
final class Swarms {
  static final int MAX_SWARMS = 10_000;

  /**
   * About 400 bytes each, 40 MB in all: fits the smallest rented server, and is ten times what a
   * small site sees.
   */
  static final int MAX_PEERS = 100_000;

  private final LinkedHashMap<InfoHash, Swarm> swarms = new LinkedHashMap<>(16, 0.75f, true);
  private final long expiryMillis;
  private final RandomGenerator random;
  private int peers;

  /**
   * @param expiryMillis how long after its last announce a peer is still handed out
   * @param random chooses the peers of an answer; used under this object's lock only
   */
  Swarms(long expiryMillis, RandomGenerator random) {
    this.expiryMillis = expiryMillis;
    this.random = random;
  }

  /** Peers for the asking one, and the counts with it included. */
  record Answer(List<Peer.Contact> contacts, Swarm.Counts counts) {}

  /**
   * Notes an announce and answers it.
   *
   * @param nowMillis from any clock that never goes back
   */
  synchronized Answer announce(AnnounceRequest request, long nowMillis) {
    boolean stopping = request.event() == AnnounceRequest.Event.STOPPED;
    Swarm swarm = swarms.get(request.infoHash());
    if (swarm == null) {
      if (stopping) {
        return new Answer(List.of(), Swarm.Counts.NONE);
      }
      swarm = new Swarm();
      swarms.put(request.infoHash(), swarm);
    }
    int sizeBefore = swarm.size();
    swarm.expire(nowMillis - expiryMillis);
    if (stopping) {
      swarm.drop(request.endpoint());
    } else {
      swarm.put(request, nowMillis);
    }
    peers += swarm.size() - sizeBefore;
    List<Peer.Contact> contacts = stopping ? List.of() : swarm.choose(request, random);
    Answer answer = new Answer(contacts, swarm.counts());
    if (swarm.size() == 0) {
      swarms.remove(request.infoHash());
    }
    keepBounded();
    return answer;
  }

  synchronized Swarm.Counts scrape(InfoHash infoHash, long nowMillis) {
    Swarm swarm = swarms.get(infoHash);
    if (swarm == null) {
      return Swarm.Counts.NONE;
    }
    int sizeBefore = swarm.size();
    swarm.expire(nowMillis - expiryMillis);
    peers += swarm.size() - sizeBefore;
    if (swarm.size() == 0) {
      swarms.remove(infoHash);
    }
    return swarm.counts();
  }

  synchronized int swarmCount() {
    return swarms.size();
  }

  synchronized int peerCount() {
    return peers;
  }

  private void keepBounded() {
    while (swarms.size() > MAX_SWARMS || peers > MAX_PEERS) {
      Iterator<Map.Entry<InfoHash, Swarm>> untouchedFirst = swarms.entrySet().iterator();
      Swarm untouched = untouchedFirst.next().getValue();
      if (swarms.size() > MAX_SWARMS || untouched.size() <= 1) {
        untouchedFirst.remove();
        peers -= untouched.size();
      } else {
        untouched.removeOldest();
        peers--;
      }
    }
  }
}
