package org.peerlet.jnlp.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The running children of this process. None outlives it: {@link #close} ends them, and a shutdown
 * hook calls it. Any thread.
 */
public final class ChildProcesses implements AutoCloseable {
  /** A stream that leaves its swarm takes a second or two. */
  private static final long END_SECONDS = 5;

  private final List<Process> running = new ArrayList<>();
  private boolean closed;

  /** Begins without children. */
  public static ChildProcesses open() {
    ChildProcesses children = new ChildProcesses();
    Runtime.getRuntime().addShutdownHook(new Thread(children::close, "peerlet-children-end"));
    return children;
  }

  /**
   * Starts a program.
   *
   * @throws IOException if it can't be, or after {@link #close}
   */
  public synchronized Process start(ProcessBuilder program) throws IOException {
    if (closed) {
      throw new IOException("the program ends");
    }
    running.removeIf(child -> !child.isAlive());
    Process child = program.start();
    running.add(child);
    return child;
  }

  /** Ends one child and waits for its end. */
  public void end(Process child) {
    child.destroy();
    try {
      if (!child.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly().waitFor();
      }
    } catch (InterruptedException again) {
      child.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    List<Process> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(running);
      running.clear();
    }
    left.forEach(Process::destroy);
    left.forEach(this::end);
  }
}
