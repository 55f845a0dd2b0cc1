package org.peerlet.ui.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an origin must send at least, however its viewers help each other (architecture.md, "The
 * origin"). Seconds of the clip stand for bytes, since its bitrate is even.
 */
final class FluidBound {
  private FluidBound() {}

  /**
   * What the viewers' lines can't carry at each moment, and each part that was watched at least
   * once: the bound of viewers who keep what they have after they left.
   */
  static double seconds(List<Visit> visits) {
    return Math.max(uncarriedSeconds(visits), longestWatch(visits));
  }

  /**
   * The same where nobody keeps anything: whenever all have left, the next viewer begins anew, so
   * each stretch of time with somebody there has a bound of its own.
   */
  static double forgetfulSeconds(List<Visit> visits) {
    List<Visit> sorted = new ArrayList<>(visits);
    sorted.sort(Comparator.comparingDouble(Visit::arrivalSeconds));
    List<Visit> together = new ArrayList<>();
    double end = 0;
    double sum = 0;
    for (Visit visit : sorted) {
      if (visit.arrivalSeconds() >= end) {
        sum += seconds(together);
        together.clear();
      }
      together.add(visit);
      end = Math.max(end, visit.endSeconds());
    }
    return sum + seconds(together);
  }

  /** The integral of what n viewers need beyond the sum of their uplinks. */
  private static double uncarriedSeconds(List<Visit> visits) {
    double[] moments =
        visits.stream()
            .flatMap(visit -> List.of(visit.arrivalSeconds(), visit.endSeconds()).stream())
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    double sum = 0;
    for (int next = 1; next < moments.length; next++) {
      double from = moments[next - 1];
      double missing =
          visits.stream()
              .filter(visit -> visit.arrivalSeconds() <= from && visit.endSeconds() > from)
              .mapToDouble(visit -> 1 - visit.uplink())
              .sum();
      sum += Math.max(0, missing) * (moments[next] - from);
    }
    return sum;
  }

  /** All watch from the start on, so that the longest holds all parts. */
  private static double longestWatch(List<Visit> visits) {
    return visits.stream().mapToDouble(Visit::watchSeconds).max().orElse(0);
  }
}
