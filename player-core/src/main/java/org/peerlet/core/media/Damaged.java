package org.peerlet.core.media;

import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** The failures of reading a media file. */
final class Damaged {
  private Damaged() {}

  /** The bytes contradict themselves. */
  static StreamException file() {
    return new StreamException(Reason.UNPLAYABLE_FORMAT, "This clip's file is damaged.");
  }

  static StreamException cutOff() {
    return new StreamException(Reason.UNPLAYABLE_FORMAT, "This clip's file is cut off.");
  }

  static StreamException tooLarge() {
    return new StreamException(
        Reason.UNPLAYABLE_FORMAT, "This clip's index is larger than the player can handle.");
  }
}
