package org.peerlet.core.engine;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.http.ContentReader;
import org.peerlet.core.http.StreamContent;
import org.peerlet.core.media.FastStartView;

/**
 * Reads a clip in the order in which it is served. What comes from the file is read by a reader of
 * the file, at the file's offsets, so that the schedule and the read limit hold for it as for any
 * other; one reader goes on for as long as the file does without a gap.
 */
final class FastStartReader implements ContentReader {
  private final StreamContent content;
  private final CompletableFuture<FastStartView> awaited;
  private final long end;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  // The following belong to the reading thread.
  private @Nullable FastStartView view;
  private long position;
  private long fileOffset;
  // Written by the reading thread, closed by any.
  private volatile @Nullable ContentReader file;

  /**
   * @param position first byte to read, as it is served
   * @param end offset after the last byte that will be read, as it is served
   */
  FastStartReader(
      StreamContent content, CompletableFuture<FastStartView> view, long position, long end) {
    this.content = content;
    this.awaited = view;
    this.position = position;
    this.end = end;
  }

  @Override
  public int read(ByteBuffer into) throws StreamException, InterruptedException {
    FastStartView known = awaitView();
    if (position >= end) {
      return -1;
    }
    FastStartView.Segment segment = known.segmentAt(position);
    int count =
        segment instanceof FastStartView.Index index
            ? readIndex(known, index, into)
            : readFile(known, (FastStartView.FromFile) segment, into);
    position += Math.max(0, count);
    return count;
  }

  private FastStartView awaitView() throws StreamException, InterruptedException {
    if (closed.isDone()) {
      throw closedReader();
    }
    if (view == null) {
      try {
        CompletableFuture.anyOf(awaited, closed).get();
        if (closed.isDone()) {
          throw closedReader();
        }
        view = awaited.get();
      } catch (ExecutionException ended) {
        throw ended.getCause() instanceof StreamException why
            ? why
            : new StreamException(Reason.INTERNAL, "The clip could not be looked into.", ended);
      }
    }
    return view;
  }

  private int readIndex(FastStartView known, FastStartView.Index index, ByteBuffer into)
      throws StreamException {
    if (index.end() < end) {
      // What follows is fetched meanwhile.
      FastStartView.Segment next = known.segmentAt(index.end());
      if (next instanceof FastStartView.FromFile part) {
        fileAt(part.fileFirst(), known);
      }
    }
    return index.read(position, end, into);
  }

  private int readFile(FastStartView known, FastStartView.FromFile part, ByteBuffer into)
      throws StreamException, InterruptedException {
    ContentReader reader = fileAt(part.fileOffset(position), known);
    int room = (int) Math.min(into.remaining(), Math.min(end, part.end()) - position);
    int count = reader.read(into.slice(into.position(), room));
    if (count > 0) {
      into.position(into.position() + count);
      fileOffset += count;
    }
    return count;
  }

  /** The reader that stands at an offset of the file, or a new one in its place. */
  private ContentReader fileAt(long offset, FastStartView known) throws StreamException {
    ContentReader old = file;
    if (old != null && fileOffset == offset) {
      return old;
    }
    ContentReader next = content.open(offset, Math.max(offset, known.fileEnd(end)));
    file = next;
    fileOffset = offset;
    if (old != null) {
      old.close();
    }
    if (closed.isDone()) { // and may not have seen this one
      next.close();
      throw closedReader();
    }
    return next;
  }

  private static StreamException closedReader() {
    return new StreamException(Reason.CLOSED, "The reader was closed.");
  }

  @Override
  public void close() {
    closed.complete(null);
    ContentReader last = file;
    if (last != null) {
      last.close();
    }
  }
}
