package org.peerlet.ui.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.peerlet.fixtures.crowd.PoissonTrace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
      names = "--seed",
      description = "Of who comes when; each run has the next. Default: any; printed.")
  private long seed = new Random().nextInt(1_000_000);

  @Option(
      names = "--pool",
      defaultValue = "6",
      description = "So many viewers' programs wait for their turn. Default: ${DEFAULT-VALUE}.")
  private int pool;

  @Option(
      names = "--only-bounds",
      description = "Measure nothing: print what an origin must send for these viewers at least.")
  private boolean onlyBounds;

  @Spec private CommandSpec command;
  @Mixin private CrowdOptions crowd;
  @Mixin private final LabOptions options = new LabOptions(1);

  public static void main(String[] arguments) {
    LabOptions.run(new PoissonBenchmark(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    if (!rates.stream().allMatch(rate -> rate > 0)) {
      throw new ParameterException(command.commandLine(), "--rate: more than 0 at a time.");
    }
    List<Subject> subjects = crowd.subjects();
    CrowdClip clip = options.clip(clipSeconds);
    System.out.printf(
        Locale.ROOT,
        "arrivals for %d s, a clip of %d s at %.0f kbit/s; site %.1fx, round trip %d ms, seed %d%n",
        seconds,
        clipSeconds,
        clip.bitsPerSecond() / 1000.0,
        crowd.originUplink,
        options.roundTrip.toMillis(),
        seed);
    PoissonTable table = new PoissonTable(System.out);
    List<PoissonTrace> traces = traces();
    if (onlyBounds) {
      table.bounds(traces, clip.bitsPerSecond());
      return 0;
    }
    List<PoissonResult> results = new ArrayList<>();
    for (PoissonTrace trace : traces) {
      for (Subject subject : subjects) {
        PoissonPlan plan =
            new PoissonPlan(
                clip, subject, crowd.originUplink, options.oneWay(), pool, options.traces);
        String name = subject + "-rate" + trace.viewersAtOnce() + "-seed" + trace.seed();
        PoissonResult result = PoissonRun.run(plan, trace, name);
        results.add(result);
        table.viewers(name, result);
        options.report(results);
      }
    }
    table.traces(results);
    return 0;
  }

  private List<PoissonTrace> traces() {
    List<PoissonTrace> traces = new ArrayList<>();
    for (int run = 0; run < options.runs; run++) {
      for (double rate : rates) {
        traces.add(PoissonTrace.draw(seed + run, rate, seconds, clipSeconds));
      }
    }
    return traces;
  }
}
