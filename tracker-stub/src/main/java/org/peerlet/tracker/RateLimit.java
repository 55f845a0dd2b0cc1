package org.peerlet.tracker;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket per {@link AddressBlock}. Any thread; the lock is held for a few instructions.
 *
 * <p>The least recently seen blocks are forgotten, so that memory is bounded; a forgotten block
 * starts with a full bucket.
 */
final class RateLimit {
  private static final int MAX_BLOCKS = 10_000;

  private final LinkedHashMap<AddressBlock, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AddressBlock, Bucket> eldest) {
          return size() > MAX_BLOCKS;
        }
      };

  private final double burst;
  private final double perSecond;

  private static final class Bucket {
    double tokens;
    long filledMillis;
  }

  RateLimit(double burst, double perSecond) {
    this.burst = burst;
    this.perSecond = perSecond;
  }

  /**
   * The limit for a given interval: a school or an office is 100 viewers behind one address. They
   * all press play at once, twice each (IPv4 and IPv6, or a hybrid torrent's two hashes), reload,
   * finish and stop: a burst of 1000. From then on each announces once an interval; four times that
   * leaves room for retries and events.
   */
  static RateLimit forInterval(long intervalSeconds) {
    int viewers = 100;
    return new RateLimit(10 * viewers, Math.max(20, 4.0 * viewers / intervalSeconds));
  }

  /** Takes one token, or says that there is none. */
  synchronized boolean allows(InetAddress address, long nowMillis) {
    Bucket bucket = buckets.get(AddressBlock.of(address));
    if (bucket == null) {
      bucket = new Bucket();
      bucket.tokens = burst;
      bucket.filledMillis = nowMillis;
      buckets.put(AddressBlock.of(address), bucket);
    }
    long sinceMillis = Math.max(0, nowMillis - bucket.filledMillis);
    bucket.tokens = Math.min(burst, bucket.tokens + sinceMillis * perSecond / 1000);
    bucket.filledMillis = nowMillis;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }
}
