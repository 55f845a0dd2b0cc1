package org.peerlet.core.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * libtorrent's choker, in virtual time: which of those who want something a viewer sends to. In
 * each round those who sent the most in the last one, and one of the others in turn.
 */
final class SimulatedChoker {
  /** See {@code SessionSettings}. */
  private static final long ROUND_MILLIS = 2_000;

  private static final long OPTIMISTIC_MILLIS = 6_000;

  private final Map<SimulatedLink, Long> hadTurnMillis = new HashMap<>();
  private @Nullable SimulatedLink optimistic;
  private int slots = UnchokePolicy.ALL;
  private long roundEndsAtMillis = Long.MIN_VALUE;
  private long turnEndsAtMillis = Long.MIN_VALUE;

  /** From the next round on. */
  void slots(int newSlots) {
    slots = newSlots;
  }

  /** Somebody new is there, and has to wait where no slot is free. */
  void connected(SimulatedLink taker, List<SimulatedLink> takers) {
    if (takers.stream().filter(each -> each != taker && !each.isChoked()).count() >= slots) {
      taker.choke();
    }
  }

  /**
   * Ends a round, when it is time.
   *
   * @param takers to whom this viewer may send
   * @param sources who may send to this viewer
   */
  void look(List<SimulatedLink> takers, List<SimulatedLink> sources, long nowMillis) {
    if (nowMillis < roundEndsAtMillis) {
      return;
    }
    roundEndsAtMillis = nowMillis + ROUND_MILLIS;
    Map<SimulatedViewer, Double> sent = new HashMap<>();
    sources.forEach(source -> sent.put(source.from, source.takeRoundBytes()));
    hadTurnMillis.keySet().retainAll(takers);
    List<SimulatedLink> interested =
        new ArrayList<>(takers.stream().filter(SimulatedLink::isInterested).toList());
    List<SimulatedLink> chosen = interested;
    if (interested.size() > slots) {
      interested.sort(
          Comparator.comparingDouble((SimulatedLink taker) -> -sent.getOrDefault(taker.to, 0.0))
              .thenComparing(SimulatedLink::isChoked));
      chosen = new ArrayList<>(interested.subList(0, slots - 1));
      chosen.add(optimistic(interested.subList(slots - 1, interested.size()), nowMillis));
    }
    for (SimulatedLink taker : interested) {
      if (chosen.contains(taker)) {
        taker.unchoke();
      } else {
        taker.choke();
      }
    }
  }

  /** Of these, who had its turn the longest time ago; those who had none yet first. */
  private SimulatedLink optimistic(List<SimulatedLink> others, long nowMillis) {
    SimulatedLink now = optimistic;
    if (now == null || nowMillis >= turnEndsAtMillis || !others.contains(now)) {
      now = others.get(0);
      for (SimulatedLink other : others) {
        now = turnAt(other) < turnAt(now) ? other : now;
      }
      optimistic = now;
      hadTurnMillis.put(now, nowMillis);
      turnEndsAtMillis = nowMillis + OPTIMISTIC_MILLIS;
    }
    return now;
  }

  private long turnAt(SimulatedLink taker) {
    return hadTurnMillis.getOrDefault(taker, Long.MIN_VALUE);
  }
}
