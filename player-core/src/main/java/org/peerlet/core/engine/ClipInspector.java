package org.peerlet.core.engine;

import java.nio.ByteBuffer;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.http.ContentReader;
import org.peerlet.core.media.Container;
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

  private final long length;
  private final Reads reads;

  /** Opens a reader of the clip's bytes [first, end), to be served before all others. */
  interface Reads {
    ContentReader open(long first, long end) throws StreamException;
  }

  ClipInspector(RunningClip clip) {
    this(clip.layout().fileLength(), (first, end) -> clip.read(first, end, true));
  }

  ClipInspector(long length, Reads reads) {
    this.length = length;
    this.reads = reads;
  }

  ClipInspection inspect() throws StreamException, InterruptedException {
    ByteBuffer head = read(0, Math.min(length, HEAD_BYTES));
    Mp4Boxes.Step step = Mp4Boxes.begin(length);
    while (step instanceof Mp4Boxes.NeedBytes need) {
      step = Mp4Boxes.next(need, bytes(head, need), length);
    }
    if (step instanceof Mp4Boxes.Found found) {
      return ofMoov(found);
    }
    byte[] beginning = new byte[head.limit()];
    head.get(0, beginning);
    return ClipInspection.withoutIndex(Playability.of(Container.of(beginning)));
  }

  private ByteBuffer bytes(ByteBuffer head, Mp4Boxes.NeedBytes need)
      throws StreamException, InterruptedException {
    if (need.end() <= head.limit()) {
      return head.slice((int) need.first(), head.limit() - (int) need.first());
    }
    return read(need.first(), need.end());
  }

  private ClipInspection ofMoov(Mp4Boxes.Found found) throws StreamException, InterruptedException {
    byte[] moov = read(found.moovFirst(), found.moovEnd()).array();
    ByteSpan span = new ByteSpan(found.moovFirst(), found.moovEnd());
    try {
      return ClipInspection.ofMp4(Mp4Index.parse(moov, length), span);
    } catch (StreamException unfit) {
      if (unfit.reason() != Reason.UNPLAYABLE_FORMAT) {
        throw unfit;
      }
      return ClipInspection.withoutIndex(
          new Playability(Playability.Verdict.UNPLAYABLE, unfit.sentence()));
    }
  }

  private ByteBuffer read(long first, long end) throws StreamException, InterruptedException {
    ByteBuffer bytes = ByteBuffer.allocate((int) (end - first));
    try (ContentReader reader = reads.open(first, end)) {
      while (bytes.hasRemaining() && reader.read(bytes) >= 0) {
        // Until the range is whole.
      }
    }
    return bytes.flip();
  }
}
