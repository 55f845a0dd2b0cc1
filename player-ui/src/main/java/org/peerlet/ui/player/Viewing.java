package org.peerlet.ui.player;

import org.jspecify.annotations.Nullable;

/**
 * What was seen so far.
 *
 * @param notice the last sentence that the window showed beside the picture; null if none
 * @param failure the sentence that the window shows now; null if there is none
 */
record Viewing(
    double playedSeconds,
    int rebuffers,
    long rebufferMillis,
    @Nullable String notice,
    @Nullable String failure) {
  static final Viewing NONE = new Viewing(0, 0, 0, null, null);
}
