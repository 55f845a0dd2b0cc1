package org.peerlet.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a clip is going, at one instant.
 *
 * @param state what the stream is doing
 * @param title the clip's name, fit for display; empty until known
 * @param lengthBytes length of the clip; 0 until known
 * @param buffered half-open ranges of clip offsets that are there, ascending and apart
 * @param peers connected peers
 * @param downloadBytesPerSecond from all sources, lately
 * @param uploadBytesPerSecond to peers, lately
 * @param bytesFromPeers payload received from peers since the start
 * @param bytesFromOrigin payload received from the origin since the start
 * @param bytesDuplicate received more than once, or failed their hash
 * @param bytesUploaded payload sent to peers since the start
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
    List<ByteSpan> buffered,
    int peers,
    long downloadBytesPerSecond,
    long uploadBytesPerSecond,
    long bytesFromPeers,
    long bytesFromOrigin,
    long bytesDuplicate,
    long bytesUploaded,
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
    return new StreamStatus(state, "", 0, List.of(), 0, 0, 0, 0, 0, 0, 0, null, null, failure);
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
  public record ByteSpan(long first, long end) {}
}
