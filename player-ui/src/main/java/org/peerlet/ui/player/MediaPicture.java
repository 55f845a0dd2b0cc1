package org.peerlet.ui.player;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.AnimationTimer;
import javafx.scene.media.MediaException;
import javafx.scene.media.MediaPlayer;
import javafx.scene.media.MediaPlayer.Status;
import javafx.scene.media.MediaView;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.engine.TorrentStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moving picture: owns JavaFX's player and keeps the rules of facts.md, "JavaFX Media". The
 * stream learns the position before JavaFX asks for bytes; a seek or a dispose never waits for a
 * stalled body, because its connection is closed on the server's side; and the end that JavaFX sees
 * in a closed connection is believed only near the end of the clip.
 */
final class MediaPicture {
  private static final Logger log = LoggerFactory.getLogger(MediaPicture.class);

  /** Sound and picture may end this far apart, and the position is read ten times a second. */
  private static final Duration NEAR_END = Duration.ofMillis(1500);

  /** A position this close to the target of a seek is that of the seek. */
  private static final Duration SEEK_DONE = Duration.ofSeconds(1);

  /** JavaFX answers seeks within 300 ms; afterwards its own position counts again. */
  private static final long SEEK_MILLIS = 3000;

  /** A read that is held back ends with the next few bytes. */
  private static final Duration NUDGE = Duration.ofSeconds(3);

  /** Seeks take 5 to 20 ms; no viewer notices this long a pause. */
  private static final long MOST_SEEK_MILLIS = 100;

  private static final ScheduledExecutorService GUARD =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "peerlet-player-seek-guard");
            thread.setDaemon(true);
            return thread;
          });

  /** An end that comes again at the same place is a fault of the clip. */
  private static final int MOST_FALSE_ENDS = 3;

  /** What the picture tells. */
  interface Listener {
    /** JavaFX has read the clip's beginning. */
    void ready(Duration duration);

    /** The first frame is on the screen. */
    void firstFrame();

    void ended();

    /**
     * JavaFX can't go on with this URL.
     *
     * @param halted whether it gave up on a device or a track, as it does where there is no sound
     *     device (facts.md, JavaFX Media 1)
     */
    void failed(boolean halted, String detail);
  }

  private final TorrentStream stream;
  private final Listener listener;
  private final MediaView view;
  private final AnimationTimer firstFrame =
      new AnimationTimer() {
        @Override
        public void handle(long nowNanos) {
          look();
        }
      };
  // JavaFX forgets a player that nobody holds (facts.md, JavaFX Media 10).
  private @Nullable MediaPlayer player;
  private @Nullable URI url;
  private boolean silent;
  private boolean moving;
  private boolean ready;
  private boolean ended;
  private boolean shown;
  private double volume = 1;
  private boolean muted;
  private Duration position = Duration.ZERO;
  private Duration startAt = Duration.ZERO;
  private Duration furthest = Duration.ZERO;
  private @Nullable Duration seekTarget;
  private long seekAtMillis;
  private int falseEnds;
  private Duration falseEndAt = Duration.ZERO;

  MediaPicture(TorrentStream stream, MediaView view, Listener listener) {
    this.stream = stream;
    this.view = view;
    this.listener = listener;
  }

  /**
   * Shows a URL of the stream from a position on, in place of the one before.
   *
   * @param opened JavaFX's player for the URL, which may have got anywhere meanwhile; null if it
   *     refused
   */
  void open(URI clipUrl, boolean withoutSound, Duration from, @Nullable MediaPlayer opened) {
    disposePlayer(from);
    url = clipUrl;
    silent = withoutSound;
    position = from;
    startAt = from;
    ended = false;
    ready = false;
    seekTarget = null;
    if (opened == null) {
      listener.failed(false, "refused at once");
      return;
    }
    player = opened;
    if (!shown) {
      firstFrame.start();
    }
    opened.setVolume(volume);
    opened.setMute(muted);
    opened.setOnEndOfMedia(() -> onEnd(opened));
    opened.setOnError(() -> onError(opened));
    view.setMediaPlayer(opened);
    if (opened.getError() != null) {
      onError(opened);
    } else if (opened.getStatus() == Status.READY) {
      onReady(opened);
    } else {
      opened.setOnReady(() -> onReady(opened));
    }
  }

  private void onReady(MediaPlayer of) {
    if (of != player) {
      return;
    }
    ready = true;
    listener.ready(duration());
    if (!startAt.isZero()) {
      seekWithin(of, startAt);
    }
    if (moving) {
      of.play();
    }
  }

  private void onEnd(MediaPlayer of) {
    if (of != player || url == null) {
      return;
    }
    Duration at = position;
    if (at.plus(NEAR_END).compareTo(duration()) >= 0) {
      ended = true;
      position = duration();
      listener.ended();
      return;
    }
    boolean again = at.minus(falseEndAt).abs().compareTo(SEEK_DONE) < 0;
    falseEnds = again ? falseEnds + 1 : 1;
    falseEndAt = at;
    if (falseEnds >= MOST_FALSE_ENDS) {
      listener.failed(false, "ends early, at " + at);
      return;
    }
    log.debug("A closed connection looked like the end at {}", at);
    open(url, silent, at, PreparedClip.player(url));
  }

  private void onError(MediaPlayer of) {
    MediaException why = of.getError();
    if (of == player && why != null) {
      listener.failed(why.getType() == MediaException.Type.PLAYBACK_HALTED, why.toString());
    }
  }

  void play() {
    moving = true;
    tell(position, true);
    if (player != null && ready) {
      player.play();
    }
  }

  void pause() {
    moving = false;
    tell(position, false);
    if (player != null && ready) {
      player.pause();
    }
  }

  /**
   * Goes to a position; what happens to the movement is the caller's business.
   *
   * @param flowing whether JavaFX gets bytes as soon as it may have them, which it doesn't when the
   *     network is behind
   */
  void seek(Duration target, boolean flowing) {
    position = target;
    ended = false;
    if (player == null || !ready) {
      startAt = target;
      stream.playback(target, moving);
    } else if (!flowing || !seekWithin(player, target)) {
      reopen();
    }
  }

  /**
   * JavaFX's seek waits for a body that is held back, for ever if need be. So the body is let flow
   * a little; if that does not help, its connection is closed. A closed connection must not go on
   * to be read from: JavaFX takes its end for that of the clip, and does not ask again for what
   * follows its spool.
   *
   * @return false if the connection was closed
   */
  private boolean seekWithin(MediaPlayer of, Duration target) {
    seekTarget = target;
    seekAtMillis = nowMillis();
    tell(furthest.plus(NUDGE), false);
    AtomicBoolean closed = new AtomicBoolean();
    ScheduledFuture<?> guard =
        GUARD.schedule(
            () -> {
              closed.set(true);
              stream.closeConnections();
            },
            MOST_SEEK_MILLIS,
            TimeUnit.MILLISECONDS);
    of.seek(javafx.util.Duration.millis((double) target.toMillis()));
    guard.cancel(false);
    stream.playback(target, moving);
    log.debug("Seek to {} took {} ms", target, nowMillis() - seekAtMillis);
    if (moving) {
      of.play();
    }
    return !closed.get();
  }

  private void tell(Duration at, boolean moves) {
    furthest = furthest.compareTo(at) > 0 ? furthest : at;
    stream.playback(at, moves);
  }

  /** Opens the same URL again where it stands, since JavaFX hangs. */
  void reopen() {
    if (url != null) {
      open(url, silent, position, PreparedClip.player(url));
    }
  }

  /** To be called several times a second. */
  void tick() {
    if (player == null || !ready || ended) {
      return;
    }
    Duration now = Duration.ofMillis((long) player.getCurrentTime().toMillis());
    if (seekTarget == null
        || now.minus(seekTarget).abs().compareTo(SEEK_DONE) < 0
        || nowMillis() - seekAtMillis > SEEK_MILLIS) {
      seekTarget = null;
      position = now;
    }
    tell(position, moving);
    if (moving && player.getStatus() == Status.STALLED) {
      // By itself it would wait for 10 s of data; whether there is enough is decided elsewhere.
      player.play();
    }
  }

  /** Looks at each pulse of JavaFX, since ten times a second would be late for the first frame. */
  private void look() {
    if (player != null
        && player.getStatus() == Status.PLAYING
        && player.getCurrentTime().greaterThan(javafx.util.Duration.ZERO)) {
      shown = true;
      firstFrame.stop();
      listener.firstFrame();
    }
  }

  /** Media time on the screen. */
  Duration position() {
    return position;
  }

  /** Zero until known. */
  Duration duration() {
    if (player == null || !ready || player.getTotalDuration().isIndefinite()) {
      return Duration.ZERO;
    }
    javafx.util.Duration total = player.getTotalDuration();
    return total.isUnknown() ? Duration.ZERO : Duration.ofMillis((long) total.toMillis());
  }

  boolean ended() {
    return ended;
  }

  /** Whether a frame has ever been on the screen. */
  boolean shown() {
    return shown;
  }

  boolean silent() {
    return silent;
  }

  void volume(double newVolume, boolean mute) {
    volume = newVolume;
    muted = mute;
    if (player != null) {
      player.setVolume(newVolume);
      player.setMute(mute);
    }
  }

  /** Takes the picture away; its connections are closed. */
  void close() {
    firstFrame.stop();
    disposePlayer(position);
    view.setMediaPlayer(null);
  }

  private void disposePlayer(Duration next) {
    furthest = next;
    stream.playback(next, moving);
    MediaPlayer old = player;
    player = null;
    if (old != null) {
      stream.closeConnections();
      old.dispose();
    }
  }

  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }
}
