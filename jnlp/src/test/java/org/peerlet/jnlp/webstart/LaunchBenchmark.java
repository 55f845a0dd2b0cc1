package org.peerlet.jnlp.webstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.RawFigures;
import org.peerlet.fixtures.media.Media;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * From the opened launch file to the first frame, with the player already there, beside {@code
 * peerlet play} of the same clip, in turns; and a second launch while a player is open. One turn
 * before the measured ones fetches the player and lets both prepare their class archives.
 */
@Command(name = "bench launch", mixinStandardHelpOptions = true)
public final class LaunchBenchmark implements Callable<Integer> {
  private static final Pattern MOMENT = Pattern.compile("([A-Za-z]+(?: checked)?) (\\d+) ms");
  private static final String MOMENTS_LINE = "From the start of the process";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The moments in the order in which they come. */
  private static final List<String> ORDER =
      List.of(
          "bootstrap",
          "jars checked",
          "jvm",
          "toolkit",
          "torrentKnown",
          "inspection",
          "window",
          "mediaReady",
          "firstFrame",
          "takenOver");

  private static final String FIRST_FRAME = "firstFrame";

  @Option(names = "--runs", defaultValue = "5", description = "Default: 5.")
  private int runs;

  @Option(names = "--out", description = "Write the raw figures to this JSON file.")
  private @Nullable Path out;

  /**
   * One turn: milliseconds from the command, by moment.
   *
   * @param secondLaunch of another clip, until the open player has taken it over
   */
  record Turn(
      Map<String, Long> webStart, Map<String, Long> shell, Map<String, Long> secondLaunch) {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LaunchBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("peerlet-launch");
    List<Turn> turns = new ArrayList<>();
    SigningKey key = DevelopmentKey.in(folder.resolve("key"));
    try (PublishedSite site =
            PublishedSite.open(Files.createDirectory(folder.resolve("site")), key);
        Javaws visitor = Javaws.open()) {
      Path first = site.publish("first", Media.CLIP_60S);
      Path second = site.publish("second", Media.CLIP_60S);
      String manifest = site.server().url().resolve("first/clip.json").toString();
      for (int run = -1; run < runs; run++) {
        Turn turn = webStart(visitor, first, second, shell(visitor, manifest));
        System.err.println(turn);
        if (run >= 0) {
          turns.add(turn);
        }
      }
    }
    print(turns);
    write(turns);
    return 0;
  }

  private static Turn webStart(Javaws visitor, Path first, Path second, Map<String, Long> shell)
      throws Exception {
    LabProcess player =
        start(visitor, "web-start", System.currentTimeMillis(), Javaws.command(first));
    visitor.awaitTime(player, time -> time > 1);
    long asked = System.currentTimeMillis();
    LabProcess other = start(visitor, "second", asked, Javaws.command(second));
    other.awaitLine("takes it over", PATIENCE);
    Map<String, Long> secondLaunch = moments(other);
    secondLaunch.put("takenOver", System.currentTimeMillis() - asked);
    other.awaitExit(PATIENCE);
    visitor.screen().xdotool("key", "Escape", "sleep", "0.5", "key", "ctrl+w");
    player.awaitExit(PATIENCE);
    Map<String, Long> webStart = moments(player);
    webStart.putAll(logged(visitor));
    return new Turn(webStart, shell, secondLaunch);
  }

  private static Map<String, Long> shell(Javaws visitor, String manifest) throws Exception {
    String script = System.getenv().getOrDefault("PEERLET_SCRIPT", "./peerlet");
    LabProcess player =
        start(
            visitor,
            "shell",
            System.currentTimeMillis(),
            List.of(script, "play", manifest, "--exit-after=4s"));
    player.awaitExit(PATIENCE);
    return logged(visitor);
  }

  private static LabProcess start(
      Javaws visitor, String name, long askedMillis, List<String> command) {
    Map<String, String> environment = new HashMap<>(visitor.environment());
    environment.put("PEERLET_ASKED_MILLIS", Long.toString(askedMillis));
    environment.put("PEERLET_NO_BUILD", "true");
    return visitor.lab().start(name, environment, command);
  }

  /** What the bootstrap says of itself. */
  private static Map<String, Long> moments(LabProcess launcher) {
    Map<String, Long> moments = new TreeMap<>();
    for (String line : launcher.lastOutput().split("\n", -1)) {
      Matcher matcher = MOMENT.matcher(line);
      if (matcher.matches()) {
        moments.put(matcher.group(1), Long.parseLong(matcher.group(2)));
      }
    }
    return moments;
  }

  /** What the player that ended last wrote to its log. */
  private static Map<String, Long> logged(Javaws visitor) throws IOException {
    Map<String, Long> moments = new TreeMap<>();
    try (Stream<Path> files = Files.walk(visitor.home().resolve("state"))) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).sorted().toList()) {
        for (String line : Files.readAllLines(log)) {
          if (line.contains(MOMENTS_LINE)) {
            MOMENT
                .matcher(line)
                .results()
                .forEach(found -> moments.put(found.group(1), Long.parseLong(found.group(2))));
          }
        }
      }
    }
    return moments;
  }

  private static void print(List<Turn> turns) {
    System.out.printf("%n%d turns, medians in ms, from the command%n", turns.size());
    System.out.printf("%-14s %9s %9s %13s%n", "", "web start", "shell", "second launch");
    for (String moment : ORDER) {
      System.out.printf(
          "%-14s %9s %9s %13s%n",
          moment,
          median(turns.stream().map(Turn::webStart).toList(), moment),
          median(turns.stream().map(Turn::shell).toList(), moment),
          median(turns.stream().map(Turn::secondLaunch).toList(), moment));
    }
    double ratio =
        Double.parseDouble(median(turns.stream().map(Turn::webStart).toList(), FIRST_FRAME))
            / Double.parseDouble(median(turns.stream().map(Turn::shell).toList(), FIRST_FRAME));
    System.out.printf("web start / shell: %.2f%n", ratio);
  }

  private static String median(List<Map<String, Long>> samples, String moment) {
    List<Long> values =
        samples.stream()
            .filter(each -> each.containsKey(moment))
            .map(each -> each.get(moment))
            .sorted()
            .toList();
    return values.isEmpty() ? "" : Long.toString(values.get(values.size() / 2));
  }

  private void write(List<Turn> turns) throws IOException {
    if (out != null) {
      Map<String, Object> document =
          new LinkedHashMap<>(RawFigures.of("launch", "./bench launch --runs " + runs, turns));
      ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      Files.writeString(out, json.writeValueAsString(document) + "\n");
    }
  }
}
