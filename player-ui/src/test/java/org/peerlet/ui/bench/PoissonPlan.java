package org.peerlet.ui.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What does not depend on who comes when.
 *
 * @param originUplink in clip bitrates
 * @param pool how many viewers' programs wait for their turn at most
 * @param traces folder for a trace of each viewer; null for none
 */
record PoissonPlan(
    CrowdClip clip,
    Subject subject,
    double originUplink,
    Duration oneWay,
    int pool,
    @Nullable Path traces) {

  /** Long enough for a viewer that gets half of what it needs; beyond that nobody watches. */
  Duration giveUpAfter() {
    return Duration.ofSeconds(3L * clip.seconds() + 30);
  }
}
