package org.peerlet.core.engine;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.peerlet.fixtures.crowd.PoissonTrace;
import org.peerlet.fixtures.crowd.Visit;
import org.peerlet.fixtures.lab.RawFigures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A crowd in virtual time, of more viewers than a machine could run: the coordinators are real, the
 * rest is a model (benchmarks.md).
 */
public final class SimulateBenchmark {
  private static final String USAGE =
      """
      Usage: bench simulate [--viewers N,...] [--spacing SECONDS] [--uplink X,...] [--receive-only N]
                            [--origin X] [--seconds N] [--tick N] [--seed N] [--runs N] [--out FILE]
             bench simulate --poisson N,... [--arrivals SECONDS] [--receive-only N] [--origin X] ...
        --viewers       How many; several crowds take turns. Default: 8.
        --spacing       Between two starts; 0 for all at once. Default: 2.
        --uplink        Of the viewers, in bitrates of the clip, assigned in turn. Default: 1.5.
        --poisson       In place of those three: viewers who arrive by chance, so many at once on average,
                        as `bench poisson` draws them from the same seed.
        --arrivals      With --poisson: how long viewers arrive. Default: 600.
        --receive-only  So many of the first viewers send nothing. Default: 0.
        --origin        The site's uplink, in bitrates of the clip. Default: 2.
        --seconds       Length of the clip. Default: 120.
        --tick          Milliseconds between two decisions of a viewer. Default: 100, as in the program.
        --seed          Of all that is drawn; each run adds one. Default: drawn, and printed.
        --runs          Of each crowd. Default: 1.
        --out           A file for the figures, as JSON.
      """;

  /** Of larger crowds, the file holds no rows for single viewers. */
  private static final int FEW = 200;

  private final Map<String, String> options = new LinkedHashMap<>();
  private final String told;
  private final int receiveOnly;
  private final double originUplink;
  private final int seconds;
  private final int tickMillis;
  private final int runs;
  private final long seed;
  private final String out;

  private SimulateBenchmark(String[] arguments) {
    told = "./bench simulate " + String.join(" ", arguments);
    for (int i = 0; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        throw new IllegalArgumentException("what is " + arguments[i] + "?");
      }
      options.put(arguments[i].substring(2), arguments[i + 1]);
    }
    receiveOnly = Integer.parseInt(option("receive-only", "0"));
    originUplink = Double.parseDouble(option("origin", "2"));
    seconds = Integer.parseInt(option("seconds", "120"));
    tickMillis = Integer.parseInt(option("tick", "100"));
    runs = Integer.parseInt(option("runs", "1"));
    seed = Long.parseLong(option("seed", Integer.toString(new Random().nextInt(1_000_000))));
    out = option("out", "");
  }

  /** The benchmark; see its usage. */
  public static void main(String[] arguments) throws IOException {
    ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
        .setLevel(Level.WARN);
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    try {
      new SimulateBenchmark(arguments).run();
    } catch (IllegalArgumentException wrong) {
      System.err.println("bench simulate: " + wrong.getMessage());
      System.err.print(USAGE);
      System.exit(2);
    }
  }

  private String option(String name, String usual) {
    String given = options.remove(name);
    return given == null ? usual : given;
  }

  private void run() throws IOException {
    List<LongFunction<List<Visit>>> crowds = options.containsKey("poisson") ? byChance() : evenly();
    if (!options.isEmpty() || runs < 1) {
      throw new IllegalArgumentException("no such options: " + options.keySet());
    }
    System.out.printf(
        Locale.ROOT,
        "a clip of %d s at %d kbit/s; site %.1fx; seed %d%n",
        seconds,
        SimulationPlan.BYTES_PER_SECOND * 8 / 1000,
        originUplink,
        seed);
    header();
    List<Object> samples = new ArrayList<>();
    for (LongFunction<List<Visit>> crowd : crowds) {
      for (long each = seed; each < seed + runs; each++) {
        long began = System.nanoTime();
        SimulationResult result = CrowdSimulation.run(plan(crowd.apply(each), each));
        double took = (System.nanoTime() - began) / 1e9;
        row(result, took);
        samples.add(sample(result, took));
      }
    }
    if (!out.isEmpty()) {
      write(Path.of(out), told, samples);
    }
  }

  private SimulationPlan plan(List<Visit> visits, long runSeed) {
    return new SimulationPlan(visits, receiveOnly, originUplink, seconds, tickMillis, runSeed);
  }

  private List<LongFunction<List<Visit>>> byChance() {
    int arrivals = Integer.parseInt(option("arrivals", "600"));
    return numbers(option("poisson", ""))
        .map(
            rate ->
                (LongFunction<List<Visit>>)
                    each -> PoissonTrace.draw(each, rate, arrivals, seconds).visits())
        .toList();
  }

  private List<LongFunction<List<Visit>>> evenly() {
    double spacing = Double.parseDouble(option("spacing", "2").replaceFirst("s$", ""));
    List<Double> uplinks = numbers(option("uplink", "1.5")).toList();
    return Arrays.stream(option("viewers", "8").split(","))
        .map(Integer::valueOf)
        .map(viewers -> SimulationPlan.evenly(viewers, spacing, uplinks, seconds))
        .map(visits -> (LongFunction<List<Visit>>) each -> visits)
        .toList();
  }

  private static Stream<Double> numbers(String list) {
    return Arrays.stream(list.split(",")).map(Double::valueOf);
  }

  private static void header() {
    System.out.printf(
        "%n%7s %13s %13s %9s %9s %9s %9s %9s %8s %8s %9s %9s %6s %8s  %s%n",
        "viewers",
        "smooth",
        "finished",
        "startup",
        "95 %",
        "longest",
        "rebuffers",
        "waited",
        "copies",
        "fluid",
        "forgetful",
        "offload",
        "peers",
        "took",
        "asked of the origin");
  }

  private static void row(SimulationResult result, double tookSeconds) {
    int viewers = result.viewers().size();
    System.out.printf(
        Locale.ROOT,
        "%7d %13s %13s %6.0f ms %6.0f ms %6.0f ms %9d %7.1f s %8.2f %8.2f %9.2f %7.2f %% %6.1f"
            + " %6.0f s  %s%s%n",
        viewers,
        result.smooth() + "/" + viewers,
        result.finished() + "/" + viewers,
        result.startupMillis(0.5),
        result.startupMillis(0.95),
        result.startupMillis(1),
        result.rebuffers(),
        result.rebufferMillis() / 1000.0,
        result.originCopies(),
        result.plan().fluidCopies(),
        result.plan().forgetfulCopies(),
        100 * result.offload(),
        result.meanConnections(),
        tookSeconds,
        result.asked(),
        result.originFailures() == 0 ? "" : ", unanswered " + result.originFailures());
  }

  private static Map<String, Object> sample(SimulationResult result, double tookSeconds) {
    Map<String, Object> sample = new LinkedHashMap<>();
    SimulationPlan plan = result.plan();
    boolean few = plan.viewers() <= FEW;
    sample.put("seed", plan.seed());
    sample.put("visits", few ? plan.visits() : List.of());
    sample.put("receiveOnly", plan.receiveOnly());
    sample.put("originUplink", plan.originUplink());
    sample.put("clipSeconds", plan.clipSeconds());
    sample.put("tickMillis", plan.tickMillis());
    sample.put("smooth", result.smooth());
    sample.put("finished", result.finished());
    sample.put("startupMedianMillis", result.startupMillis(0.5));
    sample.put("startup95Millis", result.startupMillis(0.95));
    sample.put("startupMostMillis", result.startupMillis(1));
    sample.put("rebuffers", result.rebuffers());
    sample.put("rebufferMillis", result.rebufferMillis());
    sample.put("clipBytes", result.clipBytes());
    sample.put("originBodyBytes", result.originBodyBytes());
    sample.put("originCopies", result.originCopies());
    sample.put("fluidCopies", plan.fluidCopies());
    sample.put("forgetfulCopies", plan.forgetfulCopies());
    sample.put("originFailures", result.originFailures());
    sample.put("asked", result.asked());
    sample.put("meanConnections", result.meanConnections());
    sample.put("virtualSeconds", result.virtualSeconds());
    sample.put("ticks", result.ticks());
    sample.put("tookSeconds", tookSeconds);
    sample.put("viewers", few ? result.viewers() : List.of());
    return sample;
  }

  private static void write(Path out, String commandLine, List<Object> samples) throws IOException {
    Map<String, Object> document = RawFigures.of("simulate", commandLine, samples);
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(out, json.writeValueAsString(document) + "\n");
  }
}
