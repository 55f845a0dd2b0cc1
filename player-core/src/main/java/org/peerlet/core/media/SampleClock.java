package org.peerlet.core.media;

import org.peerlet.core.StreamException;

/** Walks the decode times of a track ({@code stts}, run-length coded). */
final class SampleClock {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** 68 years: keeps microseconds far from overflow. */
  private static final long MAX_SECONDS = Integer.MAX_VALUE;

  private final Box stts;
  private final int runs;
  private final long timescale;
  private final long shiftMicros;
  private int run = -1;
  private long leftInRun;
  private long delta;
  private long ticks;

  /**
   * @param timescale ticks a second
   * @param shiftMicros what an edit list adds to each time
   */
  SampleClock(Box stts, long timescale, long shiftMicros) throws StreamException {
    this.stts = stts;
    this.runs = stts.tableCount(4, 8);
    this.timescale = timescale;
    this.shiftMicros = shiftMicros;
  }

  /** Decode time of the current sample; it can be negative. */
  long micros() {
    return shiftMicros + micros(ticks, timescale);
  }

  /** Goes on by some samples. After the last run, its delta goes on. */
  void advance(long samples) throws StreamException {
    long left = samples;
    while (left > 0) {
      if (leftInRun == 0 && run + 1 < runs) {
        nextRun();
        continue;
      }
      long step = leftInRun == 0 ? left : Math.min(left, leftInRun);
      if (delta > 0 && step > (MAX_SECONDS * timescale - ticks) / delta) {
        throw Damaged.file();
      }
      ticks += step * delta;
      leftInRun -= leftInRun == 0 ? 0 : step;
      left -= step;
    }
  }

  private void nextRun() throws StreamException {
    run++;
    leftInRun = stts.u32(8 + run * 8);
    // Some muxers write small negative deltas here; as unsigned they would be hours.
    delta = Math.max(0, stts.i32(12 + run * 8));
  }

  static long micros(long ticks, long timescale) {
    return ticks / timescale * MICROS_PER_SECOND
        + ticks % timescale * MICROS_PER_SECOND / timescale;
  }
}
