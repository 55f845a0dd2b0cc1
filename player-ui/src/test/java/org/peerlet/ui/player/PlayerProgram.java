package org.peerlet.ui.player;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.peerlet.core.StreamException;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.engine.EngineOptions;
import org.peerlet.core.sharing.RememberedConsent;
import org.peerlet.core.sharing.ShareMode;

/**
 * The window as a process of its own, for tests: {@code SOURCE FOLDER [share] [exit-after
 * seconds]}. The folder gets the cache, the answer about sharing, and {@code receipt.json}.
 */
final class PlayerProgram {
  private PlayerProgram() {}

  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] arguments) {
    int code;
    try {
      Path folder = Path.of(arguments[1]);
      code =
          PlayerApp.run(
              new PlayerSettings(
                  TorrentSource.parse(arguments[0]),
                  argument(arguments, 2)
                      .map(share -> ShareMode.valueOf(share.toUpperCase(Locale.ROOT))),
                  new RememberedConsent(folder.resolve("config")),
                  new EngineOptions(folder.resolve("cache"), 0, true, Duration.ofSeconds(20)),
                  argument(arguments, 3)
                      .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))),
                  Optional.empty(),
                  Optional.of(folder.resolve("receipt.json")),
                  ManagementFactory.getRuntimeMXBean().getStartTime()),
              Optional.empty());
    } catch (StreamException failed) {
      System.err.println(failed.reason() + ": " + failed.sentence());
      code = 1;
    }
    System.exit(code);
  }

  private static Optional<String> argument(String[] arguments, int index) {
    return arguments.length > index && !arguments[index].equals("-")
        ? Optional.of(arguments[index])
        : Optional.empty();
  }
}
