package org.peerlet.ui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.fixtures.lab.SwarmLab;

/** Viewers behind lines of their own help each other, and the programs that measure it work. */
class CrowdIT {
  private static final int VIEWERS = 3;
  private static final int CLIP_SECONDS = 10;
  private static final long BITS_PER_SECOND = 1_500_000;

  @Test
  void aCrowdTakesLessThanACopyEachFromTheSite() throws Exception {
    Path media = Path.of(System.getProperty("basedir", ""), "target", "bench-media");
    CrowdClip clip;
    try (SwarmLab lab = SwarmLab.open()) {
      clip = CrowdClip.of(lab, media, CLIP_SECONDS, BITS_PER_SECOND);
    }
    CrowdPlan plan =
        new CrowdPlan(
            VIEWERS,
            Duration.ofSeconds(2),
            List.of(1.5),
            0,
            null,
            2,
            Duration.ofMillis(30),
            null,
            null);
    CrowdResult result = CrowdRun.run(plan, clip, Subject.PEERLET, "crowd");
    assertThat(result.viewers())
        .hasSize(VIEWERS)
        .allSatisfy(
            viewer -> {
              assertThat(viewer.failure()).isNull();
              assertThat(viewer.finished()).isTrue();
            });
    assertThat(result.originCopies()).as("copies, of %s", result).isBetween(1.0, VIEWERS - 0.1);
  }
}
