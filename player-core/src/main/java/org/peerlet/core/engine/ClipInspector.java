package org.peerlet.core.engine;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.http.ContentReader;
import org.peerlet.core.media.Container;
import org.peerlet.core.media.FastStartView;
import org.peerlet.core.media.Mp4Boxes;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.media.Playability;

/**
 * Looks into a clip while it arrives: finds an MP4's index wherever it lies, with reads that the
 * scheduler puts before all others. Waits for pieces on the calling thread.
 */
final class ClipInspector {
  /** Most indexes begin here, and the first piece is fetched whole anyway. */
  private static final int HEAD_BYTES = 64 << 10;

  /**
   * What is left of a file behind its media is the index, and is asked for at once up to this size,
   * which holds that of ten minutes: header first would cost another round trip.
   */
  private static final int TAIL_BYTES = 256 << 10;

  private final long length;
  private final Reads reads;
  private final CompletableFuture<FastStartView> served;
  // What was read last, and where in the file it begins.
  private ByteBuffer held = ByteBuffer.allocate(0);
  private long heldFirst;

  /** Opens a reader of the clip's bytes [first, end), to be served before all others. */
  interface Reads {
    ContentReader open(long first, long end) throws StreamException;
  }

  /**
   * @param served is told how the clip is to be served, as soon as that is known: where the index
   *     is in front or there is none, with the first bytes
   */
  ClipInspector(RunningClip clip, CompletableFuture<FastStartView> served) {
    this(clip.layout().fileLength(), (first, end) -> clip.read(first, end, true), served);
  }

  ClipInspector(long length, Reads reads, CompletableFuture<FastStartView> served) {
    this.length = length;
    this.reads = reads;
    this.served = served;
  }

  /** Tells {@code served} in any case, unless it throws. */
  ClipInspection inspect() throws StreamException, InterruptedException {
    Mp4Boxes.Step step = readHead();
    byte[] head = new byte[held.limit()];
    held.get(0, head);
    while (step instanceof Mp4Boxes.NeedBytes need) {
      step = next(need, bytes(need.first(), likelyEnd(need)));
    }
    if (step instanceof Mp4Boxes.Found found) {
      return ofMoov(found);
    }
    return ClipInspection.withoutIndex(Playability.of(Container.of(head)));
  }

  /** Stops where media stands before the index: that is what is wanted next, not more media. */
  private Mp4Boxes.Step readHead() throws StreamException, InterruptedException {
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(length, HEAD_BYTES));
    Mp4Boxes.Step step = Mp4Boxes.begin(length);
    tell(step);
    try (ContentReader reader = reads.open(0, head.capacity())) {
      while (head.hasRemaining() && !mediaFirst(step) && reader.read(head) >= 0) {
        held = head.slice(0, head.position());
        if (step instanceof Mp4Boxes.NeedBytes need && need.first() < held.limit()) {
          step = next(need, held.slice((int) need.first(), held.limit() - (int) need.first()));
        }
      }
    }
    return step;
  }

  private static boolean mediaFirst(Mp4Boxes.Step step) {
    return step instanceof Mp4Boxes.NeedBytes need && need.passed().media();
  }

  private Mp4Boxes.Step next(Mp4Boxes.NeedBytes need, ByteBuffer bytes) {
    Mp4Boxes.Step step = Mp4Boxes.next(need, bytes, length);
    tell(step);
    return step;
  }

  /** Whoever waits for a clip that is served as it is need not wait for its index. */
  private void tell(Mp4Boxes.Step step) {
    boolean indexInFront = step instanceof Mp4Boxes.Found found && !found.passed().media();
    if (indexInFront || step instanceof Mp4Boxes.NotMp4) {
      served.complete(FastStartView.asItIs(length));
    }
  }

  private long likelyEnd(Mp4Boxes.NeedBytes need) {
    boolean tail = need.passed().media() && length - need.first() <= TAIL_BYTES;
    return tail ? length : need.end();
  }

  private ClipInspection ofMoov(Mp4Boxes.Found found) throws StreamException, InterruptedException {
    byte[] moov = new byte[found.size()];
    if (holds(found.moovFirst(), found.moovEnd())) {
      bytes(found.moovFirst(), found.moovEnd()).get(moov);
    } else {
      read(found.moovFirst(), ByteBuffer.wrap(moov)); // no second copy of what may be long
    }
    ByteSpan span = new ByteSpan(found.moovFirst(), found.moovEnd());
    try {
      Mp4Index index = Mp4Index.parse(moov, length);
      Optional<FastStartView> front = FastStartView.of(found, moov, length);
      served.complete(front.orElseGet(() -> FastStartView.asItIs(length)));
      long servedFirst = front.isPresent() ? found.passed().frontEnd() : span.first();
      return ClipInspection.ofMp4(index, span, servedFirst);
    } catch (StreamException unfit) {
      if (unfit.reason() != Reason.UNPLAYABLE_FORMAT) {
        throw unfit;
      }
      served.complete(FastStartView.asItIs(length));
      return ClipInspection.withoutIndex(
          new Playability(Playability.Verdict.UNPLAYABLE, unfit.sentence()));
    }
  }

  /** The bytes [first, end) of the file, of which those that were read last are at hand. */
  private ByteBuffer bytes(long first, long end) throws StreamException, InterruptedException {
    if (!holds(first, end)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) (end - first));
      read(first, bytes);
      held = bytes.flip();
      heldFirst = first;
    }
    return held.slice((int) (first - heldFirst), (int) (end - first));
  }

  private boolean holds(long first, long end) {
    return first >= heldFirst && end <= heldFirst + held.limit();
  }

  private void read(long first, ByteBuffer into) throws StreamException, InterruptedException {
    try (ContentReader reader = reads.open(first, first + into.remaining())) {
      while (into.hasRemaining() && reader.read(into) >= 0) {
        // Until the range is whole.
      }
    }
  }
}
