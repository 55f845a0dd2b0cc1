package org.peerlet.ui.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peerlet.ui.cli.DurationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A crowd watches one clip over lines as thin as those at home, from a site that is thinner still:
 * what each viewer sees, and what the site has to send. Peerlet, plain HTTP and bare libtorrent4j
 * take turns. Every viewer is a process with a network of its own; the picture alone is virtual.
 */
@Command(name = "bench crowd", mixinStandardHelpOptions = true, sortOptions = false)
public final class CrowdBenchmark implements Callable<Integer> {
  @Option(names = "--viewers", defaultValue = "8", description = "Default: ${DEFAULT-VALUE}.")
  private int viewers;

  @Option(
      names = "--spacing",
      defaultValue = "2s",
      converter = DurationText.class,
      description = "Between two starts; 0 for all at once. Default: ${DEFAULT-VALUE}.")
  private Duration spacing;

  @Option(
      names = "--uplink",
      defaultValue = "1.5",
      split = ",",
      description =
          "Of the viewers, in bitrates of the clip, assigned in turn. Default: ${DEFAULT-VALUE}.")
  private List<Double> uplinks;

  @Option(
      names = "--receive-only",
      defaultValue = "0",
      description = "So many of the first viewers send nothing. Default: ${DEFAULT-VALUE}.")
  private int receiveOnly;

  @Option(
      names = "--qbittorrent",
      arity = "0..1",
      fallbackValue = "0",
      paramLabel = "VIEWER",
      description =
          "This viewer, from 0 on, has qBittorrent instead, and the origin for its web seed."
              + " Default: none; without a number the first.")
  private @Nullable Integer qbittorrent;

  @Option(
      names = "--leave-after",
      converter = DurationText.class,
      description = "How far each viewer watches; else to the end.")
  private @Nullable Duration leaveAfter;

  @Option(
      names = "--seconds",
      defaultValue = "120",
      description = "Length of the clip. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Mixin private CrowdOptions crowd;
  @Mixin private final LabOptions options = new LabOptions(1);

  public static void main(String[] arguments) {
    LabOptions.run(new CrowdBenchmark(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    List<Subject> subjects = crowd.subjects();
    CrowdClip clip = options.clip(seconds);
    CrowdPlan plan =
        new CrowdPlan(
            viewers,
            spacing,
            uplinks,
            receiveOnly,
            qbittorrent,
            crowd.originUplink,
            options.oneWay(),
            leaveAfter,
            options.traces);
    System.out.printf(
        Locale.ROOT,
        "%d viewers, one each %.1f s, of a clip of %d s at %.0f kbit/s; site %.1fx, round trip"
            + " %d ms%n",
        viewers,
        spacing.toMillis() / 1000.0,
        seconds,
        clip.bitsPerSecond() / 1000.0,
        crowd.originUplink,
        options.roundTrip.toMillis());
    CrowdTable table = new CrowdTable(System.out);
    List<CrowdResult> results = new ArrayList<>();
    for (int run = 1; run <= options.runs; run++) {
      for (Subject subject : subjects) {
        String name = subject + "-run" + run;
        CrowdResult result = CrowdRun.run(plan, clip, subject, name);
        results.add(result);
        table.viewers(name, plan, result);
        options.report(results);
      }
    }
    results.sort(Comparator.comparing(CrowdResult::subject));
    table.crowds(results);
    return 0;
  }
}
