package org.peerlet.core.engine;

import java.util.List;
import java.util.Map;
import org.peerlet.core.schedule.OriginPolicy;

/**
 * What a simulated crowd saw and cost.
 *
 * @param viewers one each, in the order of their coming
 * @param originFailures requests that got no answer in time
 * @param asked pieces asked of the origin, by why
 * @param meanConnections of all viewers, as long as they were there
 * @param virtualSeconds how long it took them
 * @param ticks of all viewers
 */
record SimulationResult(
    SimulationPlan plan,
    List<SimulatedOutcome> viewers,
    long clipBytes,
    long originBodyBytes,
    int originFailures,
    Map<OriginPolicy.Reason, Integer> asked,
    double meanConnections,
    double virtualSeconds,
    long ticks) {
  double originCopies() {
    return originBodyBytes / (double) clipBytes;
  }

  double offload() {
    return 1 - originCopies() / plan.watchedCopies();
  }

  long smooth() {
    return viewers.stream().filter(SimulatedOutcome::smooth).count();
  }

  long finished() {
    return viewers.stream().filter(SimulatedOutcome::finished).count();
  }

  /**
   * The startup that so many viewers did not exceed; not a number where nobody started.
   *
   * @param share of those who started, 0 to 1
   */
  double startupMillis(double share) {
    long[] startups =
        viewers.stream()
            .mapToLong(SimulatedOutcome::startupMillis)
            .filter(each -> each >= 0)
            .sorted()
            .toArray();
    return startups.length == 0
        ? Double.NaN
        : startups[(int) Math.min(startups.length - 1, share * startups.length)];
  }

  long rebufferMillis() {
    return viewers.stream().mapToLong(SimulatedOutcome::rebufferMillis).sum();
  }

  long rebuffers() {
    return viewers.stream().mapToLong(SimulatedOutcome::rebuffers).sum();
  }
}
