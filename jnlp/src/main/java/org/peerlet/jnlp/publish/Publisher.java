package org.peerlet.jnlp.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.media.Playability.Verdict;
import org.peerlet.jnlp.video.Conversion;
import org.peerlet.jnlp.video.Ffmpeg;

/**
 * Publishes an {@link Order}. Everything that can be refused is refused before anything is written;
 * of several videos, those before one that fails are published whole.
 */
final class Publisher {
  private final Order order;
  private final Optional<WebStartPart> webStart;
  private final Optional<Ffmpeg> ffmpeg;
  private final Progress progress;
  private final Notices notices;
  private final InstantSource clock;

  Publisher(
      Order order,
      Optional<WebStartPart> webStart,
      Optional<Ffmpeg> ffmpeg,
      Progress progress,
      Notices notices,
      InstantSource clock) {
    this.order = order;
    this.webStart = webStart;
    this.ffmpeg = ffmpeg;
    this.progress = progress;
    this.notices = notices;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param clips those of the order, each once
   * @param written names of files that were written, replaced or removed
   * @param platforms whose viewers can launch the player
   */
  record Done(List<ClipRecord> clips, List<String> written, List<String> platforms) {}

  /** The plan for each video, in order; a video that is given twice counts once. */
  List<ClipPlan> plans() throws IOException, StreamException {
    Planner planner = new Planner(order, RecordBook.read(order.out()), ffmpeg.isPresent());
    Map<Path, ClipPlan> plans = new LinkedHashMap<>();
    for (Path video : order.videos()) {
      Path place = video.toAbsolutePath().normalize();
      if (!plans.containsKey(place)) {
        plans.put(place, planner.plan(place));
      }
    }
    return List.copyOf(plans.values());
  }

  /**
   * Publishes.
   *
   * @throws StreamException with a sentence for the site's owner
   */
  Done publish() throws IOException, StreamException {
    List<ClipPlan> plans = plans();
    plans.forEach(this::warn);
    try (SiteFolder folder = SiteFolder.open(order.out())) {
      RecordBook book = RecordBook.read(order.out());
      List<String> platforms =
          webStart.isPresent() ? install(webStart.get(), folder, book) : List.of();
      ClipPublisher publisher =
          new ClipPublisher(order, webStart, folder, ffmpeg, progress, notices, clock);
      List<ClipRecord> clips = new ArrayList<>();
      try {
        for (ClipPlan plan : plans) {
          ClipRecord record = publisher.publish(plan);
          book.put(folder, record);
          clips.add(record);
        }
      } finally {
        book.tidy(folder);
        SitePages.write(folder, order.site(), webStart.isPresent(), book);
      }
      warnOfOtherAddress(book);
      for (String page : folder.leftAlone()) {
        notices.say(
            page + " was changed by hand and is left as it is; delete it to have it made anew.");
      }
      return new Done(clips, folder.written(), platforms);
    }
  }

  /**
   * Brings the player up to date, and with it the launch files of all clips of this site, since
   * each names the jar that it starts. Wherever this is stopped, each names one that is there.
   */
  private List<String> install(WebStartPart player, SiteFolder folder, RecordBook book)
      throws IOException, StreamException {
    List<String> platforms = player.install(folder.root(), order.site());
    for (ClipRecord each : book.newestFirst()) {
      if (isOfThisSite(each) && each.files().contains(ClipPublisher.LAUNCH_FILE)) {
        String jnlp = player.jnlp(order.site(), each.entry());
        folder.data(
            each.slug() + "/" + ClipPublisher.LAUNCH_FILE, jnlp.getBytes(StandardCharsets.UTF_8));
      }
    }
    player.removeUnused();
    return platforms;
  }

  private boolean isOfThisSite(ClipRecord clip) {
    return clip.addresses().startsWith(order.site().url() + " ");
  }

  private void warn(ClipPlan plan) {
    String name = Shown.field(String.valueOf(plan.video().getFileName()));
    if (plan.look().playability().verdict() == Verdict.PLAYS_WITHOUT_SOUND) {
      notices.say(
          "%s: %s It plays without sound. This would convert it: %s"
              .formatted(
                  name,
                  plan.look().playability().sentence(),
                  Conversion.command(plan.video(), plan.look().remedy())));
    }
    if (ffmpeg.isEmpty() && plan.step() != VideoStep.KEEP) {
      notices.say(
          name
              + ": ffmpeg is not here, so there is no poster and there are no thumbnails"
              + (plan.look().indexFirst()
                  ? "."
                  : ", and its index stays last, with which browsers start later. This would move"
                      + " it: "
                      + Conversion.command(plan.video(), plan.look().remedy())));
    }
  }

  /** Torrents and pages of clips that this run was not given name the address of their own run. */
  private void warnOfOtherAddress(RecordBook book) {
    List<String> others =
        book.newestFirst().stream()
            .filter(each -> !isOfThisSite(each))
            .map(ClipRecord::slug)
            .toList();
    if (!others.isEmpty()) {
      notices.say(
          "Published for another address, and to be published again for this one: "
              + String.join(", ", others));
    }
  }
}
