package org.peerlet.ui.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.peerlet.core.LaunchArguments;
import org.peerlet.core.StreamException;
import org.peerlet.core.storage.CacheFolder;
import org.peerlet.ui.launch.Handover;
import org.peerlet.ui.launch.PlayerLock;
import org.peerlet.ui.player.PlayerApp;
import org.peerlet.ui.player.PlayerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code peerlet launch}: what a page's button runs. */
@Command(
    name = "launch",
    description = {
      "Opens the player for a page: one URL of a clip manifest or a torrent, and nothing else. A"
          + " player that was launched before takes it over, and asks before it replaces what it"
          + " plays."
    },
    mixinStandardHelpOptions = true,
    version = Peerlet.VERSION)
final class LaunchCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(LaunchCommand.class);

  /** A player that has just begun or is about to end; a viewer waits no longer for it. */
  private static final long PATIENCE_MILLIS = 3_000;

  private static final long AGAIN_MILLIS = 100;

  @Parameters(paramLabel = "URL", arity = "0..*", description = "Of a .json or .torrent.")
  private List<String> arguments = List.of();

  @Mixin private ClipOptions options;
  @Mixin private WindowOptions window;

  @Override
  public Integer call() throws StreamException, InterruptedException {
    LaunchArguments launch = LaunchArguments.parse(arguments);
    PlayerSettings settings = window.settings(launch.source(), options);
    Path folder = CacheFolder.open(settings.engine().cacheFolder()).subfolder("launches");
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    do {
      try {
        Optional<PlayerLock> claimed = PlayerLock.claim(folder);
        if (claimed.isPresent()) {
          try (PlayerLock lock = claimed.get()) {
            return PlayerApp.run(settings, Optional.of(lock));
          }
        }
      } catch (IOException noLock) {
        log.warn("Launches can't be shared with other players: {}", noLock.toString());
        break;
      }
      if (Handover.to(folder, launch)) {
        System.err.println("peerlet: the player that is open takes it over");
        return 0;
      }
      Thread.sleep(AGAIN_MILLIS);
    } while (System.nanoTime() < end);
    return PlayerApp.run(settings, Optional.empty());
  }
}
