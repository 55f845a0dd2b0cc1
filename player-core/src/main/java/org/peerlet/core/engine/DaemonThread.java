package org.peerlet.core.engine;

/** Threads that keep no program from ending. */
final class DaemonThread {
  private DaemonThread() {}

  static Thread of(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
