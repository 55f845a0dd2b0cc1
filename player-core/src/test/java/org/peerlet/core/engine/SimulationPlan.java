package org.peerlet.core.engine;

import java.util.List;
import java.util.stream.IntStream;
import org.peerlet.core.metainfo.PieceLength;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.fixtures.crowd.FluidBound;
import org.peerlet.fixtures.crowd.Visit;

/**
 * Who watches, and over what lines.
 *
 * @param visits in the order of their coming
 * @param receiveOnly how many of the first viewers send nothing
 * @param originUplink in clip bitrates
 * @param clipSeconds length of the clip
 * @param tickMillis how often each viewer decides; the program's own are 100
 * @param seed of all that is drawn
 */
record SimulationPlan(
    List<Visit> visits,
    int receiveOnly,
    double originUplink,
    int clipSeconds,
    int tickMillis,
    long seed) {
  /** 1.5 Mbit/s, even: the clip of the crowds that are measured. */
  static final long BYTES_PER_SECOND = 1_500_000 / 8;

  SimulationPlan {
    visits = List.copyOf(visits);
    if (visits.isEmpty() || clipSeconds < 1 || tickMillis < 1) {
      throw new IllegalArgumentException(
          "no crowd: " + visits.size() + " of " + clipSeconds + " s");
    }
  }

  /**
   * Viewers who come one after the other and watch to the end.
   *
   * @param uplinks in clip bitrates, assigned in turn
   */
  static List<Visit> evenly(
      int viewers, double spacingSeconds, List<Double> uplinks, int clipSeconds) {
    return IntStream.range(0, viewers)
        .mapToObj(
            viewer ->
                new Visit(
                    viewer * spacingSeconds, clipSeconds, uplinks.get(viewer % uplinks.size())))
        .toList();
  }

  int viewers() {
    return visits.size();
  }

  boolean shares(int viewer) {
    return viewer >= receiveOnly;
  }

  long arrivalMillis(int viewer) {
    return Math.round(1000 * visits.get(viewer).arrivalSeconds());
  }

  long watchMillis(int viewer) {
    return Math.round(1000 * visits.get(viewer).watchSeconds());
  }

  double uplinkBytesPerSecond(int viewer) {
    return visits.get(viewer).uplink() * BYTES_PER_SECOND;
  }

  double originBytesPerSecond() {
    return originUplink * BYTES_PER_SECOND;
  }

  /** One file, which is the whole torrent. */
  FileLayout layout() {
    long bytes = BYTES_PER_SECOND * clipSeconds;
    return new FileLayout(0, bytes, PieceLength.choose(bytes, clipSeconds), bytes);
  }

  /** What is watched in all, in copies. */
  double watchedCopies() {
    return visits.stream().mapToDouble(Visit::watchSeconds).sum() / clipSeconds;
  }

  /** What the origin must send at least, in copies, however the viewers help each other. */
  double fluidCopies() {
    return FluidBound.seconds(sending()) / clipSeconds;
  }

  /** The same where nobody keeps anything. */
  double forgetfulCopies() {
    return FluidBound.forgetfulSeconds(sending()) / clipSeconds;
  }

  private List<Visit> sending() {
    return IntStream.range(0, viewers())
        .mapToObj(viewer -> shares(viewer) ? visits.get(viewer) : silent(visits.get(viewer)))
        .toList();
  }

  private static Visit silent(Visit visit) {
    return new Visit(visit.arrivalSeconds(), visit.watchSeconds(), 0);
  }

  /** Nobody waits longer than a viewer that gets half of what it needs. */
  long giveUpMillis() {
    return 1000L * (3L * clipSeconds + 30);
  }
}
