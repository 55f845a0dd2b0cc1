package org.peerlet.ui.player;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.scene.media.Media;
import javafx.scene.media.MediaException;
import javafx.scene.media.MediaPlayer;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.Clip;
import org.peerlet.core.engine.ClipInspection;
import org.peerlet.core.engine.TorrentStream;
import org.peerlet.core.media.Playability.Verdict;

/**
 * A clip that was looked into, and JavaFX's player for it. The player is made on a thread of its
 * own, since loading JavaFX's media code takes as long as building the window: done one after the
 * other, the first frame came 0.3 s later.
 *
 * @param url what the player reads; the clip's own or the one without sound
 * @param silent whether the sound was taken out
 * @param player null if there is nothing to play
 */
record PreparedClip(
    TorrentStream stream,
    Clip clip,
    ClipInspection inspection,
    URI url,
    boolean silent,
    @Nullable MediaPlayer player) {

  private static final Executor THREAD =
      work -> {
        Thread thread = new Thread(work, "peerlet-player-media");
        thread.setDaemon(true);
        thread.start();
      };

  /**
   * Prepares what is being opened. JavaFX must have started.
   *
   * @param from where the picture will begin
   * @return fails with what the stream fails with
   */
  static CompletableFuture<PreparedClip> from(
      CompletableFuture<TorrentStream> opening, Duration from) {
    return opening.thenCompose(
        stream ->
            stream
                .clip()
                .thenCombineAsync(
                    stream.inspection(), (clip, found) -> of(stream, clip, found, from), THREAD));
  }

  private static PreparedClip of(
      TorrentStream stream, Clip clip, ClipInspection found, Duration from) {
    Verdict verdict = found.playability().verdict();
    Optional<URI> silentUrl =
        verdict == Verdict.PLAYS_WITHOUT_SOUND ? stream.silentUrl() : Optional.empty();
    URI url = silentUrl.orElse(clip.url());
    MediaPlayer player = null;
    if (verdict != Verdict.UNPLAYABLE) {
      stream.playback(from, false);
      player = player(url);
    }
    return new PreparedClip(stream, clip, found, url, silentUrl.isPresent(), player);
  }

  /** JavaFX's player for a URL; null if it wants none of it. */
  static @Nullable MediaPlayer player(URI url) {
    try {
      return new MediaPlayer(new Media(url.toString()));
    } catch (MediaException refused) {
      return null;
    }
  }

  /** Nobody wants it any more. */
  void discard() {
    if (player != null) {
      stream.closeConnections();
      player.dispose();
    }
  }
}
