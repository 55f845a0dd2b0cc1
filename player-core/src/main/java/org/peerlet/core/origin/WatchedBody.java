package org.peerlet.core.origin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The body of an answer that is read in one go. Interrupting the thread that reads does not end it
 * (Java 17), and neither does the request's timeout, which ends with the headers; breaking it does.
 */
final class WatchedBody {
  /** Longer than a busy server's hiccup, short enough for threats.md F10. */
  static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream body;
  private final LongSupplier clockNanos;
  private volatile long progressNanos;

  /**
   * @param body closed by whoever opened it, or by breaking it
   */
  WatchedBody(InputStream body, LongSupplier clockNanos) {
    this.body = body;
    this.clockNanos = clockNanos;
    this.progressNanos = clockNanos.getAsLong();
  }

  /**
   * Waits for the whole body, or for so many bytes of it.
   *
   * @throws IOException also when it was broken
   */
  byte[] read(int maxBytes) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    while (all.size() < maxBytes) {
      int read = body.read(buffer, 0, Math.min(buffer.length, maxBytes - all.size()));
      if (read < 0) {
        break;
      }
      progressNanos = clockNanos.getAsLong();
      all.write(buffer, 0, read);
    }
    return all.toByteArray();
  }

  /** Breaks the body if no byte has come for too long; on any thread. */
  void breakIfStalled() {
    if (clockNanos.getAsLong() - progressNanos >= STALL_NANOS) {
      breakNow();
    }
  }

  /** Ends the read, which fails; on any thread. */
  void breakNow() {
    CheckedHttp.closeQuietly(body);
  }
}
