package org.peerlet.core.engine;

import java.util.List;
import org.peerlet.core.metainfo.PieceLength;
import org.peerlet.core.schedule.FileLayout;

/**
 * Who watches, and over what lines.
 *
 * @param spacingMillis between two viewers' starts
 * @param uplinks in clip bitrates, assigned in turn
 * @param receiveOnly how many of the first viewers send nothing
 * @param originUplink in clip bitrates
 * @param clipSeconds length of the clip
 * @param tickMillis how often each viewer decides; the program's own are 100
 * @param seed of all that is drawn
 */
record SimulationPlan(
    int viewers,
    long spacingMillis,
    List<Double> uplinks,
    int receiveOnly,
    double originUplink,
    int clipSeconds,
    int tickMillis,
    long seed) {
  /** 1.5 Mbit/s, even: the clip of the crowds that are measured. */
  static final long BYTES_PER_SECOND = 1_500_000 / 8;

  SimulationPlan {
    uplinks = List.copyOf(uplinks);
    if (viewers < 1
        || spacingMillis < 0
        || uplinks.isEmpty()
        || clipSeconds < 1
        || tickMillis < 1) {
      throw new IllegalArgumentException("no crowd: " + viewers + " of " + clipSeconds + " s");
    }
  }

  boolean shares(int viewer) {
    return viewer >= receiveOnly;
  }

  double uplinkBytesPerSecond(int viewer) {
    return uplinks.get(viewer % uplinks.size()) * BYTES_PER_SECOND;
  }

  double originBytesPerSecond() {
    return originUplink * BYTES_PER_SECOND;
  }

  /** One file, which is the whole torrent. */
  FileLayout layout() {
    long bytes = BYTES_PER_SECOND * clipSeconds;
    return new FileLayout(0, bytes, PieceLength.choose(bytes, clipSeconds), bytes);
  }

  /** What the origin must send at least, in copies, however the viewers help each other. */
  double fluidCopies() {
    double helped = 0;
    for (int viewer = 0; viewer < viewers; viewer++) {
      helped += shares(viewer) ? uplinks.get(viewer % uplinks.size()) : 0;
    }
    return Math.max(1, viewers - helped);
  }

  /** Nobody waits longer than a viewer that gets half of what it needs. */
  long giveUpMillis() {
    return 1000L * (3L * clipSeconds + 30);
  }
}
