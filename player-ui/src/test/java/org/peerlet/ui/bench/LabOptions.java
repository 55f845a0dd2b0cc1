package org.peerlet.ui.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.ui.cli.DurationText;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all benchmarks in networks of namespaces let one choose, and how they begin and report. */
final class LabOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec benchmark;

  @Option(names = "--runs", description = "How often all is measured. Default: ${DEFAULT-VALUE}.")
  int runs;

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
  private long bitsPerSecond;

  @Option(
      names = "--trace",
      paramLabel = "FOLDER",
      description = "Write each viewer's status once a second, and its log, below this folder.")
  @Nullable Path traces;

  @Option(names = "--media", hidden = true, defaultValue = "player-ui/target/bench-media")
  private Path media;

  @Option(names = "--out", description = "Write the raw figures to this JSON file.")
  private @Nullable Path out;

  /**
   * @param runs unless told otherwise
   */
  LabOptions(int runs) {
    this.runs = runs;
  }

  /** Runs a benchmark, and ends the JVM. */
  static void run(Callable<Integer> benchmark, String[] arguments) {
    CommandLine command = new CommandLine(benchmark);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(command.execute(arguments));
  }

  CrowdClip clip(int seconds) throws IOException, InterruptedException {
    try (SwarmLab lab = SwarmLab.open()) {
      return CrowdClip.of(lab, media, seconds, bitsPerSecond);
    }
  }

  Duration oneWay() {
    return roundTrip.dividedBy(2);
  }

  /** Writes what was measured so far, where that is wanted. */
  void report(Object samples) throws IOException {
    List<String> words = new ArrayList<>(List.of("./" + benchmark.name()));
    words.addAll(benchmark.commandLine().getParseResult().originalArgs());
    String name = benchmark.name().replace("bench ", "");
    Report.write(out, name, String.join(" ", words), samples);
  }
}
