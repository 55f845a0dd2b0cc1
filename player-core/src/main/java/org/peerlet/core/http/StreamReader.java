package org.peerlet.core.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.storage.PieceStore;

/**
 * Reads a clip from its pieces: blocks in {@link PieceAvailability} until they are there, returns
 * verified bytes only. Its position is what drives the schedule; the engine looks at it from its
 * own thread.
 */
public final class StreamReader implements ContentReader {
  private final FileLayout layout;
  private final int fileIndex;
  private final PieceStore store;
  private final PieceAvailability availability;
  private final long end;
  private final boolean urgent;
  private final Observer observer;
  private volatile long position;
  private volatile long bytesRead;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Hears of a reader's moves, on the reader's thread; must not wait. */
  public interface Observer {
    /** The reader got its first byte, or wants another piece than before. */
    void moved(StreamReader reader);

    /** The reader is done. */
    void closed(StreamReader reader);
  }

  /**
   * @param position first byte to read, a clip offset
   * @param end offset after the last byte that will be read
   * @param urgent whether nothing can be shown before these bytes
   */
  public StreamReader(
      FileLayout layout,
      int fileIndex,
      PieceStore store,
      PieceAvailability availability,
      long position,
      long end,
      boolean urgent,
      Observer observer) {
    this.layout = layout;
    this.fileIndex = fileIndex;
    this.store = store;
    this.availability = availability;
    this.position = position;
    this.end = end;
    this.urgent = urgent;
    this.observer = observer;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // written by the one reading thread only
  public int read(ByteBuffer into) throws StreamException, InterruptedException {
    if (closed()) {
      throw closedReader();
    }
    long from = position;
    if (from >= end) {
      return -1;
    }
    if (!into.hasRemaining()) {
      return 0;
    }
    long readable = Math.min(end, availability.awaitReadable(from, this));
    int room = (int) Math.min(into.remaining(), readable - from);
    ByteBuffer part = into.slice(into.position(), room);
    int count = readFromStore(from, part);
    into.position(into.position() + count);
    boolean firstBytes = bytesRead == 0;
    position = from + count;
    bytesRead += count;
    if (firstBytes || (position < end && layout.pieceAt(position) != layout.pieceAt(from))) {
      observer.moved(this);
    }
    return count;
  }

  private int readFromStore(long from, ByteBuffer part)
      throws StreamException, InterruptedException {
    try {
      return store.read(fileIndex, from, part);
    } catch (ClosedByInterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException();
    } catch (ClosedChannelException storeClosed) {
      throw new StreamException(Reason.CLOSED, "The clip was closed.", storeClosed);
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  private static StreamException unreadable(IOException failed) {
    return new StreamException(
        Reason.CACHE_NOT_WRITABLE, "The cache can't be read: " + failed.getMessage(), failed);
  }

  /** Clip offset of the next byte. */
  public long position() {
    return position;
  }

  /** Clip offset after the last byte that will be read. */
  public long end() {
    return end;
  }

  /** Bytes given so far. */
  public long bytesRead() {
    return bytesRead;
  }

  public boolean urgent() {
    return urgent;
  }

  boolean closed() {
    return closed.get();
  }

  static StreamException closedReader() {
    return new StreamException(Reason.CLOSED, "The reader was closed.");
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      availability.wake();
      observer.closed(this);
    }
  }
}
