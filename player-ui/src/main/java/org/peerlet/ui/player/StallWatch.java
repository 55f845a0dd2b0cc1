package org.peerlet.ui.player;

import java.time.Duration;

/**
 * Notices that a picture which should move does not, though its data is there: some files and
 * answers make JavaFX wait for ever without an error (facts.md, JavaFX Media 8). Pure.
 */
final class StallWatch {
  /** The slowest first frame that was measured took half a second; a loaded machine needs more. */
  static final Duration PATIENCE = Duration.ofSeconds(8);

  private Duration position = Duration.ZERO;
  private long movedAtMillis;
  private boolean watching;

  /**
   * Looks at the picture.
   *
   * @param shouldMove whether the viewer wants it to move and the data is there
   * @return true once each time it has stood still for {@link #PATIENCE}
   */
  boolean stuck(boolean shouldMove, Duration nowAt, long nowMillis) {
    if (!shouldMove || !watching || !nowAt.equals(position)) {
      watching = shouldMove;
      position = nowAt;
      movedAtMillis = nowMillis;
      return false;
    }
    if (nowMillis - movedAtMillis < PATIENCE.toMillis()) {
      return false;
    }
    movedAtMillis = nowMillis;
    return true;
  }
}
