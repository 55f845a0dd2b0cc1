package org.peerlet.core.torrent;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When uTP is tried besides TCP, and whom it is tried with again. Time is handed in. Confined to
 * the engine thread.
 *
 * <p>TCP comes first, since uTP is slow on fast links. But a router that translates addresses lets
 * nobody in from outside, and two viewers behind two such routers can't reach each other over TCP.
 * Over UDP they can, where each keeps asking the other: what one has sent opens its own router to
 * the other for half a minute, and uTP uses the port that the tracker names. libtorrent asks a peer
 * over uTP once, and then no more, so it has to be told again (facts.md).
 */
final class UtpPolicy {
  /** Most peers who can be reached over TCP are there by then. */
  static final long TCP_ALONE_MILLIS = 3_000;

  /** With as many, a viewer can do without those whom it can't reach. */
  static final int ENOUGH_PEERS = 4;

  /** How often libtorrent is told again; an attempt over uTP and then TCP takes it longer. */
  static final long AGAIN_MILLIS = 5_000;

  /**
   * The other may learn of us as late as its tracker's interval; most who don't answer are gone.
   */
  static final long GIVE_UP_MILLIS = 180_000;

  /** A tracker may name any number of addresses that nobody is at, and any number may come. */
  static final int MOST_REMEMBERED = 100;

  /**
   * The swarm at one look.
   *
   * @param others whom the tracker counts besides this viewer; 0 when it says nothing
   * @param connected the number of peers
   * @param trying where this viewer is trying to connect
   * @param reached where it has connected to
   * @param came where those are who have connected to it: not where they listen
   */
  record Look(
      int others,
      int connected,
      Set<PeerAddress> trying,
      Set<PeerAddress> reached,
      Set<PeerAddress> came) {}

  /**
   * What to do.
   *
   * @param useUtp whether outgoing uTP is to be allowed now; true once at most
   * @param again whom to try over uTP again
   */
  record Step(boolean useUtp, List<PeerAddress> again) {}

  private static final class Attempt {
    final long sinceMillis;
    long toldMillis;

    Attempt(long nowMillis) {
      sinceMillis = nowMillis;
      toldMillis = nowMillis;
    }
  }

  private final Map<PeerAddress, Attempt> attempts = new HashMap<>();
  // Over TCP, or over uTP later: whoever leaves again is not missed.
  private final Set<PeerAddress> reached = new HashSet<>();
  private final Map<String, Integer> mostCame = new HashMap<>();
  private long lackingSinceMillis = -1;
  private boolean usesUtp;

  Step decide(Look look, long nowMillis) {
    note(look, nowMillis);
    Set<PeerAddress> missed = missed();
    boolean begin = !usesUtp && lacksFor(look, missed.size(), nowMillis) >= TCP_ALONE_MILLIS;
    usesUtp |= begin;
    return new Step(begin, usesUtp ? again(look, missed, nowMillis) : List.of());
  }

  private void note(Look look, long nowMillis) {
    for (PeerAddress peer : look.reached()) {
      if (reached.size() < MOST_REMEMBERED) {
        reached.add(peer);
      }
      attempts.remove(peer);
    }
    for (PeerAddress peer : look.trying()) {
      if (attempts.size() < MOST_REMEMBERED && !reached.contains(peer)) {
        attempts.computeIfAbsent(peer, unknown -> new Attempt(nowMillis));
      }
    }
    byHost(look.came())
        .forEach(
            (host, peers) -> {
              if (mostCame.size() < MOST_REMEMBERED || mostCame.containsKey(host)) {
                mostCame.merge(host, peers.size(), Math::max);
              }
            });
  }

  /**
   * Who was tried and has never been there. As many as came from a host at a time are taken for
   * those that were tried at it: to try them over uTP would put a slow connection in the place of
   * the one that is there.
   */
  private Set<PeerAddress> missed() {
    Set<PeerAddress> missed = new HashSet<>();
    byHost(attempts.keySet())
        .forEach(
            (host, tried) -> {
              if (tried.size() > mostCame.getOrDefault(host, 0)) {
                missed.addAll(tried);
              }
            });
    return missed;
  }

  private static Map<String, List<PeerAddress>> byHost(Set<PeerAddress> peers) {
    return peers.stream().collect(groupingBy(PeerAddress::host));
  }

  private long lacksFor(Look look, int missed, long nowMillis) {
    // Of a swarm without a tracker only those are known whom this viewer has tried to reach.
    int others = look.others() > 0 ? look.others() : look.connected() + missed;
    if (missed == 0 || look.connected() >= Math.min(others, ENOUGH_PEERS)) {
      lackingSinceMillis = -1;
      return 0;
    }
    if (lackingSinceMillis < 0) {
      lackingSinceMillis = nowMillis;
    }
    return nowMillis - lackingSinceMillis;
  }

  private List<PeerAddress> again(Look look, Set<PeerAddress> missed, long nowMillis) {
    List<PeerAddress> again = new ArrayList<>();
    attempts.forEach(
        (peer, attempt) -> {
          boolean due = nowMillis - attempt.toldMillis >= AGAIN_MILLIS;
          boolean worthIt = nowMillis - attempt.sinceMillis < GIVE_UP_MILLIS;
          if (due && worthIt && missed.contains(peer) && !look.trying().contains(peer)) {
            attempt.toldMillis = nowMillis;
            again.add(peer);
          }
        });
    return again;
  }
}
