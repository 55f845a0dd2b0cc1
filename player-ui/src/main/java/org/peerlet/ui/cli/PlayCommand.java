package org.peerlet.ui.cli;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.peerlet.core.StreamException;
import org.peerlet.ui.player.PlayerApp;
import org.peerlet.ui.player.PlayerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code peerlet play}: opens the player. */
@Command(name = "play", description = "Opens the player.", mixinStandardHelpOptions = true)
final class PlayCommand implements Callable<Integer> {
  @Mixin private SourceParameter source;
  @Mixin private ClipOptions options;
  @Mixin private WindowOptions window;

  @Override
  public Integer call() throws StreamException {
    return PlayerApp.run(
        new PlayerSettings(
            source.parse(),
            options.share(),
            options.consent(),
            options.engine(0),
            window.exitAfter(),
            options.receipt(),
            processStartMillis()));
  }

  /**
   * When the user asked for it, in epoch milliseconds: the start script says so. The system's own
   * answer is up to a second off on Linux, where it counts from a boot time in whole seconds.
   */
  private static long processStartMillis() {
    String asked = System.getenv("PEERLET_ASKED_MILLIS");
    if (asked != null && asked.matches("[0-9]{1,15}")) {
      return Long.parseLong(asked);
    }
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(Instant::toEpochMilli)
        .orElseGet(System::currentTimeMillis);
  }
}
