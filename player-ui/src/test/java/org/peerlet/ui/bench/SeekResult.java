package org.peerlet.ui.bench;

import java.util.List;

/**
 * What one viewer who seeks saw.
 *
 * @param seeks in their order
 */
record SeekResult(LoneSetting setting, Subject subject, int run, List<Seek> seeks)
    implements LoneSample {

  SeekResult {
    seeks = List.copyOf(seeks);
  }

  /**
   * One seek to where nothing was buffered.
   *
   * @param millis until enough was read for a picture that moves
   */
  record Seek(double positionSeconds, long millis) {}

  double[] millis() {
    return seeks.stream().mapToDouble(Seek::millis).toArray();
  }
}
