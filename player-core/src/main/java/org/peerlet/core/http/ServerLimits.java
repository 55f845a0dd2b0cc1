package org.peerlet.core.http;

import java.time.Duration;

/**
 * How much of the server one client can take up (threats.md T3). A time-out on writing is missing
 * on purpose: a client that does not read is a paused player.
 *
 * @param maxUnproven connections that have not shown the secret yet
 * @param grace how long one of those is safe from being closed in favour of a newcomer
 * @param maxProved connections that have shown it
 * @param headTimeout from the first moment to the last byte of a request head
 * @param idleTimeout from the end of an answer to the next request
 */
record ServerLimits(
    int maxUnproven, Duration grace, int maxProved, Duration headTimeout, Duration idleTimeout) {
  /**
   * With 32 connections and 20 ms, a flood is let in at 1600 a second at most: it can't starve a
   * stream of processor time, 500 idle connections delay a right request by a third of a second,
   * and one that sends its head within 20 ms, as every player does, is never closed by the flood. A
   * player uses one to three connections; 16 leave room for a few players on one clip. Browsers
   * keep idle connections much longer than 30 s but need not.
   */
  static final ServerLimits DEFAULT =
      new ServerLimits(
          32, Duration.ofMillis(20), 16, Duration.ofSeconds(5), Duration.ofSeconds(30));
}
