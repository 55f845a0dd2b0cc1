package org.peerlet.core.engine;

import java.util.function.DoubleSupplier;

/** A rate as libtorrent shows it: once a second, a fifth of it is new. */
final class SmoothRate {
  private static final long SAMPLE_MILLIS = 1_000;
  private static final double SMOOTH_SAMPLES = 5;

  private double bytesPerSecond;
  private double sampledBytes;
  private long sampledAtMillis;

  /** Looks at how many bytes there have been, if it is time to. */
  void look(DoubleSupplier allBytes, long nowMillis) {
    if (nowMillis - sampledAtMillis >= SAMPLE_MILLIS) {
      double bytes = allBytes.getAsDouble();
      double sample = sampledAtMillis == 0 ? 0 : bytes - sampledBytes;
      bytesPerSecond += (sample - bytesPerSecond) / SMOOTH_SAMPLES;
      sampledBytes = bytes;
      sampledAtMillis = nowMillis;
    }
  }

  long bytesPerSecond() {
    return (long) bytesPerSecond;
  }
}
