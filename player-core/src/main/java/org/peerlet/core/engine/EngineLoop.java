package org.peerlet.core.engine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine thread: runs what is posted, in order, and a tick at a fixed pace. What it runs must
 * not wait for the network.
 */
final class EngineLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EngineLoop.class);

  /** Half of libtorrent's shortest reaction; finer would only cost. */
  private static final long TICK_MILLIS = 100;

  private final BlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();
  private final Runnable tick;
  private final Thread thread;
  private volatile boolean closed;

  EngineLoop(Runnable tick) {
    this.tick = tick;
    this.thread = DaemonThread.of(this::loop, "peerlet-engine");
    thread.start();
  }

  /** Milliseconds of a clock that never goes back. */
  static long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /** Runs the work on the engine thread, soon; dropped after {@link #close}. */
  void post(Runnable work) {
    posted.add(work);
  }

  /**
   * Runs the work on the engine thread and waits for it, also when the caller is interrupted; not
   * at all after {@link #close}. On the engine thread itself it runs at once.
   */
  void run(Runnable work) {
    if (Thread.currentThread() == thread) {
      work.run();
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    post(
        () -> {
          try {
            work.run();
          } finally {
            done.countDown();
          }
        });
    uninterrupted(
        () -> {
          while (thread.isAlive() && !done.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
            // The thread may have ended before it came to this.
          }
        });
  }

  private interface Wait {
    void run() throws InterruptedException;
  }

  /** Waits to the end; an interrupt is kept for the caller. */
  private static void uninterrupted(Wait wait) {
    boolean interrupted = false;
    while (true) {
      try {
        wait.run();
        break;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    long nextTick = nowMillis();
    while (!closed) {
      try {
        Runnable work = posted.poll(Math.max(0, nextTick - nowMillis()), TimeUnit.MILLISECONDS);
        if (work != null) {
          guarded(work);
        }
        if (nowMillis() >= nextTick) {
          guarded(tick);
          nextTick = nowMillis() + TICK_MILLIS;
        }
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }

  /** One fault must not silence the engine: the next tick decides anew from the same state. */
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error fault) {
      log.error("A step of the engine failed", fault);
    }
  }

  @Override
  public void close() {
    closed = true;
    posted.add(() -> {});
    if (Thread.currentThread() != thread) {
      uninterrupted(thread::join);
    }
  }
}
