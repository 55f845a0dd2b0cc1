package org.peerlet.core.engine;

import java.util.BitSet;
import java.util.List;
import org.peerlet.core.schedule.FileLayout;

/**
 * A viewer's window: reads the index, opens the player, and reads as far ahead of the picture as it
 * is let.
 */
final class SimulatedWindow {
  /** As {@code PlayerPace} paces the window. */
  private static final long PLAYER_READAHEAD_MILLIS = 15_000;

  /** What an index has for a second of picture and sound: about 70 samples. */
  private static final int INDEX_BYTES_PER_SECOND = 800;

  /** Until a player that was told of the clip asks for it. */
  private static final long PLAYER_OPENS_MILLIS = 130;

  private final VirtualTime time;
  private final FileLayout layout;
  private final BitSet have;
  private final long indexBytes;
  private final SimulatedPlayer player;
  private long playerOpensAtMillis = Long.MAX_VALUE;
  private double readBytes;

  /**
   * @param have the pieces that are there, as they come
   */
  SimulatedWindow(VirtualTime time, FileLayout layout, int clipSeconds, BitSet have) {
    this.time = time;
    this.layout = layout;
    this.have = have;
    this.indexBytes = (long) INDEX_BYTES_PER_SECOND * clipSeconds;
    this.player = new SimulatedPlayer(time.nowMillis(), 1000.0 * clipSeconds);
  }

  SimulatedPlayer player() {
    return player;
  }

  /** Moves the picture, and reads on. */
  void play(boolean leadsSwarm) {
    long now = time.nowMillis();
    if (playerOpensAtMillis == Long.MAX_VALUE && gapAfter(0) >= indexBytes) {
      playerOpensAtMillis = now + PLAYER_OPENS_MILLIS;
    }
    if (now < playerOpensAtMillis) {
      return;
    }
    player.advance(millis(readBytes), now);
    double position = bytes(player.positionMillis());
    player.buffer(millis(gapAfter(position)), leadsSwarm, now);
    double readable = Math.min(gapAfter(readBytes), position + bytes(PLAYER_READAHEAD_MILLIS));
    readBytes = Math.max(readBytes, readable);
  }

  private double gapAfter(double position) {
    if (position >= layout.fileLength()) {
      return layout.fileLength();
    }
    int missing = have.nextClearBit(layout.pieceAt((long) position));
    return Math.max(
        position, (double) Math.min(layout.fileLength(), layout.filePositionOf(missing)));
  }

  private static double millis(double bytes) {
    return bytes * 1000 / SimulationPlan.BYTES_PER_SECOND;
  }

  private static double bytes(double millis) {
    return millis * SimulationPlan.BYTES_PER_SECOND / 1000;
  }

  /** Who reads now. */
  List<ReaderView> readers() {
    if (playerOpensAtMillis == Long.MAX_VALUE) {
      long indexRead = (long) gapAfter(0);
      return List.of(new ReaderView(0, indexRead, indexBytes, indexRead, true));
    }
    if (time.nowMillis() < playerOpensAtMillis) {
      return List.of();
    }
    long read = (long) readBytes;
    if (read >= layout.fileLength()) {
      return List.of();
    }
    long playedTo = (long) bytes(player.positionMillis());
    return List.of(
        new ReaderView(1, read, layout.fileLength(), read, false, playedTo, player.moving()));
  }
}
