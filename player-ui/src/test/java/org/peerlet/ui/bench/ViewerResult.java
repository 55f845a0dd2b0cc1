package org.peerlet.ui.bench;

import org.jspecify.annotations.Nullable;

/**
 * What one viewer saw, as {@link ViewerProgram} prints it.
 *
 * @param startupMillis from the wish to the first moving picture; null if there was none
 * @param starvedMillis how long the picture stood though the window let it move
 * @param timeToFirstByteMillis from the wish to the first byte; null if there was none
 * @param timeToPieceMillis from the wish until the first piece was read; null if it was not
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
    @Nullable Long timeToPieceMillis,
    boolean finished,
    @Nullable String failure) {

  /** How it ended, where that was not the clip's end. */
  String end() {
    return finished ? "" : failure == null ? "gave up" : failure;
  }

  /**
   * The same, its sources told apart by the origin's own account: bare libtorrent does not tell web
   * seeds from peers at the end.
   */
  ViewerResult splitBy(long fromOrigin) {
    return new ViewerResult(
        startupMillis,
        rebuffers,
        rebufferMillis,
        starvedMillis,
        playedSeconds,
        Math.max(0, bytesFromPeers - fromOrigin),
        fromOrigin,
        bytesDuplicate,
        bytesUploaded,
        timeToFirstByteMillis,
        timeToPieceMillis,
        finished,
        failure);
  }
}
