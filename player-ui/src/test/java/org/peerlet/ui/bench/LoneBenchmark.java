package org.peerlet.ui.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.peerlet.ui.cli.DurationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One viewer in settings that each put one promise to the test, beside plain HTTP and whatever else
 * the promise is about; they take turns. Prints the samples, and where their medians stand beside
 * the bars.
 */
@Command(name = "bench lone", mixinStandardHelpOptions = true, sortOptions = false)
public final class LoneBenchmark implements Callable<Integer> {
  @Option(
      names = "--setting",
      split = ",",
      description = "${COMPLETION-CANDIDATES}; may be repeated. Default: all.")
  private List<LoneSetting> settings = List.of(LoneSetting.values());

  @Option(
      names = "--subject",
      split = ",",
      description = "Only these, of ${COMPLETION-CANDIDATES}. Default: what each setting needs.")
  private List<Subject> only = List.of();

  @Option(
      names = "--mishap-after",
      defaultValue = "20s",
      converter = DurationText.class,
      description =
          "How long the picture has been moving when seeders or the origin vanish."
              + " Default: ${DEFAULT-VALUE}.")
  private Duration mishapAfter;

  @Option(
      names = "--seeks",
      defaultValue = "6",
      description = "How often the viewer who seeks does. Default: ${DEFAULT-VALUE}.")
  private int seeks;

  @Option(names = "--seed", description = "Of where the viewer seeks to. Default: any; printed.")
  private long seed = new Random().nextInt(1_000_000);

  @Option(
      names = "--seconds",
      defaultValue = "120",
      description = "Length of the clip. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Mixin private final LabOptions options = new LabOptions(3);

  public static void main(String[] arguments) {
    LabOptions.run(new LoneBenchmark(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    LonePlan plan =
        new LonePlan(
            options.clip(seconds), options.oneWay(), mishapAfter, seeks, seed, options.traces);
    System.out.printf(
        Locale.ROOT,
        "a clip of %d s at %.0f kbit/s, round trip %d ms, seed %d%n%n",
        seconds,
        plan.clip().bitsPerSecond() / 1000.0,
        options.roundTrip.toMillis(),
        seed);
    LoneTable table = new LoneTable(System.out);
    table.head();
    List<LoneSample> results = new ArrayList<>();
    for (int run = 1; run <= options.runs; run++) {
      for (LoneSetting setting : settings) {
        for (Subject subject : only.isEmpty() ? setting.subjects() : only) {
          LoneSample result = LoneRun.run(plan, setting, subject, run);
          results.add(result);
          table.row(result);
          options.report(results);
        }
      }
    }
    LoneBars bars = new LoneBars(results);
    Set<LoneSetting> measured = EnumSet.copyOf(settings);
    table.bars(measured.stream().flatMap(setting -> bars.of(setting).stream()).toList());
    return 0;
  }
}
