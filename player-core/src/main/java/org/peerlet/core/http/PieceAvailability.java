package org.peerlet.core.http;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.schedule.FileLayout;

/**
 * Which pieces are there: the one place where request threads wait. The engine tells it of pieces,
 * limits and the end; it never calls out.
 */
public final class PieceAvailability {
  private final FileLayout layout;
  private final BitSet have = new BitSet();
  private ReadLimit limit = ReadLimit.NONE;
  private @Nullable StreamException failure;

  public PieceAvailability(FileLayout layout) {
    this.layout = layout;
  }

  /** A piece was verified. */
  public synchronized void add(int piece) {
    have.set(piece);
    notifyAll();
  }

  /** Sets how far readers may read; urgent ones, which look for the index, are not held. */
  public synchronized void limit(ReadLimit now) {
    if (!now.equals(limit)) {
      limit = now;
      notifyAll();
    }
  }

  /** Ends all waiting, now and later, with this failure. */
  public synchronized void fail(StreamException why) {
    if (failure == null) {
      failure = why;
      notifyAll();
    }
  }

  /** Wakes all readers, so that one that was closed notices. */
  synchronized void wake() {
    notifyAll();
  }

  /**
   * Waits until the byte at a position may be read.
   *
   * @param position clip offset in [0, length)
   * @param reader whose end stops the waiting
   * @return the offset up to which verified bytes may be read, beyond {@code position}
   * @throws StreamException {@code CLOSED} when the reader was closed, or what ended the stream
   */
  synchronized long awaitReadable(long position, StreamReader reader)
      throws StreamException, InterruptedException {
    while (true) {
      if (reader.closed()) {
        throw StreamReader.closedReader();
      }
      long end = readableEnd(position, reader.urgent() ? ReadLimit.NONE : limit);
      if (end > position) {
        return end;
      }
      if (failure != null) {
        throw failure;
      }
      wait();
    }
  }

  private long readableEnd(long position, ReadLimit held) {
    int piece = layout.pieceAt(position);
    int missing = have.nextClearBit(piece);
    if (missing == piece) {
      return position;
    }
    return Math.min(layout.fileEndOf(missing - 1), held.endFor(position));
  }
}
