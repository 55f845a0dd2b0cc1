package org.peerlet.core.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** Copies one range of a content to a client. Runs on a thread of its own; closed from any. */
final class BodyWriter {
  private final StreamContent content;
  private final long first;
  private final long end;
  private @Nullable ContentReader reader;
  private boolean closed;

  BodyWriter(StreamContent content, long first, long end) {
    this.content = content;
    this.first = first;
    this.end = end;
  }

  /**
   * Writes all of the range, or throws: {@link StreamException} for the content's sake, {@link
   * IOException} for the client's.
   */
  void writeTo(WritableByteChannel client, ByteBuffer buffer)
      throws StreamException, IOException, InterruptedException {
    try (ContentReader opened = openReader()) {
      for (long position = first; position < end; ) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
        int count = opened.read(buffer);
        if (count <= 0) {
          throw new StreamException(Reason.INTERNAL, "The clip ended before its length.");
        }
        position += count;
        buffer.flip();
        while (buffer.hasRemaining()) {
          client.write(buffer);
        }
      }
    }
  }

  /** Ends a read that waits for a piece, and every later one. */
  void close() {
    ContentReader opened;
    synchronized (this) {
      closed = true;
      opened = reader;
    }
    if (opened != null) {
      opened.close();
    }
  }

  private ContentReader openReader() throws StreamException {
    ContentReader opened = content.open(first, end);
    synchronized (this) {
      if (!closed) {
        reader = opened;
        return opened;
      }
    }
    opened.close();
    throw new StreamException(Reason.CLOSED, "The connection was closed.");
  }
}
