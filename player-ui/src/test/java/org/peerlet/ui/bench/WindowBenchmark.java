package org.peerlet.ui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.VirtualScreen;
import org.peerlet.fixtures.media.Media;
import org.peerlet.fixtures.torrent.TestTorrents;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * From the command to the first frame in a real window: {@code peerlet play} of a clip whose site
 * is on loopback, as its receipts tell it, with a table of where the time goes. One start before
 * the measured ones lets the start script prepare its class archive.
 */
@Command(name = "bench window", mixinStandardHelpOptions = true)
public final class WindowBenchmark implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Option(names = "--runs", defaultValue = "5", description = "Default: 5.")
  private int runs;

  @Option(names = "--out", description = "Write the raw figures to this JSON file.")
  private Path out;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new WindowBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Map<String, Long>> starts = new ArrayList<>();
    try (SwarmLab lab = SwarmLab.open()) {
      Path site = lab.folder("site");
      Path clip = Media.CLIP_60S.copyTo(site);
      LabProcess serve = lab.start("serve", Report.script(), "serve", site.toString());
      String origin = serve.awaitLine("(http://.*/)", PATIENCE).group(1);
      String announce = serve.awaitLine("announce (http://.*)", PATIENCE).group(1);
      TestTorrents.single(clip.getFileName().toString(), Content.of(clip))
          .pieceLength(32 << 10)
          .tracker(announce)
          .webSeed(origin + clip.getFileName())
          .build()
          .writeTorrent(site);
      String torrent;
      try (var files = Files.list(site)) {
        torrent =
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".torrent"))
                .findFirst()
                .orElseThrow();
      }
      VirtualScreen screen = lab.xvfb(1280, 800);
      Map<String, String> environment = new LinkedHashMap<>(lab.pulseNullSink());
      environment.putAll(screen.environment());
      for (int run = -1; run < runs; run++) {
        Path receipt = lab.folder("receipt" + run).resolve("receipt.json");
        LabProcess player =
            lab.start(
                "play" + run,
                environment,
                List.of(
                    Report.script(),
                    "play",
                    origin + torrent,
                    "--share=on",
                    "--exit-after=2s",
                    "--cache=" + lab.folder("cache" + run),
                    "--receipt=" + receipt));
        player.awaitExit(PATIENCE);
        if (run >= 0) {
          starts.add(startup(receipt));
          System.err.println(starts.get(run));
        }
      }
    }
    print(starts);
    Report.write(out, "window", "./bench window --runs " + runs, starts);
    return 0;
  }

  private static Map<String, Long> startup(Path receipt) throws Exception {
    JsonNode startup = new ObjectMapper().readTree(receipt.toFile()).get("startup");
    Map<String, Long> times = new LinkedHashMap<>();
    startup.properties().forEach(field -> times.put(field.getKey(), field.getValue().asLong()));
    return times;
  }

  private static void print(List<Map<String, Long>> starts) {
    System.out.printf("%n%d starts, medians, from the command%n", starts.size());
    for (String step : starts.get(0).keySet()) {
      double median =
          Report.median(
              starts.stream().mapToDouble(times -> times.getOrDefault(step, 0L)).toArray());
      System.out.printf("%-22s %6.0f ms%n", step.replace("Millis", ""), median);
    }
  }
}
