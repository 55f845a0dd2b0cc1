package org.peerlet.core.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * What an MP4's index tells: its tracks, and which bytes belong to which moment. Immutable.
 *
 * <p>Moments are on the clip's own timeline, edit lists applied, and compared with decode times,
 * which are never later than the times of showing. Only tracks that are played count (see {@link
 * Mp4Track#played}): chapter tracks stand at the end of the file and would drag every answer there.
 * Without samples (a fragmented MP4), answers are for the whole file.
 */
public final class Mp4Index {
  private final List<Mp4Track> tracks;
  private final boolean fragmented;
  private final Timeline timeline;
  private final long fileLength;
  private final long durationMicros;

  Mp4Index(
      List<Mp4Track> tracks,
      boolean fragmented,
      Timeline timeline,
      long fileLength,
      long durationMicros) {
    this.tracks = List.copyOf(tracks);
    this.fragmented = fragmented;
    this.timeline = timeline;
    this.fileLength = fileLength;
    this.durationMicros = durationMicros;
  }

  /**
   * Reads a {@code moov} box, header included.
   *
   * @param moov at most {@link Mp4Boxes#MAX_MOOV_BYTES}; not kept
   * @throws StreamException {@code UNPLAYABLE_FORMAT}
   */
  public static Mp4Index parse(byte[] moov, long fileLength) throws StreamException {
    return MoovReader.read(moov, fileLength);
  }

  /**
   * Finds and reads the index of a file at hand.
   *
   * @throws StreamException {@code UNPLAYABLE_FORMAT}
   */
  public static Mp4Index read(ByteSource source) throws IOException, StreamException {
    Mp4Boxes.Step step = Mp4Boxes.begin(source.length());
    while (step instanceof Mp4Boxes.NeedBytes needed) {
      byte[] bytes = bytes(source, needed.first(), needed.end());
      step = Mp4Boxes.next(needed, ByteBuffer.wrap(bytes), source.length());
    }
    if (step instanceof Mp4Boxes.Found found) {
      return parse(bytes(source, found.moovFirst(), found.moovEnd()), source.length());
    }
    throw new StreamException(Reason.UNPLAYABLE_FORMAT, "This clip is not a whole MP4 file.");
  }

  private static byte[] bytes(ByteSource source, long first, long end) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) (end - first));
    while (bytes.hasRemaining()) {
      if (source.read(first + bytes.position(), bytes) < 0) {
        throw new EOFException();
      }
    }
    return bytes.array();
  }

  /** In the order of the file. */
  public List<Mp4Track> tracks() {
    return tracks;
  }

  /** Whether the samples are described in fragments all over the file, not here. */
  public boolean isFragmented() {
    return fragmented;
  }

  public Duration duration() {
    return micros(durationMicros);
  }

  /** Of the tracks that are played, on average over the clip; 0 if its duration is not known. */
  public long bitsPerSecond() {
    long bytes = timeline.isEmpty() ? fileLength : timeline.bytes();
    return durationMicros == 0 ? 0 : (long) (bytes * 8e6 / durationMicros);
  }

  /** Offset of the first media byte: an index that stands before it is a fast start. */
  public long mediaFirst() {
    return timeline.isEmpty() ? 0 : timeline.lowestByte();
  }

  /**
   * The smallest offset that has all bytes that are decoded up to a position before it. Never falls
   * as the position rises; before the start, as at the start.
   */
  public long endByteFor(Duration playbackPosition) {
    return timeline.isEmpty()
        ? fileLength
        : timeline.endByte(Math.max(0, toMicros(playbackPosition)));
  }

  /**
   * Where a player starts to read to play from a position on: the lowest offset, over the tracks,
   * of the sync sample at or before it.
   */
  public long firstByteFor(Duration playbackPosition) {
    return timeline.isEmpty()
        ? 0
        : timeline.start(Math.max(0, toMicros(playbackPosition))).firstByte();
  }

  /**
   * How far playback can go from a position if all bytes before {@code contiguousEnd} that it needs
   * are there, and none after: the decode time of the first sample that is not whole, or the
   * duration. Never before the position. Takes a binary search.
   */
  public Duration playableUntil(Duration playbackPosition, long contiguousEnd) {
    if (timeline.isEmpty()) {
      return contiguousEnd >= fileLength ? later(playbackPosition) : playbackPosition;
    }
    return until(playbackPosition, timeline.firstBeyond(contiguousEnd));
  }

  /**
   * As {@link #playableUntil(Duration, long)}, for bytes that are there in several runs. Walks the
   * samples from the position to the answer, a few nanoseconds each, and asks for a run whenever it
   * leaves the ones it knows.
   */
  public Duration playableUntil(Duration playbackPosition, Availability available) {
    if (timeline.isEmpty()) {
      return available.endOfRun(0) >= fileLength ? later(playbackPosition) : playbackPosition;
    }
    int start = timeline.start(Math.max(0, toMicros(playbackPosition))).sample();
    return until(playbackPosition, timeline.firstMissing(start, available));
  }

  private Duration until(Duration position, int sample) {
    if (sample == timeline.count()) {
      return later(position);
    }
    Duration missing = micros(timeline.micros(sample));
    return missing.compareTo(position) > 0 ? missing : position;
  }

  private Duration later(Duration position) {
    return duration().compareTo(position) > 0 ? duration() : position;
  }

  private static Duration micros(long micros) {
    return Duration.ofSeconds(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }

  /** Any duration, also those beyond 64 bits of microseconds. */
  private static long toMicros(Duration duration) {
    long seconds = Math.max(-1, Math.min(duration.toSeconds(), Integer.MAX_VALUE * 2L));
    return seconds * 1_000_000 + duration.toNanosPart() / 1000;
  }

  /** Which bytes of the file are there. */
  @FunctionalInterface
  public interface Availability {
    /**
     * The end of the run of bytes that are there from {@code position} on, {@code position} itself
     * if that byte is missing.
     */
    long endOfRun(long position);
  }
}
