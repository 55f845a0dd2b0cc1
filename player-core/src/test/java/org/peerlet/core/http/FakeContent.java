package org.peerlet.core.http;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * A content that works: real bytes or a pattern of any length, which may arrive on a script.
 * Readers wait for bytes that are not released yet.
 */
final class FakeContent implements StreamContent {
  static final String ENTITY_TAG = "\"fake-1\"";
  static final Instant LAST_MODIFIED = Instant.parse("2026-11-03T04:05:06.789Z");

  private final long lengthBytes;
  private final byte @Nullable [] bytes;
  private final AtomicInteger openReaders = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private long releasedBytes;
  private @Nullable StreamException failure;

  private FakeContent(long lengthBytes, byte @Nullable [] bytes, long releasedBytes) {
    this.lengthBytes = lengthBytes;
    this.bytes = bytes;
    this.releasedBytes = releasedBytes;
  }

  static FakeContent of(byte[] bytes) {
    return new FakeContent(bytes.length, bytes, bytes.length);
  }

  /** The bytes of {@link #patternByte}, all there. */
  static FakeContent pattern(long lengthBytes) {
    return new FakeContent(lengthBytes, null, lengthBytes);
  }

  /** The bytes of {@link #patternByte}, none there before {@link #release}. */
  static FakeContent slowPattern(long lengthBytes) {
    return new FakeContent(lengthBytes, null, 0);
  }

  /** Differs from its neighbours and from the bytes 2^31 and 2^32 away. */
  static byte patternByte(long offset) {
    return (byte) (offset * 7 + (offset >>> 8) * 13 + (offset >>> 31) * 101);
  }

  static byte[] patternBytes(long first, long end) {
    byte[] expected = new byte[(int) (end - first)];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = patternByte(first + i);
    }
    return expected;
  }

  /** Lets readers go up to this offset. */
  synchronized void release(long untilBytes) {
    releasedBytes = untilBytes;
    notifyAll();
  }

  /** Lets every read fail that would have to wait. */
  synchronized void fail(StreamException cause) {
    failure = cause;
    notifyAll();
  }

  int openReaders() {
    return openReaders.get();
  }

  int readersOpenedSoFar() {
    return opened.get();
  }

  @Override
  public long lengthBytes() {
    return lengthBytes;
  }

  @Override
  public String entityTag() {
    return ENTITY_TAG;
  }

  @Override
  public Instant lastModified() {
    return LAST_MODIFIED;
  }

  @Override
  public String mediaType() {
    return "video/mp4";
  }

  @Override
  public ContentReader open(long position, long end) {
    opened.incrementAndGet();
    openReaders.incrementAndGet();
    return new Reader(position);
  }

  private final class Reader implements ContentReader {
    private long position;
    private boolean closed;

    Reader(long position) {
      this.position = position;
    }

    @Override
    public int read(ByteBuffer into) throws StreamException, InterruptedException {
      long available = awaitBytes();
      if (available == 0) {
        return -1;
      }
      int count = (int) Math.min(available, into.remaining());
      if (bytes != null) {
        into.put(bytes, (int) position, count);
      } else {
        for (int i = 0; i < count; i++) {
          into.put(patternByte(position + i));
        }
      }
      position += count;
      return count;
    }

    private long awaitBytes() throws StreamException, InterruptedException {
      synchronized (FakeContent.this) {
        while (!closed && failure == null && releasedBytes <= position && position < lengthBytes) {
          FakeContent.this.wait();
        }
        if (closed) {
          throw new StreamException(Reason.CLOSED, "Closed.");
        }
        if (failure != null && releasedBytes <= position) {
          throw failure;
        }
        return Math.min(releasedBytes, lengthBytes) - position;
      }
    }

    @Override
    public void close() {
      synchronized (FakeContent.this) {
        if (!closed) {
          closed = true;
          openReaders.decrementAndGet();
          FakeContent.this.notifyAll();
        }
      }
    }
  }
}
