package org.peerlet.core.origin;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.FileEntry;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.metainfo.WebSeedUrl;
import org.peerlet.core.origin.CheckedHttp.InclusiveRange;
import org.peerlet.core.origin.OriginEvent.Answered;
import org.peerlet.core.origin.OriginEvent.BytesReceived;
import org.peerlet.core.origin.OriginEvent.PieceFetched;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.origin.OriginEvent.RequestFailed;
import org.peerlet.core.origin.OriginEvent.WholeFileComes;

/**
 * One run of pieces from one origin, as one HTTP range a file. Runs on a request thread, which is
 * interrupted to cancel it.
 */
final class OriginRequest implements Runnable {
  private static final int BUFFER_BYTES = 64 << 10;

  /** Read and thrown away to get at the end of a file, where the origin sends no parts. */
  private static final long MAX_SKIPPED_BYTES = 32 << 20;

  /** Neither the torrent's URLs nor where they may lead will change. */
  private static final Set<Reason> LASTING = Set.of(Reason.ADDRESS_REFUSED, Reason.BAD_SOURCE);

  private final int id;
  private final int origin;
  private final String webSeed;
  private final Metainfo metainfo;
  private final int first;
  private int end;
  private PieceAssembler pieces;
  private final CheckedHttp http;
  private final Consumer<OriginEvent> listener;
  private volatile @Nullable InputStream body;
  private volatile long progressNanos = System.nanoTime();
  private volatile boolean cancelled;
  private volatile boolean done;
  private @Nullable Thread thread;

  OriginRequest(
      int id,
      int origin,
      String webSeed,
      Metainfo metainfo,
      int first,
      int end,
      CheckedHttp http,
      Consumer<OriginEvent> listener) {
    this.id = id;
    this.origin = origin;
    this.webSeed = webSeed;
    this.metainfo = metainfo;
    this.first = first;
    this.end = end;
    this.pieces = new PieceAssembler(metainfo, first, end, this::deliver);
    this.http = http;
    this.listener = listener;
  }

  @Override
  public void run() {
    begin();
    try {
      if (!cancelled) {
        fetch();
      }
    } catch (InterruptedException interrupted) {
      // Cancelled: nobody waits for a reason.
    } catch (RefusedException refused) {
      fail(refused.failure(), refused.lasting(), refused.retryAfter());
    } catch (StreamException failed) {
      fail(failed, LASTING.contains(failed.reason()), Optional.empty());
    } catch (RuntimeException fault) {
      fail(
          new StreamException(Reason.INTERNAL, "Asking the source failed.", fault),
          false,
          Optional.empty());
    } finally {
      finish();
      listener.accept(new RequestEnded(id));
    }
  }

  private synchronized void begin() {
    thread = Thread.currentThread();
  }

  private synchronized void finish() {
    thread = null;
    done = true;
    Thread.interrupted(); // a cancel that came too late is not for the thread's next work
  }

  private void fail(StreamException failure, boolean lasting, Optional<Duration> retryAfter) {
    if (!cancelled) {
      listener.accept(new RequestFailed(id, origin, failure, lasting, retryAfter));
    }
  }

  private void fetch() throws RefusedException, StreamException, InterruptedException {
    long from = (long) first * metainfo.pieceLength();
    for (FileEntry file : metainfo.files()) {
      // Grows where a whole file comes instead of a part.
      long to = (long) (end - 1) * metainfo.pieceLength() + metainfo.pieceSize(end - 1);
      long partFirst = Math.max(from, file.offset());
      long partEnd = Math.min(to, file.end());
      if (partFirst < partEnd && file.padding()) {
        pad(partEnd - partFirst);
      } else if (partFirst < partEnd) {
        fetchPart(file, partFirst - file.offset(), partEnd - file.offset());
      }
    }
  }

  private void pad(long count) throws RefusedException {
    byte[] zeros = new byte[(int) Math.min(count, BUFFER_BYTES)];
    for (long left = count; left > 0; left -= zeros.length) {
      accept(zeros, (int) Math.min(left, zeros.length));
    }
  }

  private void deliver(int piece, byte[] data) {
    listener.accept(new PieceFetched(origin, piece, data));
  }

  /** Fetches [partFirst, partEnd) of a file. */
  private void fetchPart(FileEntry file, long partFirst, long partEnd)
      throws RefusedException, StreamException, InterruptedException {
    URI url = WebSeedUrl.forFile(webSeed, metainfo, file.index());
    OriginAnswer answer = ask(url, Optional.of(new InclusiveRange(partFirst, partEnd - 1)));
    if (answer.isEncodedPart()) {
      CheckedHttp.closeQuietly(answer.body());
      answer = ask(url, Optional.empty());
    }
    body = answer.body();
    try (InputStream in = answer.body()) {
      if (cancelled) {
        throw new InterruptedException();
      }
      if (answer.isPart()) {
        answer.requireRange(partFirst, file.length());
        copy(in, partEnd - partFirst);
      } else {
        readWhole(file, partFirst, partEnd, answer.wholeBody());
      }
      finish(in);
    } catch (IOException broken) {
      throw CheckedHttp.unreachable(url, broken);
    } finally {
      body = null;
    }
  }

  private OriginAnswer ask(URI url, Optional<InclusiveRange> range)
      throws StreamException, InterruptedException {
    long askedNanos = System.nanoTime();
    OriginAnswer answer = new OriginAnswer(http.get(url, range));
    progressNanos = System.nanoTime();
    listener.accept(new Answered(origin, Duration.ofNanos(progressNanos - askedNanos)));
    return answer;
  }

  /**
   * The origin sends no parts. One pass over the file gives all of its pieces; but where only a
   * piece that it shares with its neighbour was asked for, the pass ends with that.
   */
  private void readWhole(FileEntry file, long partFirst, long partEnd, InputStream in)
      throws IOException, RefusedException {
    int pieceLength = metainfo.pieceLength();
    int wholeFirst = (int) ((file.offset() + pieceLength - 1) / pieceLength);
    int fileEndPiece = (int) ((file.end() + pieceLength - 1) / pieceLength);
    boolean endsWithPiece = file.end() % pieceLength == 0 || file.end() == metainfo.totalLength();
    int wholeEnd = endsWithPiece ? fileEndPiece : fileEndPiece - 1;
    if (Math.max(first, wholeFirst) >= Math.min(end, wholeEnd)) {
      skip(in, partFirst);
      copy(in, partEnd - partFirst);
      return;
    }
    end = Math.max(end, fileEndPiece);
    if (partFirst == 0) {
      listener.accept(new WholeFileComes(id, first, end));
      pieces.extendTo(end);
      copy(in, file.length());
    } else {
      listener.accept(new WholeFileComes(id, wholeFirst, end));
      pieces = new PieceAssembler(metainfo, wholeFirst, end, this::deliver);
      long headBytes = (long) wholeFirst * pieceLength - file.offset();
      skip(in, headBytes);
      copy(in, file.length() - headBytes);
    }
  }

  private void skip(InputStream in, long count) throws IOException, RefusedException {
    if (count > MAX_SKIPPED_BYTES) {
      throw RefusedException.forGood(
          Reason.UNREACHABLE, "The source can't send parts of a file, and this needs it.");
    }
    byte[] dropped = new byte[BUFFER_BYTES];
    for (long left = count; left > 0; ) {
      left -= read(in, dropped, left);
    }
  }

  private void copy(InputStream in, long count) throws IOException, RefusedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (long left = count; left > 0; ) {
      int read = read(in, buffer, left);
      accept(buffer, read);
      left -= read;
    }
  }

  /** A connection whose body was not seen to end is not used again. */
  private static void finish(InputStream in) {
    try {
      in.read();
    } catch (IOException late) {
      // All that was wanted is there.
    }
  }

  private int read(InputStream in, byte[] buffer, long wanted) throws IOException {
    int read = in.read(buffer, 0, (int) Math.min(wanted, buffer.length));
    if (read < 0) {
      throw new EOFException("the body ended " + wanted + " bytes early");
    }
    progressNanos = System.nanoTime();
    listener.accept(new BytesReceived(id, read));
    return read;
  }

  private void accept(byte[] buffer, int count) throws RefusedException {
    pieces.accept(buffer, 0, count);
    if (pieces.wrongPieces() > 0) {
      throw RefusedException.forGood(
          Reason.CONTENT_DIFFERS, "The source differs from what was published.");
    }
  }

  /** How long no byte has come, in nanoseconds. */
  long silentNanos() {
    return System.nanoTime() - progressNanos;
  }

  /** Breaks a body that has stalled; the request then fails like any broken one. */
  void breakBody() {
    InputStream stalled = body;
    if (stalled != null) {
      CheckedHttp.closeQuietly(stalled);
    }
  }

  /** Ends the request; nobody hears of its failure, only that it ended. */
  synchronized void cancel() {
    cancelled = true;
    if (thread != null) {
      thread.interrupt();
      // The JDK's client waits on for the bytes of a body (Java 17).
      breakBody();
    }
  }

  boolean done() {
    return done;
  }

  int id() {
    return id;
  }
}
