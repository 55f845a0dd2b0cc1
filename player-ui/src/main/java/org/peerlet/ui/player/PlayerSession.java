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
import org.peerlet.core.TorrentSource;
import org.peerlet.core.engine.TorrentStream;
import org.peerlet.core.media.Playability;
import org.peerlet.core.media.Playability.Verdict;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.ui.player.StartupTimes.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One viewing: joins the stream, the picture and the window, and does what the viewer asks. */
final class PlayerSession implements PlayerActions {
  private static final Logger log = LoggerFactory.getLogger(PlayerSession.class);

  /** Half the time in which a picture runs dry unseen. */
  private static final long TICK_MILLIS = 100;

  private final PlayerSettings settings;
  private final StartupTimes times;
  private final OpenClip openClip;
  private final Runnable onClose;
  private final PlayerWindow window;
  private final PicturePlayer player;
  private final Timeline timer;

  private TorrentSource source;
  // Another page's clip, while the viewer is asked about it.
  private @Nullable TorrentSource offered;
  private Optional<ShareMode> mode;
  private @Nullable CompletableFuture<PreparedClip> awaited;
  private @Nullable TorrentStream stream;
  private @Nullable StreamException failure;
  private long startedMillis;
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
    this.source = settings.firstSource();
    this.mode = settings.sharing();
    this.window = new PlayerWindow(this);
    this.player = new PicturePlayer(window, times, this::fail);
    player.from(settings.from());
    this.timer =
        new Timeline(new KeyFrame(javafx.util.Duration.millis(TICK_MILLIS), tick -> tick()));
    timer.setCycleCount(Animation.INDEFINITE);
  }

  /** Shows the window, while the stream opens. */
  void start(CompletableFuture<TorrentStream> opening, CompletableFuture<PreparedClip> preparing) {
    window.show();
    times.mark(Moment.WINDOW);
    window.ask(mode.isEmpty());
    window.playing(player.wished());
    startedMillis = PicturePlayer.nowMillis();
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
    player.open(clip);
    tick();
  }

  private void tick() {
    long now = PicturePlayer.nowMillis();
    StreamStatus status = stream == null ? StreamStatus.OPENING : stream.status();
    StreamException broken = status.failure();
    if (broken != null && failure == null) {
      fail(broken);
    }
    player.tick(status, now);
    settings.state().ifPresent(state -> state.tell(player.position(), source, now));
    viewing = player.viewing(window.lastNotice(), failure == null ? null : failure.sentence(), now);
    window.show(
        player.position(),
        player.duration(),
        player.stretches(status.buffered()),
        status,
        viewing,
        mode,
        failure == null ? waitingFor(status, now) : null);
    if (settings.exitAfter().isPresent()
        && now - exitTimerMillis() >= settings.exitAfter().get().toMillis()) {
      close();
    }
  }

  /** From the window on, and again from each first frame. */
  private long exitTimerMillis() {
    return player.firstFrameAtMillis().orElse(startedMillis);
  }

  private @Nullable String waitingFor(StreamStatus status, long now) {
    return status.state() == StreamStatus.State.METADATA
        ? text(mode.isEmpty() ? "state.metadata.question" : "state.metadata")
        : player.waitingFor(now);
  }

  private void fail(StreamException why) {
    if (closed || failure != null || why.reason() == Reason.CLOSED) {
      return;
    }
    log.info("Shown to the viewer: {}", why.sentence(), why.getCause());
    failure = why;
    player.drop();
    window.playing(false);
    window.fail(why);
  }

  @Override
  public void togglePlay() {
    if (failure == null) {
      player.togglePlay();
    }
  }

  @Override
  public void seekTo(Duration target) {
    player.seekTo(target);
  }

  @Override
  public void seekBy(Duration distance) {
    player.seekBy(distance);
  }

  @Override
  public void volume(double volume, boolean mute) {
    player.volume(volume, mute);
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

  /**
   * Another launch was handed over: the window comes to the front, and the viewer is asked before
   * what plays is replaced.
   *
   * @return false if it comes too late, since the window was closed
   */
  boolean offer(TorrentSource launched) {
    if (closed) {
      return false;
    }
    window.raise();
    if (launched.equals(source) && failure == null) {
      return true;
    }
    if (failure != null || !player.showing()) {
      replace(launched);
    } else {
      offered = launched;
      window.offer(launched.location().map(URI::getHost).orElse(""));
    }
    return true;
  }

  @Override
  public void answerOffer(boolean accepted) {
    TorrentSource launched = offered;
    withdrawOffer();
    if (accepted && launched != null) {
      replace(launched);
    }
  }

  private void withdrawOffer() {
    offered = null;
    window.withdrawOffer();
  }

  private void replace(TorrentSource launched) {
    log.info("Another launch replaces the clip");
    withdrawOffer();
    source = launched;
    player.drop();
    player.from(Duration.ZERO);
    player.wish(true);
    window.untitled();
    retry();
  }

  @Override
  public void retry() {
    failure = null;
    stream = null;
    player.begin();
    window.recover();
    window.playing(player.wished());
    CompletableFuture<TorrentStream> opening = openClip.open(source, mode);
    CompletableFuture<PreparedClip> preparing = PreparedClip.from(opening, player.position());
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
    player.drop();
    window.hide();
    onClose.run();
  }
}
