package org.peerlet.ui.bench;

import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.engine.EngineOptions;
import org.peerlet.core.engine.StreamEngine;
import org.peerlet.core.engine.TorrentStream;
import org.peerlet.core.sharing.ShareMode;
import org.slf4j.LoggerFactory;

/**
 * Reads a clip from its first byte to its last and prints a {@link Sample}: {@code http URL}
 * straight from a server, {@code peerlet TORRENT CACHE} through the engine and its local URL, out
 * of the swarm.
 */
public final class ReaderProgram {
  private static final int BUFFER_BYTES = 256 << 10;

  private ReaderProgram() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("http")) {
      System.out.println(read(System.nanoTime(), URI.create(arguments[1]).toURL()));
      return;
    }
    EngineOptions defaults = EngineOptions.in(Path.of(arguments[2]));
    EngineOptions options =
        new EngineOptions(defaults.cacheFolder(), 0, true, defaults.metadataTimeout());
    TorrentSource source = TorrentSource.parse(arguments[1]);
    // A program that logs has begun to long before.
    LoggerFactory.getLogger(ReaderProgram.class).debug("Ready");
    long startedNanos = System.nanoTime();
    try (StreamEngine engine = StreamEngine.open(options);
        TorrentStream stream = engine.stream(source, Optional.of(ShareMode.ON))) {
      System.out.println(read(startedNanos, stream.clip().join().url().toURL()));
    }
  }

  private static Sample read(long startedNanos, URL url) throws Exception {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = url.openStream()) {
      long bytes = in.read(buffer);
      long firstNanos = System.nanoTime();
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        bytes += count;
      }
      return Sample.of(
          (firstNanos - startedNanos) / 1_000_000, bytes, System.nanoTime() - firstNanos);
    }
  }
}
