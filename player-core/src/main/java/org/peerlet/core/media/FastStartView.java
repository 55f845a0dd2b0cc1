package org.peerlet.core.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A clip as it is served: an MP4 whose index stands behind its media has it in front, as after
 * {@code ffmpeg -movflags +faststart}, so that a player can start with the first bytes it reads.
 * The index moves and is as long as before, what was between moves behind it, and the index's
 * offsets follow; so the length is the file's. Any other clip is served as it is. Immutable.
 */
public final class FastStartView {
  private final List<Segment> segments;

  private FastStartView(List<Segment> segments) {
    this.segments = List.copyOf(segments);
  }

  /** A run of bytes as they are served, at offsets [first, end). */
  public sealed interface Segment permits FromFile, Index {
    long first();

    long end();
  }

  /**
   * Bytes of the file.
   *
   * @param fileFirst where they begin there
   */
  public record FromFile(long first, long end, long fileFirst) implements Segment {
    /** Offset in the file of the byte that is served at a position. */
    public long fileOffset(long position) {
      return fileFirst + position - first;
    }
  }

  /**
   * The index with its offsets moved; these bytes are not in the file.
   *
   * @param bytes read-only
   */
  public record Index(long first, ByteBuffer bytes) implements Segment {
    @Override
    public long end() {
      return first + bytes.limit();
    }

    /**
     * Puts what is served from a position on and fits.
     *
     * @param end offset that is not gone beyond
     * @return how many bytes
     */
    public int read(long position, long end, ByteBuffer into) {
      int count = (int) Math.min(into.remaining(), Math.min(end, end()) - position);
      into.put(bytes.slice((int) (position - first), count));
      return count;
    }
  }

  /** The file as it is. */
  public static FastStartView asItIs(long fileLength) {
    return new FastStartView(List.of(new FromFile(0, fileLength, 0)));
  }

  /**
   * With the index in front.
   *
   * @param moov the index, header included; not kept
   * @return nothing where it stands in front already, where fragments hold what matters, where an
   *     offset would not fit any more, and where the index can't be understood
   */
  public static Optional<FastStartView> of(Mp4Boxes.Found found, byte[] moov, long fileLength) {
    long frontEnd = found.passed().frontEnd();
    if (!found.passed().media() || moov.length != found.size()) {
      return Optional.empty();
    }
    return MovedIndex.of(found, moov)
        .map(
            moved -> {
              List<Segment> segments = new ArrayList<>();
              if (frontEnd > 0) {
                segments.add(new FromFile(0, frontEnd, 0));
              }
              segments.add(new Index(frontEnd, ByteBuffer.wrap(moved).asReadOnlyBuffer()));
              segments.add(new FromFile(frontEnd + moved.length, found.moovEnd(), frontEnd));
              if (found.moovEnd() < fileLength) {
                segments.add(new FromFile(found.moovEnd(), fileLength, found.moovEnd()));
              }
              return new FastStartView(segments);
            });
  }

  /** Whether it is the file as it is. */
  public boolean isAsItIs() {
    return segments.size() == 1;
  }

  /** In order and without gaps, from 0 to the file's length. */
  public List<Segment> segments() {
    return segments;
  }

  /** The one that holds a position, which lies within the file's length. */
  public Segment segmentAt(long position) {
    for (Segment segment : segments) {
      if (position < segment.end()) {
        return segment;
      }
    }
    throw new IndexOutOfBoundsException("beyond the clip: " + position);
  }

  /**
   * The smallest offset in the file that has all its bytes before it that are served before end.
   */
  public long fileEnd(long end) {
    long fileEnd = 0;
    for (Segment segment : segments) {
      if (segment instanceof FromFile part && part.first() < end) {
        fileEnd = Math.max(fileEnd, part.fileOffset(Math.min(end, part.end())));
      }
    }
    return fileEnd;
  }
}
