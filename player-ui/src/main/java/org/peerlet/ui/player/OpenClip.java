package org.peerlet.ui.player;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.engine.StreamEngine;
import org.peerlet.core.engine.TorrentStream;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.ui.player.StartupTimes.Moment;

/**
 * The engine and the one stream of a window, opened and closed on a thread of their own, since both
 * take their time. Methods may be called from any thread and return at once.
 */
final class OpenClip {
  private final PlayerSettings settings;
  private final StartupTimes times;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "peerlet-player-engine");
            thread.setDaemon(true);
            return thread;
          });
  // Confined to the worker.
  private @Nullable StreamEngine engine;
  private @Nullable TorrentStream stream;

  OpenClip(PlayerSettings settings, StartupTimes times) {
    this.settings = settings;
    this.times = times;
  }

  /**
   * Opens the stream, in place of one before. Fails with what {@link StreamEngine#open} throws.
   *
   * @param share what the viewer allows, empty until they were asked
   */
  CompletableFuture<TorrentStream> open(TorrentSource source, Optional<ShareMode> share) {
    return onWorker(
        () -> {
          closeStream();
          StreamEngine opened = engine;
          if (opened == null) {
            opened = StreamEngine.open(settings.engine());
            engine = opened;
          }
          TorrentStream fresh = opened.stream(source, share);
          stream = fresh;
          CompletableFuture<?> unusedClip =
              fresh.clip().thenRun(() -> times.mark(Moment.TORRENT_KNOWN));
          CompletableFuture<?> unusedInspection =
              fresh.inspection().thenRun(() -> times.mark(Moment.INSPECTION));
          return fresh;
        });
  }

  /** Closes everything and tells how it stood; again, nothing happens. */
  CompletableFuture<StreamStatus> close() {
    return onWorker(
        () -> {
          StreamStatus last = closeStream();
          if (engine != null) {
            engine.close();
            engine = null;
          }
          return last;
        });
  }

  private StreamStatus closeStream() {
    TorrentStream old = stream;
    if (old == null) {
      return StreamStatus.OPENING;
    }
    stream = null;
    old.close();
    return old.status();
  }

  private <T> CompletableFuture<T> onWorker(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    worker.execute(
        () -> {
          try {
            result.complete(work.call());
          } catch (Exception failed) {
            result.completeExceptionally(failed);
          }
        });
    return result;
  }
}
