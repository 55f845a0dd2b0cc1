package org.peerlet.ui.player;

import java.time.Duration;
import org.peerlet.core.sharing.ShareMode;

/** What a viewer can do. */
interface PlayerActions {
  void togglePlay();

  /** Beyond the ends, to the end. */
  void seekTo(Duration target);

  /** From where it stands; negative is back. */
  void seekBy(Duration distance);

  /**
   * Sets the sound.
   *
   * @param volume 0 to 1
   */
  void volume(double volume, boolean muted);

  /** The answer to the question, or a change of mind; it is remembered. */
  void share(ShareMode mode);

  /** Whether the clip of another launch is to take the place of this one. */
  void answerOffer(boolean accepted);

  /** Tries again after a failure. */
  void retry();

  /** Closes the window. */
  void close();
}
