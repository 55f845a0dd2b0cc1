package org.peerlet.core.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.StreamStatus.OriginUse;
import org.peerlet.core.StreamStatus.Waiting;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.OriginPolicy.Reason;
import org.peerlet.core.schedule.OriginPolicy.Verdict;

/** What a status says beyond mere counts. Pure. */
final class StatusFigures {
  /** Enough to see what comes next; a status is printed every second. */
  static final int MOST_WAITING = 8;

  private StatusFigures() {}

  /** What of the clip is there, in runs of pieces. */
  static List<ByteSpan> buffered(BitSet have, FileLayout layout) {
    List<ByteSpan> spans = new ArrayList<>();
    for (int first = have.nextSetBit(layout.firstPiece());
        first >= 0 && first < layout.endPiece();
        first = have.nextSetBit(have.nextClearBit(first))) {
      int end = Math.min(layout.endPiece(), have.nextClearBit(first));
      spans.add(new ByteSpan(layout.filePositionOf(first), layout.fileEndOf(end - 1)));
    }
    return spans;
  }

  /**
   * Playing time that is there without a gap.
   *
   * @param index of an MP4 with samples; null where there is none, or not yet
   * @param shownAt playback position; null if the player tells none
   * @param readTo where the furthest reader is, if there is one
   * @param bytesPerSecond the clip's rate, at least 1; used without an index
   * @return null if neither position is known
   */
  static @Nullable Duration ahead(
      @Nullable Mp4Index index,
      @Nullable Duration shownAt,
      OptionalLong readTo,
      List<ByteSpan> buffered,
      long bytesPerSecond) {
    if (index != null && shownAt != null) {
      return index
          .playableUntil(shownAt, offset -> ByteSpan.endOfRun(offset, buffered))
          .minus(shownAt);
    }
    if (readTo.isEmpty()) {
      return null;
    }
    long from = readTo.getAsLong();
    long end = ByteSpan.endOfRun(from, buffered);
    return index == null
        ? Duration.ofMillis((end - from) * 1000 / bytesPerSecond)
        : index.playableUntil(Duration.ZERO, end).minus(index.playableUntil(Duration.ZERO, from));
  }

  /**
   * Why the origin was asked, or was not.
   *
   * @param verdicts soonest first
   */
  static OriginUse originUse(Map<Reason, Integer> asked, List<Verdict> verdicts) {
    Map<String, Integer> pieces = new HashMap<>();
    asked.forEach((reason, count) -> pieces.put(name(reason), count));
    List<Waiting> waiting =
        verdicts.stream()
            .limit(MOST_WAITING)
            .map(verdict -> new Waiting(verdict.piece(), name(verdict.reason())))
            .toList();
    return new OriginUse(pieces, waiting);
  }

  /** {@code firstCopy} for {@code FIRST_COPY}. */
  static String name(Reason reason) {
    StringBuilder name = new StringBuilder();
    for (String word : reason.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(name.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)))
          .append(word, 1, word.length());
    }
    return name.toString();
  }
}
