package org.peerlet.core.engine;

import org.peerlet.core.schedule.BandwidthMeter;
import org.peerlet.core.schedule.ReadWindow;
import org.peerlet.core.schedule.ReadaheadPolicy;

/** What is remembered of one reader between two decisions: how fast it reads. */
final class ReaderPace {
  /**
   * A player that buffers ahead of the clock is trusted for this much; beyond, it may as well be
   * paused or gone.
   */
  private static final long MAX_LEAD_MILLIS = 30_000;

  /** Short: a copy's window grows with its rate, and its rate with the window. */
  private static final double METER_MILLIS = 500;

  private final BandwidthMeter meter = new BandwidthMeter(METER_MILLIS);
  private long bytesRead;
  private double leadBytes;
  private long seenMillis;

  /** Notes how the reader stands and says what it wants. */
  ReadWindow window(ReaderView reader, long bytesPerSecond, int pieceLength, long nowMillis) {
    long taken = reader.bytesRead() - bytesRead;
    bytesRead = reader.bytesRead();
    meter.add(taken, nowMillis);
    long leadMillis =
        reader.playedTo() < 0
            ? leadMillis(taken, bytesPerSecond, nowMillis)
            : Math.max(0, reader.position() - reader.playedTo()) * 1000 / bytesPerSecond;
    long readahead =
        ReadaheadPolicy.readaheadBytes(
            bytesPerSecond, meter.bytesPerSecond(nowMillis), leadMillis, pieceLength);
    long end = Math.min(reader.end(), reader.position() + readahead);
    return new ReadWindow(
        reader.position(), Math.max(reader.position(), end), leadMillis, reader.urgent());
  }

  /**
   * What the reader has got and not played yet, in playing time. Never less than nothing: after a
   * stall or a pause, a player goes on where it stood and has no time to make up.
   */
  private long leadMillis(long taken, long bytesPerSecond, long nowMillis) {
    double played = Math.max(0, nowMillis - seenMillis) * bytesPerSecond / 1000.0;
    double most = MAX_LEAD_MILLIS * bytesPerSecond / 1000.0;
    leadBytes = Math.max(0, Math.min(most, Math.max(0, leadBytes - played) + taken));
    seenMillis = nowMillis;
    return (long) (leadBytes * 1000 / bytesPerSecond);
  }
}
