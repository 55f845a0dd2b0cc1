package org.peerlet.ui.player;

/**
 * How often JavaFX is started afresh when it hangs, before the clip itself is believed to be at
 * fault. Pure.
 */
final class FreshStarts {
  /** In vain, one after the other. */
  private static final int MOST = 2;

  /** Beyond what JavaFX has in hand, so it went on by itself; a clip that breaks it does not. */
  private static final double HELPED_SECONDS = 30;

  private int tried;
  private double playedBefore;

  /**
   * Whether one more may help; it counts from now on.
   *
   * @param playedSeconds media time that passed on the screen so far
   */
  boolean oneMore(double playedSeconds) {
    if (playedSeconds - playedBefore >= HELPED_SECONDS) {
      tried = 0;
    }
    playedBefore = playedSeconds;
    return tried++ < MOST;
  }

  /** The clip is opened again, or another one. */
  void forget() {
    tried = 0;
  }
}
