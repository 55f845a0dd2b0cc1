package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.engine.TorrentStream;
import org.peerlet.ui.launch.PlayerLock;
import org.peerlet.ui.player.StartupTimes.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the player's window: one in the life of a process, since JavaFX starts only once. */
public final class PlayerApp {
  private static final Logger log = LoggerFactory.getLogger(PlayerApp.class);

  /** Within the patience of who launches, so that it hears the answer. */
  private static final long OFFER_MILLIS = 1_000;

  private final PlayerSettings settings;
  private final Optional<PlayerLock> launches;
  private final StartupTimes times;
  private final OpenClip openClip;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private volatile @Nullable PlayerSession session;
  private volatile @Nullable StreamException unwritten;

  private PlayerApp(PlayerSettings settings, Optional<PlayerLock> launches) {
    this.settings = settings;
    this.launches = launches;
    this.times = new StartupTimes(settings.processStartMillis(), Clock.systemUTC());
    this.openClip = new OpenClip(settings, times);
  }

  /**
   * Shows the window and waits until it is closed, by the viewer, by {@code exitAfter} or by the
   * end of the process. The engine starts beside JavaFX, not after it.
   *
   * @param launches by whom other launches are handed over; none are taken where it is empty
   * @return the exit code: 0, or 1 if a failure stood in the window when it was closed
   * @throws StreamException {@code NO_DISPLAY} before there is a window; {@code INTERNAL} at the
   *     end, when the receipt can't be written
   */
  public static int run(PlayerSettings settings, Optional<PlayerLock> launches)
      throws StreamException {
    return new PlayerApp(settings, launches).run();
  }

  private int run() throws StreamException {
    times.mark(Moment.JVM);
    Display.check(System.getProperty("os.name", ""), System.getenv());
    CompletableFuture<TorrentStream> opening =
        openClip.open(settings.firstSource(), settings.sharing());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, fault) -> log.error("{} failed", thread.getName(), fault));
    Thread atExit = new Thread(this::endEarly, "peerlet-player-at-exit");
    if (!addHook(atExit)) {
      return 1; // to nobody: the process ends because of a signal
    }
    int code;
    try {
      Display.startToolkit(() -> start(opening));
      code = exit.join();
    } catch (StreamException noWindow) {
      openClip.close().join();
      throw noWindow;
    } finally {
      removeHook(atExit);
    }
    StreamException noReceipt = unwritten;
    if (noReceipt != null) {
      throw noReceipt;
    }
    return code;
  }

  private void start(CompletableFuture<TorrentStream> opening) {
    times.mark(Moment.TOOLKIT);
    Platform.setImplicitExit(false);
    CompletableFuture<PreparedClip> preparing = PreparedClip.from(opening, settings.from());
    try {
      PlayerSession started =
          new PlayerSession(
              settings, times, openClip, () -> new Thread(this::finish, "peerlet-closing").start());
      session = started;
      started.start(opening, preparing);
      // A socket and a file: nothing that the first frame should wait for.
      launches.ifPresent(
          lock -> new Thread(() -> listen(lock, started), "peerlet-launches-open").start());
    } catch (RuntimeException fault) {
      exit.completeExceptionally(fault);
    }
  }

  private static void listen(PlayerLock lock, PlayerSession session) {
    try {
      lock.listen(launch -> offer(launch.source(), session));
    } catch (IOException refused) {
      log.warn("Other launches will open a window of their own: {}", refused.toString());
    }
  }

  /** Whether the window takes a launch; one that can't say so soon counts as closing. */
  private static boolean offer(TorrentSource launched, PlayerSession session) {
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          if (!taken.isDone()) {
            taken.complete(session.offer(launched));
          }
        });
    return taken.completeOnTimeout(false, OFFER_MILLIS, TimeUnit.MILLISECONDS).join();
  }

  /** From now on another launch waits for the end of this player, instead of asking it. */
  private static void refuseLaunches(PlayerLock lock) {
    try {
      lock.stopListening();
    } catch (IOException left) {
      log.warn("The ticket for other launches stays: {}", left.toString());
    }
  }

  /**
   * At the end of the process. What breaks from now on is no failure: JavaFX, which is torn down as
   * it starts, prints whatever its threads meet.
   */
  private void endEarly() {
    PrintStream complaints = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    settle();
    StreamException noReceipt = unwritten;
    if (noReceipt != null) {
      complaints.println("peerlet: " + noReceipt.sentence());
    }
  }

  private void finish() {
    settle();
    Platform.exit();
  }

  /**
   * Closes the engine and writes the receipt, once. At the end of the process this is all: JavaFX
   * ends itself then, and whoever asked it to would wait for a thread of its that no longer works.
   */
  private synchronized void settle() {
    if (exit.isDone()) {
      return;
    }
    // Leaving the swarm takes a second or two, in which no window can be offered anything.
    launches.ifPresent(PlayerApp::refuseLaunches);
    StreamStatus last = openClip.close().exceptionally(failed -> StreamStatus.OPENING).join();
    PlayerSession shown = session;
    Viewing seen = shown == null ? Viewing.NONE : shown.viewing();
    settings.receipt().ifPresent(file -> write(file, last, seen));
    exit.complete(seen.failure() == null ? 0 : 1);
  }

  private void write(Path file, StreamStatus last, Viewing seen) {
    try {
      Receipt.of(last, seen, times).write(file);
    } catch (IOException unwritable) {
      unwritten =
          new StreamException(
              Reason.INTERNAL, text("failure.receipt", Shown.field(file.toString())), unwritable);
    }
  }

  /** False where the process ends already. */
  private static boolean addHook(Thread hook) {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return true;
    } catch (IllegalStateException ending) {
      return false;
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process ends because of a signal: the hook runs, or has run.
    }
  }
}
