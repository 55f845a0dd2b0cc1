package org.peerlet.ui.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a URL as JavaFX does: as fast as it is given (facts.md, JavaFX Media 3), on a thread of its
 * own. A connection that breaks is made anew where it stood. Sockets, since Java's own client does
 * not let go of a connection whose body is held back.
 */
final class GreedyReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int HTTP_PORT = 80;
  private static final long RETRY_MILLIS = 300;

  private final URI url;
  private final long first;
  private final long lengthBytes;
  private final long markBytes;
  private final Thread thread = new Thread(this::run, "greedy-reader");
  private volatile long readBytes;
  private volatile long firstByteNanos;
  private volatile long markNanos;
  private volatile boolean closed;
  private volatile @Nullable Socket socket;

  /**
   * Begins to read.
   *
   * @param first offset to read from
   * @param markBytes how much from there on {@link #markNanos} waits for
   */
  GreedyReader(URI url, long first, long lengthBytes, long markBytes) {
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
    try (Socket opened = new Socket()) {
      socket = opened;
      opened.connect(
          new InetSocketAddress(url.getHost(), url.getPort() < 0 ? HTTP_PORT : url.getPort()),
          CONNECT_MILLIS);
      opened.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
      InputStream in = new BufferedInputStream(opened.getInputStream(), BUFFER_BYTES);
      skipHead(in);
      readBody(in);
    }
  }

  private String request() {
    String range = readBytes == 0 ? "" : "Range: bytes=" + readBytes + "-\r\n";
    return "GET "
        + url.getRawPath()
        + " HTTP/1.1\r\nHost: "
        + url.getRawAuthority()
        + "\r\nConnection: close\r\n"
        + range
        + "\r\n";
  }

  private void skipHead(InputStream in) throws IOException {
    String status = readLine(in);
    if (!status.startsWith(readBytes == 0 ? "HTTP/1.1 200" : "HTTP/1.1 206")) {
      throw new IOException("answered by " + status);
    }
    String line = status;
    while (!line.isEmpty()) {
      line = readLine(in);
    }
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("ends in its head");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private void readBody(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long total = readBytes;
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
    Socket open = socket;
    if (open != null) {
      closeSocket(open);
    }
  }

  private static void closeSocket(Socket open) {
    try {
      open.close();
    } catch (IOException gone) {
      // It was to go anyway.
    }
  }
}
