package org.peerlet.core.metainfo;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** Which of a torrent's files is the clip. */
public final class ClipChoice {
  /** What Peerlet's own player opens (facts.md, JavaFX Media). */
  private static final Set<String> PLAYED_HERE =
      Set.of("mp4", "m4v", "mov", "m4a", "mp3", "wav", "aif", "aiff");

  /** What other players open from {@code peerlet stream}. */
  private static final Set<String> PLAYED_ELSEWHERE =
      Set.of(
          "mkv", "webm", "avi", "ts", "m2ts", "mts", "mpg", "mpeg", "wmv", "flv", "ogv", "3gp",
          "vob", "divx", "mka", "ogg", "oga", "opus", "flac", "aac", "wma");

  /** A film in MKV often comes with a sample in MP4; the sample is not the clip. */
  private static final int SAMPLE_RATIO = 20;

  private ClipChoice() {}

  /**
   * The index of the largest file Peerlet can play, else of the largest another player can. Padding
   * and empty files don't count.
   *
   * @throws StreamException {@code NO_PLAYABLE_FILE}
   */
  public static int playableFile(Metainfo metainfo) throws StreamException {
    Optional<FileEntry> here = largest(metainfo, PLAYED_HERE);
    Optional<FileEntry> elsewhere = largest(metainfo, PLAYED_ELSEWHERE);
    if (here.isPresent() && elsewhere.isPresent()) {
      boolean sample = here.get().length() < elsewhere.get().length() / SAMPLE_RATIO;
      return (sample ? elsewhere : here).get().index();
    }
    return here.or(() -> elsewhere)
        .orElseThrow(
            () -> new StreamException(Reason.NO_PLAYABLE_FILE, "This torrent holds no video file."))
        .index();
  }

  private static Optional<FileEntry> largest(Metainfo metainfo, Set<String> extensions) {
    // Of equal ones the first.
    return metainfo.files().stream()
        .filter(file -> !file.padding() && file.length() > 0)
        .filter(file -> extensions.contains(extension(metainfo.urlPath(file.index()))))
        .max(
            Comparator.comparingLong(FileEntry::length)
                .thenComparing(FileEntry::index, Comparator.reverseOrder()));
  }

  private static String extension(List<String> path) {
    String name = path.get(path.size() - 1);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
