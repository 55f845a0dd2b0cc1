package org.peerlet.ui.player;

import java.time.Duration;

/** Adds up the media time that passed on the screen. Pure. */
final class PlayedTime {
  /** Positions come ten times a second; a step beyond this is no playing. */
  private static final Duration MOST = Duration.ofSeconds(2);

  private Duration position = Duration.ZERO;
  private Duration played = Duration.ZERO;

  /** Where the clip stands, several times a second. */
  void at(Duration nowAt, boolean moving) {
    Duration step = nowAt.minus(position);
    if (moving && !step.isNegative() && step.compareTo(MOST) <= 0) {
      played = played.plus(step);
    }
    position = nowAt;
  }

  /** The viewer went elsewhere. */
  void jump(Duration target) {
    position = target;
  }

  double seconds() {
    return played.toMillis() / 1000.0;
  }
}
