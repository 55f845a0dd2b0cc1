package org.peerlet.core.origin;

import java.time.Duration;
import java.util.Optional;

/**
 * When an origin may be asked again after a failure: 1 s, doubling to 60 s, with jitter, or later
 * if the server's Retry-After says so. Not safe for several threads; time is handed in.
 */
public final class OriginHealth {
  static final long FIRST_MILLIS = 1_000;
  static final long LAST_MILLIS = 60_000;

  /** A server may ask for more patience than we have by ourselves, but not for a lost evening. */
  static final long LONGEST_ASKED_MILLIS = 600_000;

  private int failures;
  private long notBeforeMillis = Long.MIN_VALUE;
  private boolean lost;

  /** Whether the origin may be asked now. */
  public boolean available(long nowMillis) {
    return !lost && nowMillis >= notBeforeMillis;
  }

  /** Whether it failed in a way that asking again can't cure. */
  public boolean lost() {
    return lost;
  }

  /** A request brought all it was asked for. Pieces alone don't count: each body may be cut. */
  public void succeeded() {
    failures = 0;
  }

  /**
   * A request failed.
   *
   * @param jitter in [0, 1): viewers who failed together must not come back together
   */
  public void failed(
      boolean lasting, Optional<Duration> retryAfter, long nowMillis, double jitter) {
    if (lasting) {
      lost = true;
      return;
    }
    long backOff = Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(failures, 6));
    failures++;
    long own = backOff / 2 + (long) (backOff / 2.0 * jitter);
    long asked = retryAfter.map(Duration::toMillis).orElse(0L);
    // Retry-After is the least to wait (RFC 9110, 10.2.3): zero must not become a loop.
    long wait = Math.max(own, Math.min(LONGEST_ASKED_MILLIS, asked));
    // Of two requests that fail, the one that says less does not undo what the other was told.
    notBeforeMillis = Math.max(notBeforeMillis, nowMillis + wait);
  }
}
