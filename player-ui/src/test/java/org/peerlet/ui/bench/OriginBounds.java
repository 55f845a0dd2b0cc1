package org.peerlet.ui.bench;

import java.util.List;
import org.peerlet.fixtures.crowd.FlowBound;
import org.peerlet.fixtures.crowd.FluidBound;
import org.peerlet.fixtures.crowd.Visit;

/**
 * What an origin must send at least for one trace of viewers, in bytes of the clip.
 *
 * @param fluidBytes what their lines can't carry at each moment, and one copy ({@link
 *     FluidBound#seconds})
 * @param forgetfulBytes the same where nobody keeps what others may want later ({@link
 *     FluidBound#forgetfulSeconds})
 * @param flowBytes where, besides, a line is of use only while another viewer is there ({@link
 *     FlowBound})
 * @param inOrderBytes where, besides, nobody sends to who came earlier, since all fetch in order
 */
record OriginBounds(long fluidBytes, long forgetfulBytes, long flowBytes, long inOrderBytes) {
  /** The bounds of a trace. */
  static OriginBounds of(List<Visit> visits, long bitsPerSecond) {
    double bytesPerSecond = bitsPerSecond / 8.0;
    return new OriginBounds(
        (long) (FluidBound.seconds(visits) * bytesPerSecond),
        (long) (FluidBound.forgetfulSeconds(visits) * bytesPerSecond),
        (long) (FlowBound.seconds(visits, FlowBound.Reach.ALL) * bytesPerSecond),
        (long) (FlowBound.seconds(visits, FlowBound.Reach.NOT_EARLIER) * bytesPerSecond));
  }
}
