package org.peerlet.tracker;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TrackerServer} is to do.
 *
 * @param folder the folder whose files the origin serves, or null for a tracker alone
 * @param host name or address to listen on
 * @param port 0–65535; 0 takes a free one
 * @param interval how often peers are asked to announce, 1 s – 1 h
 * @param openTracker true to track any torrent, false to track only those whose {@code .torrent}
 *     lies in the folder
 * @param accessLog file to which one line per request is appended, or null for none
 */
public record Options(
    @Nullable Path folder,
    String host,
    int port,
    Duration interval,
    boolean openTracker,
    @Nullable Path accessLog) {

  /**
   * Viewers of one clip come and go in minutes, so they should find each other in seconds; a
   * thousand viewers at this interval are 33 small requests a second.
   */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

  private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

  public Options {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0-65535, not " + port);
    }
    if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "interval must be 1-3600 seconds, not " + interval.toSeconds());
    }
    if (folder == null && !openTracker) {
      throw new IllegalArgumentException("without a folder the tracker must be open");
    }
  }

  /** Serves a folder and tracks the torrents in it, on a free port of 127.0.0.1. */
  public static Options serving(Path folder) {
    return new Options(folder, "127.0.0.1", 0, DEFAULT_INTERVAL, false, null);
  }

  /** Tracks any torrent and serves no file, on a free port of 127.0.0.1. */
  public static Options trackerOnly() {
    return new Options(null, "127.0.0.1", 0, DEFAULT_INTERVAL, true, null);
  }

  public Options withHost(String newHost) {
    return new Options(folder, newHost, port, interval, openTracker, accessLog);
  }

  public Options withPort(int newPort) {
    return new Options(folder, host, newPort, interval, openTracker, accessLog);
  }

  public Options withInterval(Duration newInterval) {
    return new Options(folder, host, port, newInterval, openTracker, accessLog);
  }

  public Options withOpenTracker(boolean open) {
    return new Options(folder, host, port, interval, open, accessLog);
  }

  public Options withAccessLog(@Nullable Path file) {
    return new Options(folder, host, port, interval, openTracker, file);
  }
}
