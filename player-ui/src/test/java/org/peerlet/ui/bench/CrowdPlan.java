package org.peerlet.ui.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.sharing.ShareMode;

/**
 * Who watches, and over what lines.
 *
 * @param spacing between two viewers' starts
 * @param uplinks in clip bitrates, assigned in turn
 * @param receiveOnly how many of the first viewers send nothing
 * @param qbittorrent which viewer, from 0 on, has qBittorrent instead; null for none
 * @param originUplink in clip bitrates
 * @param leaveAfter how far the clip is watched; null to its end
 * @param traces folder for a trace of each viewer; null for none
 */
record CrowdPlan(
    int viewers,
    Duration spacing,
    List<Double> uplinks,
    int receiveOnly,
    @Nullable Integer qbittorrent,
    double originUplink,
    Duration oneWay,
    @Nullable Duration leaveAfter,
    @Nullable Path traces) {

  /** A fast line's downstream never limits. */
  static final double DOWNLINK = 20;

  double uplink(int viewer) {
    return uplinks.get(viewer % uplinks.size());
  }

  boolean hasQbittorrent(int viewer) {
    return qbittorrent != null && qbittorrent == viewer;
  }

  ShareMode share(int viewer) {
    return viewer < receiveOnly && !hasQbittorrent(viewer) ? ShareMode.RECEIVE : ShareMode.ON;
  }

  /**
   * The fluid bound: what the origin must send at least, in copies of the clip, however the viewers
   * help each other (architecture.md, "The origin").
   */
  double fluidCopies(int clipSeconds) {
    double helped = 0;
    for (int viewer = 0; viewer < viewers; viewer++) {
      helped += share(viewer) == ShareMode.ON ? uplink(viewer) : 0;
    }
    double part =
        leaveAfter == null ? 1 : Math.min(1, leaveAfter.toMillis() / 1000.0 / clipSeconds);
    return Math.max(1, viewers - helped) * part;
  }

  /** Long enough for a viewer that gets half of what it needs; beyond that nobody watches. */
  Duration giveUpAfter(int clipSeconds) {
    return Duration.ofSeconds(3L * clipSeconds + 30);
  }
}
