package org.peerlet.core.engine;

import java.time.Duration;

/**
 * Where a media player that is paced stands.
 *
 * @param position media time on screen
 * @param playing whether it moves
 * @param atMillis when it was so, by the engine's clock
 */
record Playback(Duration position, boolean playing, long atMillis) {
  /** A player whose position stops arriving is not trusted for longer. */
  private static final long MAX_EXTRAPOLATED_MILLIS = 10_000;

  /** The position now, extrapolated while it plays. */
  Duration positionAt(long nowMillis) {
    if (!playing) {
      return position;
    }
    long elapsed = Math.max(0, Math.min(MAX_EXTRAPOLATED_MILLIS, nowMillis - atMillis));
    return position.plusMillis(elapsed);
  }
}
