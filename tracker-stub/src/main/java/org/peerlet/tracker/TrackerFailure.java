package org.peerlet.tracker;

/**
 * A request that the tracker refuses. The message is the {@code failure reason} (BEP 3): fixed
 * text, never an echo.
 */
final class TrackerFailure extends Exception {
  private static final long serialVersionUID = 1L;

  TrackerFailure(String reason) {
    // No stack trace: refusals are ordinary answers, and a flood of them must stay cheap.
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
