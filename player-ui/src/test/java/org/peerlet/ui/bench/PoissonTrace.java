package org.peerlet.ui.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Viewers who know nothing of each other: they arrive as a Poisson process, behind lines of all
 * kinds, and one in three leaves before the end. Drawn from a seed.
 */
record PoissonTrace(long seed, double viewersAtOnce, List<Visit> visits) {
  private static final double SLOWEST_UPLINK = 0.5;
  private static final double FASTEST_UPLINK = 2.5;
  private static final double EARLY_LEAVERS = 1 / 3.0;

  /** Whoever leaves before that has not watched. */
  private static final double SHORTEST_SECONDS = 1;

  PoissonTrace {
    visits = List.copyOf(visits);
  }

  /**
   * Draws one.
   *
   * @param viewersAtOnce how many are there on average, once the first have left
   * @param seconds during which viewers arrive; the first does at once
   */
  static PoissonTrace draw(long seed, double viewersAtOnce, int seconds, int clipSeconds) {
    Random random = new Random(seed);
    double meanStay = clipSeconds * (1 - EARLY_LEAVERS / 2);
    List<Visit> visits = new ArrayList<>();
    double arrival = 0;
    while (arrival < seconds) {
      boolean early = random.nextDouble() < EARLY_LEAVERS;
      double part = random.nextDouble();
      double watched = early ? Math.max(SHORTEST_SECONDS, part * clipSeconds) : clipSeconds;
      double uplink = SLOWEST_UPLINK + random.nextDouble() * (FASTEST_UPLINK - SLOWEST_UPLINK);
      visits.add(new Visit(arrival, watched, uplink));
      arrival -= Math.log(1 - random.nextDouble()) * meanStay / viewersAtOnce;
    }
    return new PoissonTrace(seed, viewersAtOnce, visits);
  }
}
