package org.peerlet.ui.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.Clip;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.engine.EngineOptions;
import org.peerlet.core.engine.StreamEngine;
import org.peerlet.core.engine.TorrentStream;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.sharing.ShareMode;

/** The clip through Peerlet's engine and its local URL. */
final class PeerletFeed implements SeekingFeed {
  /** A port that nothing listens on, and a hash that no tracker is named for. */
  private static final List<String> NOTHING =
      List.of("http://127.0.0.1:9/nothing.torrent", "magnet:?xt=urn:btih:" + "0".repeat(40));

  private static final Duration TRIAL_TIME = Duration.ofMillis(300);

  private final URI torrent;
  private final ShareMode share;
  private final StreamEngine engine;
  private final long markBytes;
  private @Nullable TorrentStream stream;
  private @Nullable GreedyReader reader;

  private PeerletFeed(URI torrent, ShareMode share, StreamEngine engine, long markBytes) {
    this.torrent = torrent;
    this.share = share;
    this.engine = engine;
    this.markBytes = markBytes;
  }

  /**
   * Gets ready. The classes and the native library are loaded by looking for two clips that nobody
   * has: a crowd of real viewers doesn't load them all on one machine's processors.
   */
  static PeerletFeed prepare(URI torrent, ShareMode share, Path folder, long markBytes)
      throws StreamException {
    EngineOptions trial = new EngineOptions(folder.resolve("trial"), 0, true, TRIAL_TIME);
    try (StreamEngine engine = StreamEngine.open(trial)) {
      for (String nothing : NOTHING) {
        try (TorrentStream stream =
            engine.stream(TorrentSource.parse(nothing), Optional.of(ShareMode.RECEIVE))) {
          Clip unusedClip = stream.clip().exceptionally(missing -> null).join();
        }
      }
    }
    return new PeerletFeed(
        torrent, share, StreamEngine.open(EngineOptions.in(folder.resolve("cache"))), markBytes);
  }

  @Override
  public Mp4Index open() throws StreamException {
    TorrentStream opened =
        engine.stream(TorrentSource.parse(torrent.toString()), Optional.of(share));
    stream = opened;
    Clip clip = opened.clip().join();
    Mp4Index index = opened.inspection().join().index().orElseThrow();
    opened.playback(Duration.ZERO, false);
    reader = new GreedyReader(clip.url(), 0, clip.lengthBytes(), markBytes);
    return index;
  }

  @Override
  public void playback(Duration position, boolean playing) {
    if (stream != null) {
      stream.playback(position, playing);
    }
  }

  /** As the window does where JavaFX can't: the stream learns of it first. */
  @Override
  public void seek(Duration position, long firstByte) {
    TorrentStream open = Objects.requireNonNull(stream, "not open");
    open.playback(position, false);
    if (reader != null) {
      reader.close();
    }
    Clip clip = open.clip().join();
    reader = new GreedyReader(clip.url(), firstByte, clip.lengthBytes(), markBytes);
  }

  @Override
  public StreamStatus status() {
    return stream == null ? StreamStatus.OPENING : stream.status();
  }

  @Override
  public long readBytes() {
    return reader == null ? 0 : reader.readBytes();
  }

  @Override
  public OptionalLong firstByteNanos() {
    return reader == null ? OptionalLong.empty() : reader.firstByteNanos();
  }

  @Override
  public OptionalLong markNanos() {
    return reader == null ? OptionalLong.empty() : reader.markNanos();
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
    if (stream != null) {
      stream.close();
    }
    engine.close();
  }
}
