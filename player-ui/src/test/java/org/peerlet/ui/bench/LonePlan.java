package org.peerlet.ui.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all settings of a lone viewer have in common.
 *
 * @param mishapAfter how long the picture has been moving when things go wrong, where they do
 * @param seeks how many, where the viewer does
 * @param seed of where to
 * @param traces folder for a trace of each viewer; null for none
 */
record LonePlan(
    CrowdClip clip,
    Duration oneWay,
    Duration mishapAfter,
    int seeks,
    long seed,
    @Nullable Path traces) {
  /** The same as one of the crowd's. */
  static final double UPLINK = 1.5;

  /** Long enough for a viewer that gets two thirds of what it needs. */
  Duration giveUpAfter() {
    return Duration.ofSeconds(clip.seconds() * 3L / 2 + 30);
  }

  /** How much of the clip is watched in a setting. */
  Duration watched(LoneSetting setting) {
    return Duration.ofMillis((long) (setting.watchedPart() * clip.seconds() * 1000));
  }

  /** A rate that is given in bitrates of the clip. */
  long bitsPerSecond(double rates) {
    return (long) (rates * clip.bitsPerSecond());
  }
}
