package org.peerlet.core.engine;

import java.util.List;
import java.util.Optional;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.media.Playability;
import org.peerlet.core.media.SilentView;

/**
 * What a look into the clip told, before it is played.
 *
 * @param index of an MP4 that could be understood
 * @param indexSpan where the index lies in the file; empty without one
 * @param playability whether Peerlet's own player can show the clip
 * @param silent the patches that take out the sound of the clip as it is served, which may have its
 *     index elsewhere than the file; empty where there is none
 */
public record ClipInspection(
    Optional<Mp4Index> index,
    ByteSpan indexSpan,
    Playability playability,
    List<SilentView.Patch> silent) {
  private static final ByteSpan NOWHERE = new ByteSpan(0, 0);

  public ClipInspection {
    silent = List.copyOf(silent);
  }

  static ClipInspection ofMp4(Mp4Index index, ByteSpan span, long servedIndexFirst) {
    return new ClipInspection(
        Optional.of(index),
        span,
        Playability.of(index),
        SilentView.withoutSound(index, servedIndexFirst));
  }

  static ClipInspection withoutIndex(Playability playability) {
    return new ClipInspection(Optional.empty(), NOWHERE, playability, List.of());
  }
}
