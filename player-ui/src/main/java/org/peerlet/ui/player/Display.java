package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.util.Map;
import java.util.logging.Level;
import javafx.application.Platform;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** The way to a window, or a clear word that there is none. */
final class Display {
  // Held: of a logger that nobody holds, the next garbage collection takes the level.
  private static final java.util.logging.Logger JAVAFX =
      java.util.logging.Logger.getLogger("javafx");

  private Display() {}

  /**
   * Says what can be known without starting JavaFX, which takes a second to fail.
   *
   * @throws StreamException {@code NO_DISPLAY}
   */
  static void check(String osName, Map<String, String> environment) throws StreamException {
    // JavaFX 21 speaks X11 only; under Wayland, DISPLAY names its X server.
    if (osName.startsWith("Linux") && environment.getOrDefault("DISPLAY", "").isEmpty()) {
      throw new StreamException(Reason.NO_DISPLAY, text("failure.no-display"));
    }
  }

  /**
   * Starts JavaFX on the class path.
   *
   * @param started runs on the JavaFX thread when it is there
   * @throws StreamException {@code NO_DISPLAY}
   */
  static void startToolkit(Runnable started) throws StreamException {
    // It warns about the class path, on which it is meant to be here.
    JAVAFX.setLevel(Level.SEVERE);
    try {
      Platform.startup(started);
    } catch (RuntimeException | LinkageError failed) {
      boolean noDisplay = String.valueOf(failed.getMessage()).contains("DISPLAY");
      throw new StreamException(
          Reason.NO_DISPLAY, text(noDisplay ? "failure.no-display" : "failure.toolkit"), failed);
    }
  }
}
