package org.peerlet.core.schedule;

/**
 * The rate of bytes that arrive in lumps, as an exponentially weighted mean with a time constant.
 * Not safe for several threads: it lives on the engine thread.
 */
public final class BandwidthMeter {
  /** Long enough to bridge the gaps between pieces, short enough to see a source die. */
  private static final double USUAL_MILLIS = 2_000;

  /** Bytes of a shorter time say nothing of a rate. */
  private static final double SHORTEST_MILLIS = 100;

  private final double timeConstantMillis;
  private double bytesPerMilli;
  private long startMillis;
  private long lastMillis;
  private boolean started;

  /** A meter with the usual time constant of 2 s. */
  public BandwidthMeter() {
    this(USUAL_MILLIS);
  }

  /**
   * @param timeConstantMillis after which what came counts for a third, above 0
   */
  public BandwidthMeter(double timeConstantMillis) {
    this.timeConstantMillis = timeConstantMillis;
  }

  /**
   * Notes bytes.
   *
   * @param bytes how many came since the last call
   * @param nowMillis a clock that never goes back
   */
  public void add(long bytes, long nowMillis) {
    if (!started) {
      started = true;
      startMillis = nowMillis;
      lastMillis = nowMillis;
    }
    decay(nowMillis);
    bytesPerMilli += bytes / timeConstantMillis;
  }

  /** The rate now, in bytes per second. */
  public long bytesPerSecond(long nowMillis) {
    decay(nowMillis);
    if (!started) {
      return 0;
    }
    // What is missing before the start must not count as silence.
    double seen = Math.max(SHORTEST_MILLIS, (double) (nowMillis - startMillis));
    return Math.round(bytesPerMilli * 1000 / (1 - Math.exp(-seen / timeConstantMillis)));
  }

  private void decay(long nowMillis) {
    long elapsed = Math.max(0, nowMillis - lastMillis);
    bytesPerMilli *= Math.exp(-elapsed / timeConstantMillis);
    lastMillis = Math.max(lastMillis, nowMillis);
  }
}
