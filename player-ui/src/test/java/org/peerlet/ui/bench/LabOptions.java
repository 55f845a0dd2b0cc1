package org.peerlet.ui.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.ui.cli.DurationText;
import picocli.CommandLine.Option;

/** What all benchmarks in networks of namespaces let one choose. */
final class LabOptions {
  @Option(
      names = "--round-trip",
      defaultValue = "60ms",
      converter = DurationText.class,
      description = "Between any two machines. Default: ${DEFAULT-VALUE}.")
  Duration roundTrip;

  @Option(
      names = "--bitrate",
      defaultValue = "1500000",
      description = "Of the clip, in bit/s. Default: ${DEFAULT-VALUE}.")
  long bitsPerSecond;

  @Option(
      names = "--trace",
      paramLabel = "FOLDER",
      description = "Write each viewer's status once a second, and its log, below this folder.")
  @Nullable Path traces;

  @Option(names = "--media", hidden = true, defaultValue = "player-ui/target/bench-media")
  Path media;

  @Option(names = "--out", description = "Write the raw figures to this JSON file.")
  @Nullable Path out;

  CrowdClip clip(int seconds) throws IOException, InterruptedException {
    try (SwarmLab lab = SwarmLab.open()) {
      return CrowdClip.of(lab, media, seconds, bitsPerSecond);
    }
  }

  Duration oneWay() {
    return roundTrip.dividedBy(2);
  }
}
