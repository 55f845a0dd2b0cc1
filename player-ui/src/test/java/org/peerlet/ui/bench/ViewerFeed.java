package org.peerlet.ui.bench;

import java.time.Duration;
import java.util.OptionalLong;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.media.Mp4Index;

/** Where a {@link ViewerProgram} gets its clip from: one of the subjects that are compared. */
interface ViewerFeed extends AutoCloseable {
  /** The viewer asks for the clip. Returns when a player could be opened. */
  Mp4Index open() throws Exception;

  /** Says where the player stands, for whoever paces it. */
  void playback(Duration position, boolean playing);

  /** What is there, and what it took; still there after {@link #close}. */
  StreamStatus status();

  /** How much the player has read, from the clip's start on. */
  long readBytes();

  /** When the player got its first byte, by {@link System#nanoTime}. */
  OptionalLong firstByteNanos();

  /**
   * When the player had read so many bytes as it was to watch for, by {@link System#nanoTime}; at
   * first they are one piece of the torrent.
   */
  OptionalLong markNanos();

  @Override
  void close();
}
