package org.peerlet.ui.bench;

/**
 * One viewer's coming and going, as it was drawn.
 *
 * @param arrivalSeconds after the trace's beginning
 * @param watchSeconds how much of the clip is watched, from its start on
 * @param uplink in bitrates of the clip
 */
record Visit(double arrivalSeconds, double watchSeconds, double uplink) {
  /** When the viewer is gone, if nothing keeps the picture from moving. */
  double endSeconds() {
    return arrivalSeconds + watchSeconds;
  }
}
