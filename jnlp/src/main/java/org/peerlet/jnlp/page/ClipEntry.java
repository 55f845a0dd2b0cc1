package org.peerlet.jnlp.page;

import java.time.Duration;
import java.time.Instant;

/**
 * What a site's pages say about a clip.
 *
 * @param slug its folder's name; it and the video's name need no escape anywhere
 * @param title as shown, cleaned
 * @param bytes of the video
 * @param poster whether there is a {@code poster.jpg}
 * @param published when it was first published
 */
public record ClipEntry(
    String slug,
    String title,
    String videoName,
    long bytes,
    Duration duration,
    boolean poster,
    Instant published) {

  /** Such as {@code 1:02:03} or {@code 0:09}; rounded down. */
  String durationText() {
    long seconds = duration.toSeconds();
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** As HTML and XML have it: {@code PT1H2M3S}, whole seconds. */
  String durationIso() {
    return Duration.ofSeconds(duration.toSeconds()).toString();
  }
}
