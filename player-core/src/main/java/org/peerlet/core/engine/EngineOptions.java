package org.peerlet.core.engine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How an engine works.
 *
 * @param cacheFolder for the pieces of clips in play; made when missing
 * @param port of the local stream server, 0 for any
 * @param lan whether loopback and private addresses may be named by any source
 * @param metadataTimeout how long peers are asked for the metadata of a magnet URI
 */
public record EngineOptions(Path cacheFolder, int port, boolean lan, Duration metadataTimeout) {
  /** Long enough for a DHT look-up and a slow seeder; nobody waits longer for a window. */
  public static final Duration DEFAULT_METADATA_TIMEOUT = Duration.ofSeconds(60);

  public EngineOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /** The default in a cache folder. */
  public static EngineOptions in(Path cacheFolder) {
    return new EngineOptions(cacheFolder, 0, false, DEFAULT_METADATA_TIMEOUT);
  }
}
