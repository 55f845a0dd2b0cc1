package org.peerlet.core.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.torrent.PeerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the viewer's answers, one after the other, on a thread of its own: native code and
 * name servers take their time. Methods may be called on any thread, and return at once unless they
 * say that they wait.
 */
final class SharingThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SharingThread.class);

  /** A session takes up to a second to end. */
  private static final long LEAVING_MILLIS = 1_500;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> DaemonThread.of(work, "peerlet-sharing"));
  private final CompletableFuture<ShareMode> answered = new CompletableFuture<>();
  private final Peers peers;
  private final Consumer<StreamException> failed;
  private volatile boolean contactsPeers;

  /**
   * @param failed hears when an answer can't be carried out
   */
  SharingThread(Peers peers, Consumer<StreamException> failed) {
    this.peers = peers;
    this.failed = failed;
  }

  /** The viewer's answer, at first or changed. */
  void share(ShareMode mode) {
    contactsPeers = mode.contactsPeers();
    next(() -> change(mode));
  }

  /** Whether the viewer's last answer allows peers, carried out or not. */
  boolean contactsPeers() {
    return contactsPeers;
  }

  /** The clip is known: its swarm is joined once the viewer has agreed. */
  void start(RunningClip running, LoadedSource loaded) {
    next(() -> guarded(() -> peers.start(running, loaded)));
  }

  private void next(Runnable work) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException afterClose) {
      log.debug("Nothing is shared after the end");
    }
  }

  private void change(ShareMode mode) {
    try {
      guarded(() -> peers.change(mode));
    } finally {
      answered.complete(mode);
    }
  }

  /** A fault is told to whoever watches: nobody waits for ever. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error fault) {
      log.error("Sharing could not be changed", fault);
      failed.accept(
          new StreamException(Reason.INTERNAL, "Sharing failed; the log has more.", fault));
    }
  }

  /** Waits until the viewer's first answer was carried out. */
  void awaitAnswer() throws InterruptedException {
    try {
      answered.get();
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  /** Waits until the answer that is being carried out has its session. */
  void awaitChange() throws InterruptedException {
    CountDownLatch changed = new CountDownLatch(1);
    next(changed::countDown);
    changed.await();
  }

  /**
   * The session with the swarm.
   *
   * @throws StreamException when the viewer wants none or it can't be had
   */
  PeerSession session() throws StreamException {
    return peers.session();
  }

  /** Why there are no peers although the viewer wants them; null if that isn't so. */
  @Nullable String notice() {
    return peers.notice();
  }

  /** What of the trackers is not asked, and should be known of; null if there is nothing. */
  @Nullable String leftOut() {
    return peers.leftOut();
  }

  /** Carries out no more answers. */
  void stop() {
    thread.shutdownNow();
  }

  boolean isStopped() {
    return thread.isShutdown();
  }

  /** Leaves the swarm, and waits for it as long as that takes. */
  @Override
  public void close() {
    stop();
    peers.close();
    awaitEnd();
  }

  /** A session that a change of mind had begun to close may still write to the cache. */
  private void awaitEnd() {
    try {
      if (!thread.awaitTermination(LEAVING_MILLIS, TimeUnit.MILLISECONDS)) {
        log.warn("The swarm is still being left");
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
