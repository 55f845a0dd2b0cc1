package org.peerlet.ui.bench;

import java.util.List;
import java.util.Objects;
import org.peerlet.fixtures.crowd.PoissonTrace;

/**
 * What the viewers of one trace saw and cost.
 *
 * @param viewers in the order of the trace's visits
 * @param originBodyBytes bodies of the clip that the origin sent, by its access log
 * @param originWireBytes all that left the origin's machine
 * @param bounds what it had to send at least
 * @param latestMillis how much later than drawn a viewer began at most, since its program was not
 *     ready
 * @param processorBusy part of all processors' time, 0 to 1
 */
record PoissonResult(
    Subject subject,
    PoissonTrace trace,
    List<ViewerResult> viewers,
    long originBodyBytes,
    long originWireBytes,
    OriginBounds bounds,
    long latestMillis,
    double processorBusy) {

  /** The part of the viewers who saw what they wanted without a rebuffer, 0 to 1. */
  double smoothShare() {
    long smooth = viewers.stream().filter(each -> each.finished() && each.rebuffers() == 0).count();
    return smooth / (double) viewers.size();
  }

  double startupMedianMillis() {
    double[] known =
        viewers.stream()
            .map(ViewerResult::startupMillis)
            .filter(Objects::nonNull)
            .mapToDouble(Long::doubleValue)
            .toArray();
    return known.length == 0 ? Double.NaN : Report.median(known);
  }
}
