package org.peerlet.jnlp.publish;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.ClipManifest;
import org.peerlet.core.ClipManifest.Subtitles;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.PieceLength;
import org.peerlet.core.metainfo.TorrentMaker;
import org.peerlet.jnlp.launch.LaunchButton;
import org.peerlet.jnlp.page.ClipEntry;
import org.peerlet.jnlp.page.LandingPage;
import org.peerlet.jnlp.video.Ffmpeg;
import org.peerlet.jnlp.video.ThumbnailSheet;
import org.peerlet.jnlp.video.VideoLook;

/**
 * Carries out the plan for one clip. All that takes long, or can fail for what the video holds, is
 * done on scratch files; then everything is moved into place.
 */
final class ClipPublisher {
  static final String LAUNCH_FILE = "clip.jnlp";
  private static final String TORRENT = "clip.torrent";
  private static final String POSTER = "poster.jpg";
  private static final String SHEET = "thumbnails.jpg";
  private static final String SHEET_VTT = "thumbnails.vtt";

  private final Order order;
  private final Optional<WebStartPart> webStart;
  private final SiteFolder folder;
  private final Optional<Ffmpeg> ffmpeg;
  private final Progress progress;
  private final Notices notices;
  private final InstantSource clock;

  ClipPublisher(
      Order order,
      Optional<WebStartPart> webStart,
      SiteFolder folder,
      Optional<Ffmpeg> ffmpeg,
      Progress progress,
      Notices notices,
      InstantSource clock) {
    this.order = order;
    this.webStart = webStart;
    this.folder = folder;
    this.ffmpeg = ffmpeg;
    this.progress = progress;
    this.notices = notices;
    this.clock = clock;
  }

  /** Publishes one clip and says what the next run needs to know. */
  ClipRecord publish(ClipPlan plan) throws IOException, StreamException {
    Map<String, Path> made = new LinkedHashMap<>();
    Path video = video(plan, made);
    VideoLook look = VideoLook.at(video);
    if (plan.torrent()) {
      torrent(plan, video, look, made);
    }
    boolean pictures =
        plan.pictures()
            ? pictures(plan, video, look, made)
            : plan.before().map(ClipRecord::pictures).orElse(false);
    refuseChanged(plan);
    for (Map.Entry<String, Path> each : made.entrySet()) {
      folder.adopt(each.getValue(), plan.name(each.getKey()));
    }
    ClipRecord record = record(plan, look, pictures);
    texts(plan, look, record);
    removeStale(plan, record);
    return record;
  }

  /** The file that is, or will be, published. */
  private Path video(ClipPlan plan, Map<String, Path> made) throws IOException, StreamException {
    if (plan.step() == VideoStep.KEEP) {
      return folder.path(plan.name(plan.videoName()));
    }
    Path scratch = folder.scratch(".video");
    made.put(plan.videoName(), scratch);
    switch (plan.step()) {
      case REMUX -> remux(plan, scratch);
      case LINK -> {
        if (!VideoCopy.link(plan.video(), scratch)) {
          notices.say(shown(plan) + ": can't be linked into the folder, so it is copied.");
          VideoCopy.copy(plan.video(), scratch, "copying " + shown(plan), progress);
        }
      }
      default -> VideoCopy.copy(plan.video(), scratch, "copying " + shown(plan), progress);
    }
    return scratch;
  }

  /**
   * A video that ffmpeg can't repack is published as it is: the player can start it all the same.
   */
  private void remux(ClipPlan plan, Path scratch) throws IOException, StreamException {
    notices.say(shown(plan) + ": its index stands last; a copy with the index first is made.");
    try {
      ffmpeg.orElseThrow().remux(plan.video(), scratch);
      if (VideoLook.at(scratch).playability().verdict() == plan.look().playability().verdict()) {
        return;
      }
    } catch (StreamException unfit) {
      if (unfit.reason() == Reason.CLOSED) {
        throw unfit;
      }
      notices.say(shown(plan) + ": " + unfit.sentence());
    }
    Files.deleteIfExists(scratch);
    VideoCopy.copy(plan.video(), scratch, "copying " + shown(plan), progress);
  }

  private void torrent(ClipPlan plan, Path video, VideoLook look, Map<String, Path> made)
      throws IOException, StreamException {
    String what = "hashing " + shown(plan);
    double seconds = look.duration().toMillis() / 1000.0;
    URI url = order.site().of(plan.slug(), plan.videoName());
    byte[] torrent;
    try {
      torrent =
          TorrentMaker.make(
              video,
              TorrentMaker.Options.defaults()
                  .withName(plan.videoName())
                  .withPieceLength(PieceLength.choose(look.bytes(), seconds))
                  .withTrackers(order.trackers())
                  .withWebSeeds(order.webSeedInTorrent() ? List.of(url.toString()) : List.of())
                  .withProgress((done, total) -> progress.at(what, done, total)));
    } finally {
      progress.done();
    }
    Path scratch = folder.scratch(".torrent");
    Files.write(scratch, torrent);
    made.put(TORRENT, scratch);
  }

  private boolean pictures(ClipPlan plan, Path video, VideoLook look, Map<String, Path> made)
      throws IOException, StreamException {
    if (ffmpeg.isEmpty() || look.duration().isZero()) {
      return false;
    }
    Path poster = folder.scratch(".poster.jpg");
    Path sheet = folder.scratch(".sheet.jpg");
    ThumbnailSheet plannedSheet = ThumbnailSheet.of(look.duration());
    progress.at("drawing " + shown(plan), 0, look.bytes());
    try {
      ffmpeg.get().poster(video, look.duration(), poster);
      ffmpeg.get().thumbnails(video, plannedSheet, sheet);
    } catch (StreamException unfit) {
      if (unfit.reason() == Reason.CLOSED) {
        throw unfit;
      }
      notices.say(shown(plan) + ": no poster and no thumbnails, since " + unfit.sentence());
      return false;
    } finally {
      progress.done();
    }
    Path vtt = folder.scratch(".sheet.vtt");
    Files.writeString(vtt, plannedSheet.vtt(SHEET));
    made.put(POSTER, poster);
    made.put(SHEET, sheet);
    made.put(SHEET_VTT, vtt);
    return true;
  }

  /** What was hashed and what the site's owner has now must be the same video. */
  private static void refuseChanged(ClipPlan plan) throws StreamException {
    VideoLook now = VideoLook.at(plan.video());
    if (now.bytes() != plan.look().bytes()
        || now.modifiedMillis() != plan.look().modifiedMillis()) {
      throw new StreamException(
          Reason.NO_SUCH_FILE,
          "The video " + shown(plan) + " changed while it was published; publish it again.");
    }
  }

  private ClipRecord record(ClipPlan plan, VideoLook look, boolean pictures) throws IOException {
    List<String> files = new ArrayList<>(List.of("index.html", "clip.json", TORRENT));
    files.add(plan.videoName());
    if (pictures) {
      files.addAll(List.of(POSTER, SHEET, SHEET_VTT));
    }
    if (webStart.isPresent()) {
      files.add(LAUNCH_FILE);
    }
    plan.subtitles().keySet().forEach(each -> files.add(each.url().toString()));
    Path video = folder.path(plan.name(plan.videoName()));
    return new ClipRecord(
        plan.slug(),
        plan.title(),
        RecordBook.source(plan.video()),
        plan.look().bytes(),
        plan.look().modifiedMillis(),
        plan.videoName(),
        look.bytes(),
        Files.getLastModifiedTime(video).toMillis(),
        look.duration().toMillis(),
        look.indexFirst(),
        pictures,
        order.addresses(),
        files,
        plan.before().map(ClipRecord::publishedMillis).orElseGet(clock::millis));
  }

  private void texts(ClipPlan plan, VideoLook look, ClipRecord record) throws IOException {
    for (Map.Entry<Subtitles, byte[]> each : plan.subtitles().entrySet()) {
      folder.data(plan.name(each.getKey().url().toString()), each.getValue());
    }
    List<Subtitles> subtitles = List.copyOf(plan.subtitles().keySet());
    folder.data(plan.name("clip.json"), manifest(look, record, subtitles).toJson());
    ClipEntry entry = record.entry();
    if (webStart.isPresent()) {
      String jnlp = webStart.get().jnlp(order.site(), entry);
      folder.data(plan.name(LAUNCH_FILE), jnlp.getBytes(StandardCharsets.UTF_8));
    }
    Optional<String> button =
        webStart.map(
            launches ->
                LaunchButton.of(
                        record.videoName(), picture(record, POSTER), order.packages(), subtitles)
                    .html("Play"));
    String page = LandingPage.html(order.site(), entry, button);
    folder.page(plan.name("index.html"), page.getBytes(StandardCharsets.UTF_8));
  }

  private ClipManifest manifest(VideoLook look, ClipRecord record, List<Subtitles> subtitles) {
    Duration duration = look.duration();
    return new ClipManifest(
        record.title(),
        URI.create(TORRENT),
        List.of(URI.create(record.videoName())),
        duration.isZero() ? Optional.empty() : Optional.of(duration),
        duration.isZero() ? OptionalLong.empty() : OptionalLong.of(look.bitsPerSecond()),
        picture(record, POSTER),
        picture(record, SHEET_VTT),
        subtitles,
        order.report());
  }

  private static Optional<URI> picture(ClipRecord record, String name) {
    return record.pictures() ? Optional.of(URI.create(name)) : Optional.empty();
  }

  /** What an earlier run wrote for this clip and this one did not: another ending, subtitles. */
  private void removeStale(ClipPlan plan, ClipRecord record) throws IOException {
    ClipRecord before = plan.before().orElse(null);
    for (String name : filesOf(before)) {
      if (!record.files().contains(name) && !name.contains("/")) {
        folder.remove(plan.name(name));
      }
    }
  }

  private static List<String> filesOf(@Nullable ClipRecord record) {
    return record == null ? List.of() : record.files();
  }

  private static String shown(ClipPlan plan) {
    return Shown.field(String.valueOf(plan.video().getFileName()));
  }
}
