package org.peerlet.core.engine;

/**
 * What one simulated viewer saw.
 *
 * @param startupMillis from the wish to the moving picture; negative if there was none
 * @param finished whether all was seen that the viewer came for
 * @param bytesDuplicate what came twice, from peers or the origin
 */
record SimulatedOutcome(
    long startupMillis,
    int rebuffers,
    long rebufferMillis,
    boolean finished,
    long bytesFromPeers,
    long bytesFromOrigin,
    long bytesDuplicate,
    long bytesUploaded) {
  boolean smooth() {
    return finished && rebuffers == 0;
  }
}
