package org.peerlet.ui.bench;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
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
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.media.Media;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.torrent.TestTorrents;

/** The clip through Peerlet's engine and its local URL. */
final class PeerletFeed extends GreedyFeed {
  private final URI torrent;
  private final ShareMode share;
  private final StreamEngine engine;
  private @Nullable TorrentStream stream;

  private PeerletFeed(URI torrent, ShareMode share, StreamEngine engine, long markBytes) {
    super(markBytes);
    this.torrent = torrent;
    this.share = share;
    this.engine = engine;
  }

  /**
   * Gets ready. A short clip from an origin of its own, read to the end before the start signal,
   * loads and compiles what a viewing needs: a crowd of real viewers doesn't do that on one
   * machine's processors.
   */
  static PeerletFeed prepare(URI torrent, ShareMode share, Path folder, long markBytes)
      throws Exception {
    warmUp(Files.createDirectories(folder.resolve("trial")));
    return new PeerletFeed(
        torrent, share, StreamEngine.open(EngineOptions.in(folder.resolve("cache"))), markBytes);
  }

  private static void warmUp(Path folder) throws Exception {
    Path clip = Media.CLIP_10S.copyTo(folder);
    String name = clip.getFileName().toString();
    EngineOptions usual = EngineOptions.in(folder.resolve("cache"));
    EngineOptions trial = new EngineOptions(usual.cacheFolder(), 0, true, usual.metadataTimeout());
    try (FaultyOrigin origin = FaultyOrigin.open();
        StreamEngine engine = StreamEngine.open(trial)) {
      String url = origin.serve(name, Content.of(clip)).toString();
      Path torrent =
          TestTorrents.single(name, Content.of(clip))
              .webSeed(url)
              .tracker("http://127.0.0.1:9/announce")
              .build()
              .writeTorrent(folder);
      TorrentSource source = TorrentSource.parse(torrent.toString());
      try (TorrentStream stream = engine.stream(source, Optional.of(ShareMode.ON));
          InputStream body = stream.clip().join().url().toURL().openStream()) {
        stream.playback(Duration.ZERO, true);
        stream.inspection().join();
        stream.playback(Duration.ofMinutes(1), true);
        body.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  @Override
  public Mp4Index open() throws StreamException {
    TorrentStream opened =
        engine.stream(TorrentSource.parse(torrent.toString()), Optional.of(share));
    stream = opened;
    Clip clip = opened.clip().join();
    opened.playback(Duration.ZERO, false);
    read(clip.url(), 0, clip.lengthBytes()); // as a player does that was given the URL
    return opened.inspection().join().index().orElseThrow();
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
    Clip clip = open.clip().join();
    read(clip.url(), firstByte, clip.lengthBytes());
  }

  @Override
  public StreamStatus status() {
    return stream == null ? StreamStatus.OPENING : stream.status();
  }

  @Override
  public void close() {
    super.close();
    if (stream != null) {
      stream.close();
    }
    engine.close();
  }
}
