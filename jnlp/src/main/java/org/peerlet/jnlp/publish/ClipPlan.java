package org.peerlet.jnlp.publish;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.peerlet.core.ClipManifest.Subtitles;
import org.peerlet.jnlp.video.VideoLook;

/**
 * What is to be done for one clip.
 *
 * @param look at the video that was given
 * @param before what the last run noted
 * @param pictures whether poster and thumbnails are to be made
 * @param torrent whether the torrent is to be made
 * @param subtitles by language, with the bytes of each
 */
record ClipPlan(
    Path video,
    VideoLook look,
    Optional<ClipRecord> before,
    String slug,
    String title,
    String videoName,
    VideoStep step,
    boolean pictures,
    boolean torrent,
    Map<Subtitles, byte[]> subtitles) {

  /** The name of a file of the clip within the published folder. */
  String name(String file) {
    return slug + "/" + file;
  }
}
