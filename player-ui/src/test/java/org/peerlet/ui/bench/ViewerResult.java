package org.peerlet.ui.bench;

import org.jspecify.annotations.Nullable;

/**
 * What one viewer of a crowd saw, as {@link ViewerProgram} prints it.
 *
 * @param startupMillis from the wish to the first moving picture; null if there was none
 * @param starvedMillis how long the picture stood though the window let it move
 * @param timeToFirstByteMillis from the wish to the first byte; null if there was none
 * @param bytesFromPeers payload received; of bare libtorrent, from everywhere
 * @param finished whether the clip was seen as far as it was to be
 * @param failure why the stream broke; null if it did not
 */
record ViewerResult(
    @Nullable Long startupMillis,
    int rebuffers,
    long rebufferMillis,
    long starvedMillis,
    double playedSeconds,
    long bytesFromPeers,
    long bytesFromOrigin,
    long bytesDuplicate,
    long bytesUploaded,
    @Nullable Long timeToFirstByteMillis,
    boolean finished,
    @Nullable String failure) {

  /** The same with other sources. */
  ViewerResult withSources(long fromPeers, long fromOrigin) {
    return new ViewerResult(
        startupMillis,
        rebuffers,
        rebufferMillis,
        starvedMillis,
        playedSeconds,
        fromPeers,
        fromOrigin,
        bytesDuplicate,
        bytesUploaded,
        timeToFirstByteMillis,
        finished,
        failure);
  }
}
