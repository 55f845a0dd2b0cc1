package org.peerlet.ui.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.TorrentSource;
import org.peerlet.ui.player.PlayerSettings;
import org.peerlet.ui.player.StateFile;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What all commands that open a window take. */
final class WindowOptions {
  private static final String DESKTOP = "--desktop";

  @Option(
      names = "--exit-after",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "Close the window by itself after this time, such as 20s.")
  private @Nullable Duration exitAfter;

  @Option(
      names = "--state-file",
      paramLabel = "FILE",
      hidden = true,
      description = "Where the player tells its starter how it stands, and goes on from.")
  private @Nullable Path stateFile;

  @Option(
      names = DESKTOP,
      hidden = true,
      description = "Started by a desktop: what is refused is said in a window as well.")
  @SuppressWarnings("UnusedVariable") // looked for where a command has failed
  private boolean desktop;

  /** Whether nobody sees what the command writes, since a desktop started it. */
  static boolean startedByDesktop(CommandLine command) {
    return command.getParseResult().hasMatchedOption(DESKTOP);
  }

  /** All that a window needs to show a clip. */
  PlayerSettings settings(TorrentSource source, ClipOptions options) {
    return new PlayerSettings(
        source,
        options.share(),
        options.consent(),
        options.engine(0),
        Optional.ofNullable(exitAfter),
        Optional.ofNullable(stateFile).map(StateFile::new),
        options.receipt(),
        processStartMillis());
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
