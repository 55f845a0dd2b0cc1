package org.peerlet.ui.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all commands that open a window take. */
final class WindowOptions {
  @Option(
      names = "--exit-after",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "Close the window by itself after this time, such as 20s.")
  private @Nullable Duration exitAfter;

  Optional<Duration> exitAfter() {
    return Optional.ofNullable(exitAfter);
  }
}
