package org.peerlet.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Passes on what a process says on standard error, and keeps the end of it. Any thread. */
final class LastLines {
  private static final int KEPT = 60;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Thread reader;

  /** Reads until the process closes the stream. */
  LastLines(InputStream in, PrintStream out) {
    reader = new Thread(() -> copy(in, out), "what the player says");
    reader.setDaemon(true);
    reader.start();
  }

  private void copy(InputStream in, PrintStream out) {
    try (var text = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()))) {
      for (String line; (line = text.readLine()) != null; ) {
        out.println(line);
        add(line);
      }
    } catch (IOException ended) {
      return; // the process is gone, and what it said is kept
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    if (lines.size() > KEPT) {
      lines.remove();
    }
  }

  /** What was said last, once the process has ended; waits a second at most for the rest. */
  List<String> get() throws InterruptedException {
    reader.join(1000);
    synchronized (this) {
      return List.copyOf(lines);
    }
  }
}
