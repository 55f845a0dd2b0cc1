package org.peerlet.ui.player;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.media.Mp4Index;

/**
 * Maps the bytes that are there to the time they can be played: by the clip's index, else in
 * proportion. Immutable and pure.
 *
 * @param index of an MP4
 * @param duration of the clip; zero if it is not known, and then nothing can be said
 * @param lengthBytes of the clip
 */
record BufferedTimeline(Optional<Mp4Index> index, Duration duration, long lengthBytes) {

  /** A seek to the very end would only show that it is over. */
  private static final Duration LAST_MOMENT = Duration.ofMillis(200);

  /** A half-open stretch of media time. */
  record Stretch(Duration first, Duration end) {}

  /** What can be played of the clip. */
  List<Stretch> stretches(List<ByteSpan> spans) {
    return spans.stream()
        .map(span -> new Stretch(timeOf(span.first()), timeOf(span.end())))
        .filter(stretch -> stretch.first().compareTo(stretch.end()) < 0)
        .toList();
  }

  /** How far it can be played from a position on without a gap; never before the position. */
  Duration playableUntil(Duration position, List<ByteSpan> spans) {
    if (index.isPresent()) {
      return index.get().playableUntil(position, offset -> ByteSpan.endOfRun(offset, spans));
    }
    Duration until = timeOf(ByteSpan.endOfRun(offsetOf(position), spans));
    return until.compareTo(position) > 0 ? until : position;
  }

  /** Whether a time from {@link #playableUntil} is the clip's end. */
  boolean reachesEnd(Duration until) {
    return !duration.isZero() && until.compareTo(duration) >= 0;
  }

  private Duration timeOf(long offset) {
    if (index.isPresent()) {
      return index.get().playableUntil(Duration.ZERO, offset);
    }
    return lengthBytes == 0
        ? Duration.ZERO
        : Duration.ofMillis((long) (duration.toMillis() * ((double) offset / lengthBytes)));
  }

  private long offsetOf(Duration position) {
    return duration.isZero()
        ? 0
        : (long) (lengthBytes * ((double) position.toMillis() / duration.toMillis()));
  }

  /** The position nearest to the target that a seek may go to. */
  Duration seekable(Duration target) {
    Duration last = duration.minus(LAST_MOMENT);
    Duration low = target.isNegative() ? Duration.ZERO : target;
    return low.compareTo(last) < 0 ? low : (last.isNegative() ? Duration.ZERO : last);
  }
}
