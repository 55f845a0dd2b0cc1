package org.peerlet.core;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a clip is going, at one instant.
 *
 * @param state what the stream is doing
 * @param title the clip's name, fit for display; empty until known
 * @param lengthBytes length of the clip; 0 until known
 * @param clipBytesPerSecond the clip's own rate that deadlines go by: a guess until its index is
 *     read; 0 until there is a clip
 * @param buffered half-open ranges of clip offsets that are there, ascending and apart
 * @param ahead playing time that is there without a gap, from the playback position on if the
 *     player tells it, else from the read position of the reader that is furthest; null while
 *     neither is known
 * @param peers connected peers
 * @param leadsSwarm whether no peer has yet what this viewer will play in the next seconds, and
 *     nobody who shares has begun before it; false where no peer may come
 * @param downloadBytesPerSecond from all sources, lately
 * @param uploadBytesPerSecond to peers, lately
 * @param bytes payload since the start
 * @param originUse what was asked of the origin, and what was not
 * @param timeToFirstByte from the start of the stream to the first verified byte given to a player;
 *     null until then
 * @param notice one sentence the viewer should see although the clip goes on; null when there is
 *     none
 * @param failure why the stream ended; null unless the state is {@code FAILED}
 */
public record StreamStatus(
    State state,
    String title,
    long lengthBytes,
    long clipBytesPerSecond,
    List<ByteSpan> buffered,
    @Nullable Duration ahead,
    int peers,
    boolean leadsSwarm,
    long downloadBytesPerSecond,
    long uploadBytesPerSecond,
    Bytes bytes,
    OriginUse originUse,
    @Nullable Duration timeToFirstByte,
    @Nullable String notice,
    @Nullable StreamException failure) {

  public StreamStatus {
    buffered = List.copyOf(buffered);
  }

  /** The status before anything is known. */
  public static final StreamStatus OPENING = of(State.OPENING, null);

  /** A status of a stream that has nothing yet. */
  public static StreamStatus of(State state, @Nullable StreamException failure) {
    return new StreamStatus(
        state,
        "",
        0,
        0,
        List.of(),
        null,
        0,
        false,
        0,
        0,
        Bytes.NONE,
        OriginUse.NONE,
        null,
        null,
        failure);
  }

  public long bytesFromPeers() {
    return bytes.fromPeers();
  }

  public long bytesFromOrigin() {
    return bytes.fromOrigin();
  }

  public long bytesDuplicate() {
    return bytes.duplicate();
  }

  public long bytesUploaded() {
    return bytes.uploaded();
  }

  /** How much of the clip is there. */
  public long bufferedBytes() {
    return buffered.stream().mapToLong(ByteSpan::length).sum();
  }

  /**
   * What the origin was spared: 1 − origin bytes / bytes of the clip that are there, in
   * thousandths. Below 0 while a first piece is on its way from the origin. Null until something is
   * there.
   */
  public @Nullable Double offload() {
    long there = bufferedBytes();
    return there == 0
        ? null
        : Double.valueOf(Math.round(1000 - 1000.0 * bytes.fromOrigin() / there) / 1000.0);
  }

  /** What a stream is doing. */
  public enum State {
    /** Reads the torrent, from a file or a URL. */
    OPENING,
    /** Asks peers for the metadata of a magnet URI. */
    METADATA,
    /** The URL can be read. */
    STREAMING,
    /** Ended by {@link StreamStatus#failure}. */
    FAILED,
    /** Closed by its owner. */
    CLOSED
  }

  /** A half-open range of offsets, in bytes. */
  public record ByteSpan(long first, long end) {
    public long length() {
      return end - first;
    }

    /**
     * The end of the run of bytes from an offset on; the offset itself if that byte is in no span.
     *
     * @param spans apart, as {@link StreamStatus#buffered}
     */
    public static long endOfRun(long offset, List<ByteSpan> spans) {
      for (ByteSpan span : spans) {
        if (span.first() <= offset && offset < span.end()) {
          return span.end();
        }
      }
      return offset;
    }
  }

  /**
   * Payload by source.
   *
   * @param fromPeers received from peers
   * @param fromOrigin received from the origin
   * @param duplicate received more than once, or failed their hash
   * @param uploaded sent to peers
   */
  public record Bytes(long fromPeers, long fromOrigin, long duplicate, long uploaded) {
    public static final Bytes NONE = new Bytes(0, 0, 0, 0);
  }

  /**
   * Why the origin was asked, or was not; the names of reasons are those of commands.md.
   *
   * @param pieces asked of the origin, by why; reasons that never were are missing
   * @param waiting the soonest of the pieces that are wanted and not on their way from the origin
   */
  public record OriginUse(Map<String, Integer> pieces, List<Waiting> waiting) {
    public static final OriginUse NONE = new OriginUse(Map.of(), List.of());

    public OriginUse {
      pieces = Collections.unmodifiableMap(new TreeMap<>(pieces));
      waiting = List.copyOf(waiting);
    }
  }

  /**
   * What was last thought of a piece that is wanted.
   *
   * @param piece index in the torrent
   */
  public record Waiting(int piece, String verdict) {}
}
