package org.peerlet.core.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.http.ReadLimit;
import org.peerlet.core.media.Mp4Index;

/**
 * Holds a paced player to what it will show soon; others, which never tell where they stand, are
 * let be. Confined to the engine thread.
 */
final class PlayerPace {
  /** What a paced player may read before the clip's index is understood. */
  private static final ReadLimit HEAD_ONLY = new ReadLimit(1 << 20, List.of());

  /** What a paced player may hold: more than it needs to ride out our own reaction time. */
  private static final Duration PLAYER_READAHEAD = Duration.ofSeconds(15);

  private @Nullable Playback playback;
  private @Nullable ClipInspection inspection;

  /** Where the player says it stands. */
  void playback(Playback told) {
    playback = told;
  }

  /** What was found in the clip. */
  void inspected(ClipInspection found) {
    inspection = found;
  }

  /** Limits the clip's readers to what the player may have by now. */
  void hold(RunningClip clip, long nowMillis) {
    Playback at = playback;
    if (at == null) {
      return;
    }
    ClipInspection found = inspection;
    if (found == null) {
      clip.limit(HEAD_ONLY);
      return;
    }
    Optional<Mp4Index> index = found.index();
    if (index.isEmpty()) {
      clip.limit(ReadLimit.NONE);
      return;
    }
    Duration position = at.positionAt(nowMillis);
    clip.limit(limit(index.get(), found.indexSpan(), position));
    clip.played(position, index.get().endByteFor(position), at.playing());
  }

  /**
   * What a player at a position may read. Once that is all that it will show, it is the whole file:
   * a player waits for the end of a body, and boxes may stand behind the media.
   */
  static ReadLimit limit(Mp4Index index, ByteSpan indexSpan, Duration position) {
    long until = index.endByteFor(position.plus(PLAYER_READAHEAD));
    return until >= index.endByteFor(index.duration())
        ? ReadLimit.NONE
        : new ReadLimit(until, List.of(indexSpan));
  }
}
