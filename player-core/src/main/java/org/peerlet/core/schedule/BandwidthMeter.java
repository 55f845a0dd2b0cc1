package org.peerlet.core.schedule;

/**
 * The rate of bytes that arrive in lumps, as an exponentially weighted mean with a time constant.
 * Not safe for several threads: it lives on the engine thread.
 */
public final class BandwidthMeter {
  /** Long enough to bridge the gaps between pieces, short enough to see a source die. */
  private static final double TIME_CONSTANT_MILLIS = 2_000;

  private double bytesPerMilli;
  private long lastMillis;
  private boolean started;

  /**
   * Notes bytes.
   *
   * @param bytes how many came since the last call
   * @param nowMillis a clock that never goes back
   */
  public void add(long bytes, long nowMillis) {
    if (!started) {
      started = true;
      lastMillis = nowMillis;
    }
    decay(nowMillis);
    bytesPerMilli += bytes / TIME_CONSTANT_MILLIS;
  }

  /** The rate now, in bytes per second. */
  public long bytesPerSecond(long nowMillis) {
    decay(nowMillis);
    return Math.round(bytesPerMilli * 1000);
  }

  private void decay(long nowMillis) {
    long elapsed = Math.max(0, nowMillis - lastMillis);
    bytesPerMilli *= Math.exp(-elapsed / TIME_CONSTANT_MILLIS);
    lastMillis = Math.max(lastMillis, nowMillis);
  }
}
