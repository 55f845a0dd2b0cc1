package org.peerlet.core.engine;

import java.util.Optional;
import org.peerlet.core.StreamException;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.http.StreamServer;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.CacheFolder;

/**
 * The way in: an engine has a cache folder and a local stream server, and opens clips on them.
 *
 * <pre>{@code
 * try (StreamEngine engine = StreamEngine.open(EngineOptions.in(cacheFolder));
 *     TorrentStream stream = engine.stream(source, Optional.of(ShareMode.ON))) {
 *   URI url = stream.clip().join().url(); // open it in any player
 * }
 * }</pre>
 *
 * <p>Safe for several threads.
 */
public final class StreamEngine implements AutoCloseable {
  private final EngineOptions options;
  private final CacheFolder cache;
  private final StreamServer server;

  private StreamEngine(EngineOptions options, CacheFolder cache, StreamServer server) {
    this.options = options;
    this.cache = cache;
    this.server = server;
  }

  /**
   * Opens an engine.
   *
   * @throws StreamException {@code CACHE_NOT_WRITABLE} or {@code PORT_UNAVAILABLE}
   */
  public static StreamEngine open(EngineOptions options) throws StreamException {
    CacheFolder cache = CacheFolder.open(options.cacheFolder());
    return new StreamEngine(options, cache, StreamServer.open(options.port()));
  }

  /**
   * Opens a clip; returns at once, before anything was read.
   *
   * @param share what the viewer allows; empty when they have not been asked yet, and then nothing
   *     but the origin is contacted until {@link TorrentStream#share}
   */
  public TorrentStream stream(TorrentSource source, Optional<ShareMode> share) {
    return new TorrentStream(options, cache, server, source, share);
  }

  /** Closes the server. The clips are closed by whoever opened them, before. */
  @Override
  public void close() {
    server.close();
  }
}
