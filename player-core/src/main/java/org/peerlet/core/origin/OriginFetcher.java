package org.peerlet.core.origin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.peerlet.core.metainfo.Metainfo;

/**
 * Fetches runs of pieces from origins, each run as an exact range. What comes of it is told to the
 * listener on request threads: verified pieces, and failures with a sentence for the viewer. When
 * and what to ask is decided elsewhere.
 *
 * <p>Safe for several threads; no method waits for the network.
 */
public final class OriginFetcher implements AutoCloseable {
  private static final AtomicInteger threads = new AtomicInteger();

  private final Metainfo metainfo;
  private final List<String> webSeeds;
  private final Consumer<OriginEvent> listener;
  private final ExecutorService executor;
  private final ScheduledExecutorService watchdog;
  private final ScheduledFuture<?> watching;
  private final CheckedHttp http;
  private final List<OriginRequest> running = new ArrayList<>();

  /**
   * @param webSeeds the origins, as the torrent names them (BEP 19)
   * @param http asks them; stays open
   * @param listener hears events on request threads
   */
  public OriginFetcher(
      Metainfo metainfo, List<String> webSeeds, CheckedHttp http, Consumer<OriginEvent> listener) {
    this.metainfo = metainfo;
    this.webSeeds = List.copyOf(webSeeds);
    this.listener = listener;
    this.executor = Executors.newCachedThreadPool(OriginFetcher::thread);
    this.watchdog = Executors.newSingleThreadScheduledExecutor(OriginFetcher::thread);
    this.http = http;
    this.watching =
        watchdog.scheduleWithFixedDelay(this::breakStalled, 500, 500, TimeUnit.MILLISECONDS);
  }

  /** A daemon thread of this package. */
  static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "peerlet-origin-" + threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Asks one origin for pieces [first, end).
   *
   * @param id names the request in its events
   * @param origin its place in the list given to the constructor
   */
  public synchronized void fetch(int id, int origin, int first, int end) {
    if (executor.isShutdown()) {
      return;
    }
    running.removeIf(OriginRequest::done);
    OriginRequest request =
        new OriginRequest(id, origin, webSeeds.get(origin), metainfo, first, end, http, listener);
    running.add(request);
    executor.execute(request);
  }

  /** Cancels a request; its end is still announced. */
  public synchronized void cancel(int id) {
    for (OriginRequest each : running) {
      if (each.id() == id) {
        each.cancel();
      }
    }
  }

  private synchronized void breakStalled() {
    for (OriginRequest each : running) {
      if (!each.done() && each.silentNanos() > WatchedBody.STALL_NANOS) {
        each.breakBody();
      }
    }
  }

  @Override
  public synchronized void close() {
    running.forEach(OriginRequest::cancel);
    watching.cancel(true);
    watchdog.shutdownNow();
    executor.shutdownNow();
  }
}
