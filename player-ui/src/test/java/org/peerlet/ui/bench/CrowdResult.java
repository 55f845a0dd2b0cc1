package org.peerlet.ui.bench;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one crowd saw and cost.
 *
 * @param viewers those with the subject
 * @param qbittorrent the one without, if any
 * @param originBodyBytes bodies of the clip that the origin sent to those with the subject, by its
 *     access log
 * @param originWireBytes all that left the origin's machine
 * @param fluidCopies the bound for the whole crowd, in copies of the clip
 * @param processorBusy part of all processors' time, 0 to 1
 */
record CrowdResult(
    Subject subject,
    List<ViewerResult> viewers,
    @Nullable QbittorrentResult qbittorrent,
    long clipBytes,
    long originBodyBytes,
    long originWireBytes,
    double fluidCopies,
    double processorBusy) {

  double originCopies() {
    return originBodyBytes / (double) clipBytes;
  }

  /** What the viewers did not ask of the origin, of all that they watched. */
  double offload() {
    return 1 - originCopies() / viewers.size();
  }

  long smooth() {
    return viewers.stream().filter(each -> each.finished() && each.rebuffers() == 0).count();
  }

  long finished() {
    return viewers.stream().filter(ViewerResult::finished).count();
  }

  double startupMedianMillis() {
    return Report.median(startups());
  }

  double startupMostMillis() {
    double most = 0;
    for (double startup : startups()) {
      most = Math.max(most, startup);
    }
    return most;
  }

  private double[] startups() {
    double[] known =
        viewers.stream()
            .map(ViewerResult::startupMillis)
            .filter(Objects::nonNull)
            .mapToDouble(Long::doubleValue)
            .toArray();
    return known.length == 0 ? new double[] {Double.NaN} : known;
  }

  long rebufferMillis() {
    return viewers.stream().mapToLong(ViewerResult::rebufferMillis).sum();
  }
}
