package org.peerlet.ui.player;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the viewer reads. Any thread. */
final class Texts {
  private static final ResourceBundle BUNDLE =
      ResourceBundle.getBundle("org.peerlet.ui.player.messages");

  private Texts() {}

  /**
   * A text of {@code messages.properties}.
   *
   * @param arguments for its {@code {0}}, {@code {1}}…
   */
  static String text(String key, Object... arguments) {
    String pattern = BUNDLE.getString(key);
    return arguments.length == 0 ? pattern : new MessageFormat(pattern).format(arguments);
  }

  static boolean has(String key) {
    return BUNDLE.containsKey(key);
  }

  /** {@code 0:12}, {@code 1:02:03}; negative is zero. */
  static String clock(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** {@code 0 kB}, {@code 12 kB}, {@code 3.4 MB}, {@code 1.2 GB}: decimal units. */
  static String bytes(long bytes) {
    if (bytes < 999_500) {
      return String.format(Locale.ROOT, "%d kB", Math.round(bytes / 1e3));
    }
    return bytes < 999_950_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  static String rate(long bytesPerSecond) {
    return bytes(bytesPerSecond) + "/s";
  }
}
