package org.peerlet.jnlp.publish;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerlet.core.ClipManifest.Subtitles;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.media.Playability.Verdict;
import org.peerlet.core.metainfo.DisplayName;
import org.peerlet.jnlp.video.Conversion;
import org.peerlet.jnlp.video.SubtitleFile;
import org.peerlet.jnlp.video.VideoLook;

/** Decides what to do for each video, and refuses what can't be published. Writes nothing. */
final class Planner {
  private static final Set<String> MP4_ENDINGS = Set.of("mp4", "m4v", "mov");

  private final Order order;
  private final RecordBook book;
  private final boolean ffmpeg;
  private final Set<String> taken;

  /**
   * @param ffmpeg whether it is there
   */
  Planner(Order order, RecordBook book, boolean ffmpeg) throws IOException {
    this.order = order;
    this.book = book;
    this.ffmpeg = ffmpeg;
    this.taken = new HashSet<>(book.taken());
  }

  /**
   * The plan for one video; each call counts with the names that the calls before it gave.
   *
   * @throws StreamException with what is wrong about the video, and what would help
   */
  ClipPlan plan(Path video) throws IOException, StreamException {
    VideoLook look = VideoLook.at(video);
    refuseUnfit(video, look);
    String fileName = String.valueOf(video.getFileName());
    String plainSlug = Slug.of(fileName, Set.of());
    Optional<ClipRecord> before = book.of(video, look.bytes(), look.modifiedMillis(), plainSlug);
    String slug = before.map(ClipRecord::slug).orElseGet(() -> Slug.of(fileName, taken));
    taken.add(slug);
    VideoStep step = step(look, before);
    String videoName =
        step == VideoStep.KEEP
            ? before.map(ClipRecord::videoName).orElseThrow()
            : slug + "." + (step == VideoStep.REMUX ? "mp4" : ending(fileName));
    boolean keep = step == VideoStep.KEEP;
    return new ClipPlan(
        video,
        look,
        before,
        slug,
        title(fileName, before),
        videoName,
        step,
        ffmpeg && !(keep && before.map(each -> hasPictures(each)).orElse(false)),
        !(keep && before.map(each -> hasTorrent(each)).orElse(false)),
        subtitles(video, slug));
  }

  private void refuseUnfit(Path video, VideoLook look) throws IOException, StreamException {
    if (look.playability().verdict() == Verdict.UNPLAYABLE) {
      throw new StreamException(
          Reason.UNPLAYABLE_FORMAT,
          "%s: %s This would convert it: %s"
              .formatted(
                  Shown.field(String.valueOf(video.getFileName())),
                  look.playability().sentence(),
                  Conversion.command(video, look.remedy())));
    }
    Path out = order.out();
    if (Files.exists(out) && video.toRealPath().startsWith(out.toRealPath())) {
      throw new StreamException(
          Reason.BAD_SOURCE,
          "The video %s lies in the published folder; keep videos elsewhere."
              .formatted(Shown.field(String.valueOf(video.getFileName()))));
    }
  }

  private VideoStep step(VideoLook look, Optional<ClipRecord> before) throws IOException {
    if (before.isPresent() && isUnchanged(look, before.get())) {
      return VideoStep.KEEP;
    }
    if (ffmpeg && !look.indexFirst()) {
      return VideoStep.REMUX;
    }
    return order.link() ? VideoStep.LINK : VideoStep.COPY;
  }

  private boolean isUnchanged(VideoLook look, ClipRecord before) throws IOException {
    Path published = file(before, before.videoName());
    return before.sourceBytes() == look.bytes()
        && before.sourceModifiedMillis() == look.modifiedMillis()
        && (before.indexFirst() || !ffmpeg)
        && Files.isRegularFile(published)
        && Files.size(published) == before.videoBytes()
        && Files.getLastModifiedTime(published).toMillis() == before.videoModifiedMillis();
  }

  private boolean hasPictures(ClipRecord before) {
    return before.pictures()
        && Files.exists(file(before, "poster.jpg"))
        && Files.exists(file(before, "thumbnails.jpg"));
  }

  private boolean hasTorrent(ClipRecord before) {
    return before.addresses().equals(order.addresses())
        && Files.exists(file(before, "clip.torrent"));
  }

  private Path file(ClipRecord before, String name) {
    return order.out().resolve(before.slug()).resolve(name);
  }

  private String title(String fileName, Optional<ClipRecord> before) {
    int dot = fileName.lastIndexOf('.');
    String stem = (dot > 0 ? fileName.substring(0, dot) : fileName).replace('_', ' ');
    return order
        .title()
        .or(() -> before.map(ClipRecord::title))
        .orElseGet(() -> DisplayName.cleanOr(stem, "Video"));
  }

  private static String ending(String fileName) {
    String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return MP4_ENDINGS.contains(ending) ? ending : "mp4";
  }

  private static Map<Subtitles, byte[]> subtitles(Path video, String slug) throws StreamException {
    Map<Subtitles, byte[]> found = new LinkedHashMap<>();
    for (SubtitleFile file : SubtitleFile.beside(video)) {
      URI url = URI.create(file.publishedName(slug));
      found.put(new Subtitles(url, file.language(), file.label()), file.webVtt());
    }
    return found;
  }
}
