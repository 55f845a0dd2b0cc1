package org.peerlet.ui.bench;

import org.jspecify.annotations.Nullable;

/**
 * What one lone viewer saw and cost.
 *
 * @param originBodyBytes bodies of the clip that the origin sent, by its access log
 * @param originWireBytes all that left the origin's machine
 * @param laterOriginShare what of all that reached the viewer after the first five seconds was sent
 *     by the origin, 0 to 1, headers of packets included; null if nothing came any more
 * @param processorBusy part of all processors' time, 0 to 1
 */
record LoneResult(
    LoneSetting setting,
    Subject subject,
    int run,
    ViewerResult viewer,
    long originBodyBytes,
    long originWireBytes,
    @Nullable Double laterOriginShare,
    double processorBusy)
    implements LoneSample {}
