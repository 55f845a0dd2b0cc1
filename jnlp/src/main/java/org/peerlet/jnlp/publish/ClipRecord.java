package org.peerlet.jnlp.publish;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.peerlet.jnlp.page.ClipEntry;

/**
 * What is remembered of a published clip, so that the next run does only what changed and the
 * site's pages can list clips that it does not get again.
 *
 * @param source a hash of where the video lies: the folder may become public, the place not
 * @param sourceBytes of that video, with when it was last changed
 * @param videoBytes of the published video, with when it was last changed
 * @param indexFirst of the published video
 * @param pictures whether poster and thumbnails were made
 * @param addresses what the torrent was made with, as {@link Order#addresses}
 * @param files all that was written into the clip's folder
 * @param publishedMillis when it was first published, since 1970
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ClipRecord(
    String slug,
    String title,
    String source,
    long sourceBytes,
    long sourceModifiedMillis,
    String videoName,
    long videoBytes,
    long videoModifiedMillis,
    long durationMillis,
    boolean indexFirst,
    boolean pictures,
    String addresses,
    List<String> files,
    long publishedMillis) {

  ClipRecord {
    files = List.copyOf(files);
  }

  ClipEntry entry() {
    return new ClipEntry(
        slug,
        title,
        videoName,
        videoBytes,
        Duration.ofMillis(durationMillis),
        pictures,
        Instant.ofEpochMilli(publishedMillis));
  }
}
