package org.peerlet.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs the player's process to its end, and once more when native code took it down: it goes on
 * where the state file says.
 */
final class PlayerRun {
  /** How soon the small window goes when the player's own is up. */
  private static final int LOOK_MILLIS = 50;

  private static final Pattern WINDOW = Pattern.compile("\"window\"\\s*:\\s*true");

  private final ProcessBuilder player;
  private final Path stateFile;
  private final Path crashReport;
  private final Progress progress;

  private @Nullable Process running;
  private boolean stopped;

  PlayerRun(ProcessBuilder player, Path stateFile, Path crashReport, Progress progress) {
    this.player = player;
    this.stateFile = stateFile;
    this.crashReport = crashReport;
    this.progress = progress;
  }

  /**
   * Returns when the player has ended for good.
   *
   * @throws IOException when there is no such program
   */
  Ending run() throws IOException, InterruptedException {
    Ending ending = once();
    if (ending.crashed() && !isStopped()) {
      forgetCrash();
      ending = once();
    }
    return ending;
  }

  private Ending once() throws IOException, InterruptedException {
    Process process = start();
    LastLines words = new LastLines(process.getErrorStream(), System.err);
    boolean shown = false;
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (!shown && windowIsUp()) {
        shown = true;
        progress.close();
      }
    }
    return new Ending(
        process.exitValue(), shown || windowIsUp(), Files.exists(crashReport), words.get());
  }

  private synchronized Process start() throws IOException {
    Process process = player.redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
    running = process;
    if (stopped) {
      process.destroy();
    }
    try {
      process.getOutputStream().close();
    } catch (IOException endedAlready) {
      // It has no more use for its standard input.
    }
    return process;
  }

  /** The second ending is to be judged by itself. */
  private void forgetCrash() {
    try {
      Files.deleteIfExists(crashReport);
    } catch (IOException inUse) {
      return; // another crash is believed then, which is likely enough
    }
  }

  private boolean windowIsUp() {
    try {
      return WINDOW.matcher(Files.readString(stateFile)).find();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Ends the player, which must not outlive this process. Any thread; again does nothing. */
  synchronized void stop() {
    stopped = true;
    if (running != null) {
      running.destroy();
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }
}
