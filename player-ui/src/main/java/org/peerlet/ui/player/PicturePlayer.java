package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.engine.TorrentStream;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.ui.player.BufferedTimeline.Stretch;
import org.peerlet.ui.player.StartupTimes.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the picture of one clip in the window: buffers, seeks, and does what may help when JavaFX
 * fails. It goes on from where it was when the clip is opened again. On the JavaFX thread.
 */
final class PicturePlayer implements MediaPicture.Listener {
  private static final Logger log = LoggerFactory.getLogger(PicturePlayer.class);

  private final PlayerWindow window;
  private final StartupTimes times;
  private final Consumer<StreamException> onFailure;
  private final BufferPolicy policy = new BufferPolicy(nowMillis());
  private final StallWatch watch = new StallWatch();
  private final PlayedTime played = new PlayedTime();
  private final FreshStarts freshStarts = new FreshStarts();

  private @Nullable TorrentStream stream;
  private @Nullable MediaPicture picture;
  private BufferedTimeline timeline = new BufferedTimeline(Optional.empty(), Duration.ZERO, 0);
  private Duration resumeAt = Duration.ZERO;
  private double volume = 1;
  private boolean muted;
  private OptionalLong firstFrameAtMillis = OptionalLong.empty();

  /**
   * @param onFailure hears why the picture can't go on
   */
  PicturePlayer(PlayerWindow window, StartupTimes times, Consumer<StreamException> onFailure) {
    this.window = window;
    this.times = times;
    this.onFailure = onFailure;
  }

  /** The clock of all that is decided here and in {@link PlayerSession}. */
  static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }

  /** Puts a clip into the window. */
  void open(PreparedClip clip) {
    Optional<Mp4Index> index = clip.inspection().index();
    timeline =
        new BufferedTimeline(
            index, index.map(Mp4Index::duration).orElse(Duration.ZERO), clip.clip().lengthBytes());
    MediaPicture fresh = new MediaPicture(clip.stream(), window.view(), this);
    stream = clip.stream();
    picture = fresh;
    fresh.volume(volume, muted);
    if (policy.moving()) {
      fresh.play();
    }
    fresh.open(clip.url(), clip.silent(), resumeAt, clip.player());
  }

  /** Takes the picture away; its position is kept. */
  void drop() {
    MediaPicture old = picture;
    picture = null;
    if (old != null) {
      resumeAt = old.position();
      old.close();
    }
  }

  /** The next clip that is opened begins here. */
  void from(Duration position) {
    resumeAt = position;
  }

  /** The clip will be opened again, or another one. */
  void begin() {
    freshStarts.forget();
    policy.seek(Duration.ZERO, false, nowMillis());
  }

  /** Looks at what came meanwhile; to be called ten times a second. */
  void tick(StreamStatus status, long nowMillis) {
    MediaPicture shown = picture;
    if (shown == null) {
      return;
    }
    shown.tick();
    if (shown.ended()) {
      return;
    }
    Duration position = shown.position();
    Duration until = timeline.playableUntil(position, status.buffered());
    policy.leads(status.leadsSwarm());
    apply(policy.buffer(until.minus(position), timeline.reachesEnd(until), nowMillis), shown);
    played.at(position, policy.moving());
    if (watch.stuck(policy.moving(), position, nowMillis)) {
      log.info("The picture stands still at {}", position);
      stuck(shown);
    }
  }

  private static void apply(BufferPolicy.Command command, MediaPicture to) {
    switch (command) {
      case PLAY -> to.play();
      case PAUSE -> to.pause();
      case NONE -> {}
    }
  }

  @Override
  public void ready(Duration duration) {
    times.mark(Moment.MEDIA_READY);
    if (timeline.duration().isZero()) {
      timeline = new BufferedTimeline(timeline.index(), duration, timeline.lengthBytes());
    }
  }

  @Override
  public void firstFrame() {
    times.mark(Moment.FIRST_FRAME);
    firstFrameAtMillis = OptionalLong.of(nowMillis());
    window.firstFrame();
    log.info("From the start of the process: {}", times);
  }

  @Override
  public void ended() {
    wish(false);
  }

  @Override
  public void failed(boolean halted, String detail) {
    log.info("JavaFX: {}", detail);
    TorrentStream open = stream;
    MediaPicture shown = picture;
    if (open == null || shown == null) {
      return;
    }
    StreamException broken = open.status().failure();
    if (broken != null) {
      onFailure.accept(broken);
    } else if (!goSilent(shown, halted ? "notice.no-sound-device" : "notice.without-sound")) {
      fail(shown.shown() ? "failure.broken" : "failure.unsupported");
    }
  }

  private void stuck(MediaPicture shown) {
    if (shown.shown()) {
      if (freshStarts.oneMore(played.seconds())) {
        shown.reopen();
      } else {
        fail("failure.broken");
      }
    } else if (!goSilent(shown, "notice.without-sound")) {
      fail("failure.no-picture");
    }
  }

  private void fail(String key) {
    onFailure.accept(Failures.unplayable(key));
  }

  /** Sound is what most often keeps JavaFX from showing a picture. */
  private boolean goSilent(MediaPicture shown, String noticeKey) {
    Optional<URI> silent = stream == null ? Optional.empty() : stream.silentUrl();
    if (shown.silent() || silent.isEmpty()) {
      return false;
    }
    window.notice(text(noticeKey));
    shown.open(silent.get(), true, shown.position(), PreparedClip.player(silent.get()));
    return true;
  }

  void togglePlay() {
    if (picture != null && picture.ended()) {
      seekTo(Duration.ZERO);
      wish(true);
    } else {
      wish(!policy.wished());
    }
  }

  /** Whether the picture moves or will as soon as it can. */
  boolean showing() {
    return picture != null && !picture.ended();
  }

  void wish(boolean play) {
    BufferPolicy.Command command = policy.wish(play, nowMillis());
    window.playing(play);
    if (picture != null) {
      apply(command, picture);
    }
  }

  void seekTo(Duration target) {
    MediaPicture shown = picture;
    TorrentStream open = stream;
    if (shown == null || open == null || timeline.duration().isZero()) {
      return;
    }
    Duration to = timeline.seekable(target);
    Duration until = timeline.playableUntil(to, open.status().buffered());
    boolean flowing = !policy.filling();
    BufferPolicy.Command command =
        policy.seek(until.minus(to), timeline.reachesEnd(until), nowMillis());
    if (command == BufferPolicy.Command.PAUSE) {
      shown.pause();
    }
    shown.seek(to, flowing);
    if (command == BufferPolicy.Command.PLAY) {
      shown.play();
    }
    played.jump(to);
  }

  void seekBy(Duration distance) {
    if (picture != null) {
      seekTo(picture.position().plus(distance));
    }
  }

  void volume(double newVolume, boolean mute) {
    volume = newVolume;
    muted = mute;
    if (picture != null) {
      picture.volume(newVolume, mute);
    }
  }

  /** Media time on the screen, or where it will go on. */
  Duration position() {
    return picture == null ? resumeAt : picture.position();
  }

  /** Zero until known. */
  Duration duration() {
    return timeline.duration();
  }

  /** What can be played of the clip. */
  List<Stretch> stretches(List<ByteSpan> buffered) {
    return timeline.stretches(buffered);
  }

  /** Whether the viewer wants the picture to move. */
  boolean wished() {
    return policy.wished();
  }

  /** What the viewer is waiting for; null if for nothing. */
  @Nullable String waitingFor(long nowMillis) {
    MediaPicture shown = picture;
    if (shown == null) {
      return text("state.opening");
    }
    if (policy.spinner(nowMillis)) {
      return text("state.buffering");
    }
    return shown.shown() || !policy.wished() ? null : text("state.opening");
  }

  /** When a picture last appeared, by {@link #nowMillis}; empty if none did yet. */
  OptionalLong firstFrameAtMillis() {
    return firstFrameAtMillis;
  }

  /** What was seen so far, beside two sentences of the window. */
  Viewing viewing(@Nullable String notice, @Nullable String failure, long nowMillis) {
    return new Viewing(
        played.seconds(), policy.rebuffers(), policy.rebufferMillis(nowMillis), notice, failure);
  }
}
