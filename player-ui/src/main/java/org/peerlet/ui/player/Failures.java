package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.util.concurrent.CompletionException;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** What went wrong, as the window tells it. */
final class Failures {
  private Failures() {}

  /** The clip itself can't be shown; the key names the sentence. */
  static StreamException unplayable(String key) {
    return new StreamException(Reason.UNPLAYABLE_FORMAT, text(key));
  }

  /** Why a future failed. */
  static StreamException reasonOf(Throwable failed) {
    Throwable cause = failed;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof StreamException known
        ? known
        : new StreamException(Reason.INTERNAL, "Opening failed; the log has more.", cause);
  }
}
