package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.engine.TorrentStream;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.media.Playability;
import org.peerlet.core.media.Playability.Verdict;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.ui.player.StartupTimes.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One viewing: joins the stream, the picture and the window, and does what the viewer asks. */
final class PlayerSession implements PlayerActions, MediaPicture.Listener {
  private static final Logger log = LoggerFactory.getLogger(PlayerSession.class);

  /** Half the time in which a picture runs dry unseen. */
  private static final long TICK_MILLIS = 100;

  /** JavaFX is believed to hang on the clip itself when a fresh start has not helped this often. */
  private static final int MOST_REOPENS = 2;

  private final PlayerSettings settings;
  private final StartupTimes times;
  private final OpenClip openClip;
  private final Runnable onClose;
  private final PlayerWindow window;
  private final Timeline timer;
  private final BufferPolicy policy = new BufferPolicy(nowMillis());
  private final StallWatch watch = new StallWatch();
  private final PlayedTime played = new PlayedTime();

  private Optional<ShareMode> mode;
  private @Nullable CompletableFuture<PreparedClip> awaited;
  private @Nullable TorrentStream stream;
  private @Nullable MediaPicture picture;
  private @Nullable StreamException failure;
  private BufferedTimeline timeline = new BufferedTimeline(Optional.empty(), Duration.ZERO, 0);
  private Duration resumeAt = Duration.ZERO;
  private double volume = 1;
  private boolean muted;
  private int reopens;
  private long exitTimerMillis;
  private boolean closed;
  // Read by whoever writes the receipt.
  private volatile Viewing viewing = Viewing.NONE;

  /**
   * @param onClose called once, after the window has gone
   */
  PlayerSession(PlayerSettings settings, StartupTimes times, OpenClip openClip, Runnable onClose) {
    this.settings = settings;
    this.times = times;
    this.openClip = openClip;
    this.onClose = onClose;
    this.mode = settings.sharing();
    this.window = new PlayerWindow(this);
    this.timer =
        new Timeline(new KeyFrame(javafx.util.Duration.millis(TICK_MILLIS), tick -> tick()));
    timer.setCycleCount(Animation.INDEFINITE);
  }

  /** Shows the window, while the stream opens. */
  void start(CompletableFuture<TorrentStream> opening, CompletableFuture<PreparedClip> preparing) {
    window.show();
    times.mark(Moment.WINDOW);
    window.ask(mode.isEmpty());
    window.playing(policy.wished());
    exitTimerMillis = nowMillis();
    tick();
    timer.play();
    awaited = preparing;
    follow(opening, preparing);
  }

  /** What was seen so far; any thread. */
  Viewing viewing() {
    return viewing;
  }

  private void follow(
      CompletableFuture<TorrentStream> opening, CompletableFuture<PreparedClip> preparing) {
    // Failures end in the window, so nobody waits for these futures.
    CompletableFuture<?> unusedStream =
        opening.thenAccept(
            opened -> {
              CompletableFuture<?> unusedTitle =
                  opened
                      .clip()
                      .thenAccept(clip -> Platform.runLater(() -> window.title(clip.title())));
              Platform.runLater(() -> opened(opened));
            });
    CompletableFuture<?> unusedPicture =
        preparing.whenComplete(
            (prepared, failed) ->
                Platform.runLater(
                    () -> {
                      if (prepared != null) {
                        prepared(prepared);
                      } else if (failed != null && preparing == awaited) {
                        fail(Failures.reasonOf(failed));
                      }
                    }));
  }

  private void opened(TorrentStream opened) {
    if (!closed) {
      stream = opened;
      // The viewer may have answered while it opened.
      mode.ifPresent(opened::share);
    }
  }

  private void prepared(PreparedClip clip) {
    if (clip.stream() != stream || closed || failure != null) {
      clip.discard();
      return;
    }
    Playability playability = clip.inspection().playability();
    if (playability.verdict() == Verdict.UNPLAYABLE) {
      fail(new StreamException(Reason.UNPLAYABLE_FORMAT, playability.sentence()));
      return;
    }
    if (clip.silent()) {
      window.notice(playability.sentence() + " " + text("notice.without-sound"));
    }
    Optional<Mp4Index> index = clip.inspection().index();
    timeline =
        new BufferedTimeline(
            index, index.map(Mp4Index::duration).orElse(Duration.ZERO), clip.clip().lengthBytes());
    MediaPicture fresh = new MediaPicture(clip.stream(), window.view(), this);
    picture = fresh;
    fresh.volume(volume, muted);
    if (policy.moving()) {
      fresh.play();
    }
    fresh.open(clip.url(), clip.silent(), resumeAt, clip.player());
    tick();
  }

  private void tick() {
    long now = nowMillis();
    TorrentStream open = stream;
    StreamStatus status = open == null ? StreamStatus.OPENING : open.status();
    StreamException broken = status.failure();
    if (broken != null && failure == null) {
      fail(broken);
    }
    MediaPicture shown = picture;
    if (open != null && shown != null) {
      shown.tick();
      feed(shown, status, now);
    }
    Duration position = shown == null ? resumeAt : shown.position();
    viewing =
        new Viewing(
            played.seconds(),
            policy.rebuffers(),
            policy.rebufferMillis(now),
            window.lastNotice(),
            failure == null ? null : failure.sentence());
    window.show(
        position,
        timeline.duration(),
        timeline.stretches(status.buffered()),
        status,
        viewing,
        mode,
        failure == null ? waitingFor(status, now) : null);
    if (settings.exitAfter().isPresent()
        && now - exitTimerMillis >= settings.exitAfter().get().toMillis()) {
      close();
    }
  }

  private void feed(MediaPicture shown, StreamStatus status, long now) {
    if (shown.ended()) {
      return;
    }
    Duration position = shown.position();
    Duration until = timeline.playableUntil(position, status.buffered());
    policy.leads(status.leadsSwarm());
    apply(policy.buffer(until.minus(position), reachesEnd(until), now), shown);
    played.at(position, policy.moving());
    if (watch.stuck(policy.moving(), position, now)) {
      log.info("The picture stands still at {}", position);
      stuck(shown);
    }
  }

  private boolean reachesEnd(Duration until) {
    return !timeline.duration().isZero() && until.compareTo(timeline.duration()) >= 0;
  }

  private void apply(BufferPolicy.Command command, MediaPicture to) {
    switch (command) {
      case PLAY -> to.play();
      case PAUSE -> to.pause();
      case NONE -> {}
    }
  }

  private @Nullable String waitingFor(StreamStatus status, long now) {
    if (status.state() == StreamStatus.State.METADATA) {
      return text(mode.isEmpty() ? "state.metadata.question" : "state.metadata");
    }
    MediaPicture shown = picture;
    if (shown == null) {
      return text("state.opening");
    }
    if (policy.spinner(now)) {
      return text("state.buffering");
    }
    return shown.shown() || !policy.wished() ? null : text("state.opening");
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
    exitTimerMillis = nowMillis();
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
    if (open == null || shown == null || failure != null) {
      return;
    }
    StreamException broken = open.status().failure();
    if (broken != null) {
      fail(broken);
    } else if (!goSilent(shown, halted ? "notice.no-sound-device" : "notice.without-sound")) {
      fail(Failures.unplayable(shown.shown() ? "failure.broken" : "failure.unsupported"));
    }
  }

  private void stuck(MediaPicture shown) {
    if (shown.shown() && reopens < MOST_REOPENS) {
      reopens++;
      shown.reopen();
    } else if (shown.shown()) {
      fail(Failures.unplayable("failure.broken"));
    } else if (!goSilent(shown, "notice.without-sound")) {
      fail(Failures.unplayable("failure.no-picture"));
    }
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

  private void fail(StreamException why) {
    if (closed || failure != null || why.reason() == Reason.CLOSED) {
      return;
    }
    log.info("Shown to the viewer: {}", why.sentence(), why.getCause());
    failure = why;
    dropPicture();
    window.playing(false);
    window.fail(why);
  }

  private void dropPicture() {
    MediaPicture old = picture;
    picture = null;
    if (old != null) {
      resumeAt = old.position();
      old.close();
    }
  }

  @Override
  public void togglePlay() {
    MediaPicture shown = picture;
    if (shown != null && shown.ended()) {
      seekTo(Duration.ZERO);
      wish(true);
    } else if (failure == null) {
      wish(!policy.wished());
    }
  }

  private void wish(boolean play) {
    BufferPolicy.Command command = policy.wish(play, nowMillis());
    window.playing(play);
    MediaPicture shown = picture;
    if (shown != null) {
      apply(command, shown);
    }
  }

  @Override
  public void seekTo(Duration target) {
    MediaPicture shown = picture;
    TorrentStream open = stream;
    if (shown == null || open == null || timeline.duration().isZero()) {
      return;
    }
    Duration to = timeline.seekable(target);
    Duration until = timeline.playableUntil(to, open.status().buffered());
    boolean flowing = !policy.filling();
    BufferPolicy.Command command = policy.seek(until.minus(to), reachesEnd(until), nowMillis());
    if (command == BufferPolicy.Command.PAUSE) {
      shown.pause();
    }
    shown.seek(to, flowing);
    if (command == BufferPolicy.Command.PLAY) {
      shown.play();
    }
    played.jump(to);
  }

  @Override
  public void seekBy(Duration distance) {
    if (picture != null) {
      seekTo(picture.position().plus(distance));
    }
  }

  @Override
  public void volume(double newVolume, boolean mute) {
    volume = newVolume;
    muted = mute;
    if (picture != null) {
      picture.volume(newVolume, mute);
    }
  }

  @Override
  public void share(ShareMode chosen) {
    settings.consent().remember(chosen);
    mode = Optional.of(chosen);
    window.ask(false);
    if (stream != null) {
      stream.share(chosen);
    }
  }

  @Override
  public void retry() {
    failure = null;
    stream = null;
    reopens = 0;
    policy.seek(Duration.ZERO, false, nowMillis());
    window.recover();
    window.playing(policy.wished());
    CompletableFuture<TorrentStream> opening = openClip.open(mode);
    CompletableFuture<PreparedClip> preparing = PreparedClip.from(opening, resumeAt);
    awaited = preparing;
    follow(opening, preparing);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    timer.stop();
    dropPicture();
    window.hide();
    onClose.run();
  }

  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }
}
