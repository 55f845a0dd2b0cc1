package org.peerlet.core.engine;

/**
 * A picture that moves by the rules of the window's {@code BufferPolicy}, over a clip of an even
 * rate.
 */
final class SimulatedPlayer {
  /** The rules of the window, see there. */
  private static final long START_MILLIS = 2_000;

  private static final long START_LEADING_MILLIS = 2_750;

  private static final long MORE_MILLIS = 1_000;
  private static final long MOST_MILLIS = 5_000;
  private static final long DRY_MILLIS = 250;

  private final long askedMillis;
  private final double durationMillis;
  private long lastMillis;
  private double positionMillis;
  private boolean moving;
  private int rebuffers;
  private long rebufferMillis;
  private long startupMillis = -1;

  SimulatedPlayer(long askedMillis, double durationMillis) {
    this.askedMillis = askedMillis;
    this.durationMillis = durationMillis;
    this.lastMillis = askedMillis;
  }

  /**
   * Lets time pass.
   *
   * @param readMillis how far the clip has been read
   */
  void advance(double readMillis, long nowMillis) {
    long elapsed = nowMillis - lastMillis;
    lastMillis = nowMillis;
    if (moving) {
      positionMillis = Math.max(positionMillis, Math.min(readMillis, positionMillis + elapsed));
    } else if (startupMillis >= 0) {
      rebufferMillis += elapsed;
    }
  }

  /**
   * Decides whether the picture moves on.
   *
   * @param untilMillis how far the clip is there without a gap
   * @param leads whether nobody has what comes next
   */
  void buffer(double untilMillis, boolean leads, long nowMillis) {
    double aheadMillis = untilMillis - positionMillis;
    boolean toEnd = untilMillis >= durationMillis;
    if (!moving && (toEnd || aheadMillis >= enoughMillis(leads))) {
      moving = true;
      if (startupMillis < 0) {
        startupMillis = nowMillis - askedMillis;
      }
    } else if (moving && !toEnd && aheadMillis < DRY_MILLIS) {
      moving = false;
      rebuffers++;
    }
  }

  private long enoughMillis(boolean leads) {
    long first = leads ? START_LEADING_MILLIS : START_MILLIS;
    return Math.min(MOST_MILLIS, first + MORE_MILLIS * Math.max(0, rebuffers - 1));
  }

  double positionMillis() {
    return positionMillis;
  }

  boolean moving() {
    return moving;
  }

  boolean ended() {
    return positionMillis >= durationMillis;
  }

  /** From the wish to the moving picture; negative if there was none. */
  long startupMillis() {
    return startupMillis;
  }

  int rebuffers() {
    return rebuffers;
  }

  long rebufferMillis() {
    return rebufferMillis;
  }
}
