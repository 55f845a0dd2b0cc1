package org.peerlet.ui.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Viewers who come and go as they like, most of the time few of them: who is smooth, and what the
 * origin sends beside what it must. A viewer's program waits in a pool before its time has come.
 */
@Command(name = "bench poisson", mixinStandardHelpOptions = true, sortOptions = false)
public final class PoissonBenchmark implements Callable<Integer> {
  @Option(
      names = "--rate",
      defaultValue = "2",
      split = ",",
      description =
          "How many viewers are there at a time, on average; a trace for each."
              + " Default: ${DEFAULT-VALUE}.")
  private List<Double> rates;

  @Option(
      names = "--seconds",
      defaultValue = "600",
      description = "How long viewers arrive. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--clip-seconds",
      defaultValue = "120",
      description = "Length of the clip. Default: ${DEFAULT-VALUE}.")
  private int clipSeconds;

  @Option(
      names = "--origin",
      defaultValue = "2",
      description = "The site's uplink, in bitrates of the clip. Default: ${DEFAULT-VALUE}.")
  private double originUplink;

  @Option(names = "--seed", description = "Of who comes when. Default: any; printed.")
  private long seed = new Random().nextInt(1_000_000);

  @Option(
      names = "--runs",
      defaultValue = "1",
      description = "Of each rate, each with the next seed. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--subject",
      defaultValue = "peerlet",
      split = ",",
      description = "peerlet, http or bare; may be repeated. Default: ${DEFAULT-VALUE}.")
  private List<Subject> subjects;

  @Option(
      names = "--pool",
      defaultValue = "6",
      description = "So many viewers' programs wait for their turn. Default: ${DEFAULT-VALUE}.")
  private int pool;

  @Mixin private LabOptions options;

  private String commandLine = "./bench poisson";

  public static void main(String[] arguments) {
    PoissonBenchmark benchmark = new PoissonBenchmark();
    benchmark.commandLine += " " + String.join(" ", arguments);
    CommandLine command = new CommandLine(benchmark);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    CrowdClip clip = options.clip(clipSeconds);
    System.out.printf(
        Locale.ROOT,
        "arrivals for %d s, a clip of %d s at %.0f kbit/s; site %.1fx, round trip %d ms, seed %d%n",
        seconds,
        clipSeconds,
        clip.bitsPerSecond() / 1000.0,
        originUplink,
        options.roundTrip.toMillis(),
        seed);
    PoissonTable table = new PoissonTable(System.out);
    List<PoissonResult> results = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      for (double rate : rates) {
        PoissonTrace trace = PoissonTrace.draw(seed + run - 1, rate, seconds, clipSeconds);
        for (Subject subject : subjects) {
          PoissonPlan plan =
              new PoissonPlan(clip, subject, originUplink, options.oneWay(), pool, options.traces);
          String name = subject + "-rate" + rate + "-run" + run;
          PoissonResult result = PoissonRun.run(plan, trace, name);
          results.add(result);
          table.viewers(name, result);
          Report.write(options.out, "poisson", commandLine, results);
        }
      }
    }
    table.traces(results);
    return 0;
  }
}
