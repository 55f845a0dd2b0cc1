package org.peerlet.core.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.http.ContentReader;
import org.peerlet.core.http.StreamContent;

/** A clip in memory that remembers what was opened. Its readers give at most 1000 bytes a read. */
final class ArrayContent implements StreamContent {
  private final byte[] bytes;
  private final List<ByteSpan> opened = new ArrayList<>();
  private int open;

  ArrayContent(byte[] bytes) {
    this.bytes = bytes;
  }

  static ArrayContent ascii(String text) {
    return new ArrayContent(text.getBytes(US_ASCII));
  }

  /** What was opened, in order. */
  List<ByteSpan> opened() {
    return List.copyOf(opened);
  }

  /** How many readers are open. */
  int open() {
    return open;
  }

  @Override
  public long lengthBytes() {
    return bytes.length;
  }

  @Override
  public String entityTag() {
    return "\"tag\"";
  }

  @Override
  public Instant lastModified() {
    return Instant.EPOCH;
  }

  @Override
  public String mediaType() {
    return "video/mp4";
  }

  @Override
  public ContentReader open(long position, long end) {
    opened.add(new ByteSpan(position, end));
    open++;
    ByteBuffer left = ByteBuffer.wrap(Arrays.copyOfRange(bytes, (int) position, (int) end));
    return new ContentReader() {
      private boolean closed;

      @Override
      public int read(ByteBuffer into) throws StreamException {
        if (closed) {
          throw new StreamException(StreamException.Reason.CLOSED, "Closed.");
        }
        if (!left.hasRemaining()) {
          return -1;
        }
        int count = Math.min(1000, Math.min(left.remaining(), into.remaining()));
        into.put(left.slice(left.position(), count));
        left.position(left.position() + count);
        return count;
      }

      @Override
      public void close() {
        open -= closed ? 0 : 1;
        closed = true;
      }
    };
  }
}
