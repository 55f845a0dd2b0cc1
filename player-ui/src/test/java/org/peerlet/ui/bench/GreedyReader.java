package org.peerlet.ui.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a URL as JavaFX does: from the start and as fast as it is given (facts.md, JavaFX Media 3),
 * on a thread of its own. A connection that breaks is made anew where it stood.
 */
final class GreedyReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int CONNECT_MILLIS = 10_000;
  private static final long RETRY_MILLIS = 300;

  private final URL url;
  private final long lengthBytes;
  private final Thread thread = new Thread(this::run, "greedy-reader");
  private volatile long readBytes;
  private volatile long firstByteNanos;
  private volatile boolean closed;
  private volatile @Nullable HttpURLConnection connection;

  GreedyReader(URL url, long lengthBytes) {
    this.url = url;
    this.lengthBytes = lengthBytes;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!closed && readBytes < lengthBytes) {
      try {
        read();
      } catch (IOException broken) {
        if (!closed) {
          System.err.println("reading broke at " + readBytes + ": " + broken);
        }
      }
      pause();
    }
  }

  private void read() throws IOException {
    HttpURLConnection opened = (HttpURLConnection) url.openConnection();
    connection = opened;
    opened.setConnectTimeout(CONNECT_MILLIS);
    if (readBytes > 0) {
      opened.setRequestProperty("Range", "bytes=" + readBytes + "-");
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    long total = readBytes;
    try (InputStream in = opened.getInputStream()) {
      for (int count = in.read(buffer); count > 0 && !closed; count = in.read(buffer)) {
        if (total == 0) {
          firstByteNanos = System.nanoTime();
        }
        total += count;
        readBytes = total;
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(readBytes < lengthBytes ? RETRY_MILLIS : 0);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  long readBytes() {
    return readBytes;
  }

  OptionalLong firstByteNanos() {
    return readBytes == 0 ? OptionalLong.empty() : OptionalLong.of(firstByteNanos);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    HttpURLConnection open = connection;
    if (open != null) {
      open.disconnect();
    }
  }
}
