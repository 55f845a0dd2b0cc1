package org.peerlet.ui.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a URL as JavaFX does: as fast as it is given (facts.md, JavaFX Media 3), on a thread of its
 * own. A connection that breaks is made anew where it stood.
 */
final class GreedyReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int CONNECT_MILLIS = 10_000;
  private static final long RETRY_MILLIS = 300;

  private final URL url;
  private final long first;
  private final long lengthBytes;
  private final long markBytes;
  private final Thread thread = new Thread(this::run, "greedy-reader");
  private volatile long readBytes;
  private volatile long firstByteNanos;
  private volatile long markNanos;
  private volatile boolean closed;
  private volatile @Nullable HttpURLConnection connection;

  /**
   * Begins to read.
   *
   * @param first offset to read from
   * @param markBytes how much from there on {@link #markNanos} waits for
   */
  GreedyReader(URL url, long first, long lengthBytes, long markBytes) {
    this.url = url;
    this.first = first;
    this.lengthBytes = lengthBytes;
    this.markBytes = markBytes;
    readBytes = first;
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
        if (total == first) {
          firstByteNanos = System.nanoTime();
        }
        total += count;
        if (markNanos == 0 && total >= first + markBytes) {
          markNanos = System.nanoTime();
        }
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

  /** Offset of what it reads next. */
  long readBytes() {
    return readBytes;
  }

  OptionalLong firstByteNanos() {
    return readBytes == first ? OptionalLong.empty() : OptionalLong.of(firstByteNanos);
  }

  /** When it had read what it was to watch for. */
  OptionalLong markNanos() {
    return markNanos == 0 ? OptionalLong.empty() : OptionalLong.of(markNanos);
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
