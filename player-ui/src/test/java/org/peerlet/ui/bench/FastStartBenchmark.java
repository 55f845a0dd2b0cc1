package org.peerlet.ui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
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
import org.peerlet.fixtures.lab.Program;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.VirtualScreen;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.torrent.TestTorrents;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The same clip twice, its index once in front and once at the end, from a site three times as fast
 * as the clip plays: how long until mpv on the URL of {@code peerlet stream}, once by itself and
 * once on a pipe, where it can't seek, and until the window of {@code peerlet play} show the first
 * frame. They take turns; one start of each comes before the measured ones.
 */
@Command(name = "bench faststart", mixinStandardHelpOptions = true)
public final class FastStartBenchmark implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int CLIP_SECONDS = 120;

  /** Reading the whole clip would take 40 s. */
  private static final int SITE_OVER_CLIP_RATE = 3;

  /** Counts from the first frame; before it, from the window, and a busy machine takes its time. */
  private static final int PLAY_SECONDS = 8;

  private static final String MPV =
      "mpv --no-config --vo=null --ao=null --frames=1 --msg-level=all=warn";

  private static final String FROM_URL = ", from the URL of stream";
  private static final String FROM_COMMAND = ", from the command stream";
  private static final String PLAY = "window, from the command play";
  private static final List<String> CLIPS = List.of("first", "last");

  @Option(names = "--runs", defaultValue = "5", description = "Of each clip. Default: 5.")
  private int runs;

  @Option(names = "--out", description = "Write the raw figures to this JSON file.")
  private Path out;

  /** What was measured, each with the milliseconds of each clip. */
  private final Map<String, Map<String, List<Long>>> samples = new LinkedHashMap<>();

  private final Map<String, Path> torrents = new LinkedHashMap<>();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new FastStartBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (SwarmLab lab = SwarmLab.open();
        FaultyOrigin origin = FaultyOrigin.open()) {
      publish(lab, origin);
      VirtualScreen screen = lab.xvfb(1280, 800);
      Map<String, String> environment = new LinkedHashMap<>(lab.pulseNullSink());
      environment.putAll(screen.environment());
      for (int run = -1; run < runs; run++) {
        // Each is the first to go as often as the other.
        for (String clip : run % 2 == 0 ? CLIPS : List.of(CLIPS.get(1), CLIPS.get(0))) {
          stream(lab, clip, run, "mpv", "exec " + MPV + " \"$0\"");
          stream(lab, clip, run, "mpv on a pipe", "curl -sN \"$0\" | " + MPV + " -");
          play(lab, environment, clip, run);
        }
      }
    }
    print();
    Report.write(out, "faststart", "./bench faststart --runs " + runs, samples);
    return 0;
  }

  private void publish(SwarmLab lab, FaultyOrigin origin) throws Exception {
    Path site = lab.folder("site");
    Path first = site.resolve("first.mp4");
    Path last = site.resolve("last.mp4");
    ffmpeg(
        lab,
        "-f lavfi -i testsrc2=s=640x360:r=25:d=%1$d,noise=alls=12:allf=t".formatted(CLIP_SECONDS)
            + " -f lavfi -i sine=d=%d:r=44100".formatted(CLIP_SECONDS)
            + " -c:v libx264 -preset veryfast -profile:v main -pix_fmt yuv420p -g 50"
            + " -b:v 1400k -minrate 1400k -maxrate 1400k -bufsize 1400k"
            + " -c:a aac -b:a 96k -movflags +faststart",
        first);
    ffmpeg(lab, "-i " + first + " -c copy", last);
    for (Path clip : List.of(first, last)) {
      Content content = Content.of(clip);
      String name = clip.getFileName().toString();
      URI url = origin.serve(name, content);
      torrents.put(
          name.replace(".mp4", ""),
          TestTorrents.single(name, content)
              .pieceLength(64 << 10)
              .webSeed(url.toString())
              .build()
              .writeTorrent(lab.folder("torrents")));
    }
    long bytesPerSecond = Files.size(first) / CLIP_SECONDS;
    System.err.printf("The clip has %d kbit/s%n", bytesPerSecond * 8 / 1000);
    origin.fault(new OriginFault.Throttle(SITE_OVER_CLIP_RATE * bytesPerSecond));
  }

  private static void ffmpeg(SwarmLab lab, String options, Path output) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Program.FFMPEG.path(), "-nostdin", "-v", "error", "-y"));
    command.addAll(List.of(options.split(" ", -1)));
    command.add(output.toString());
    LabProcess ffmpeg = lab.start("ffmpeg", command.toArray(String[]::new));
    if (ffmpeg.awaitExit(PATIENCE) != 0) {
      throw new IllegalStateException(ffmpeg.lastOutput());
    }
  }

  /** mpv reads the URL of a fresh stream, with a command for the shell in which it is "$0". */
  private void stream(SwarmLab lab, String clip, int run, String what, String command)
      throws Exception {
    String name = what.replace(' ', '-') + clip + run;
    long start = System.nanoTime();
    try (LabProcess stream =
        lab.start(
            name,
            Report.script(),
            "stream",
            torrents.getOrDefault(clip, Path.of(clip)).toString(),
            "--share=off",
            "--lan",
            "--cache=" + lab.folder(name + "-cache"))) {
      String url = stream.awaitLine("^http://127.0.0.1:\\S+$", PATIENCE).group();
      long known = System.nanoTime();
      LabProcess mpv = lab.start(name + "-player", "sh", "-c", command, url);
      if (mpv.awaitExit(PATIENCE) != 0) {
        throw new IllegalStateException(mpv.lastOutput());
      }
      long end = System.nanoTime();
      add(what + FROM_URL, clip, run, (end - known) / 1_000_000);
      add(what + FROM_COMMAND, clip, run, (end - start) / 1_000_000);
    }
  }

  private void play(SwarmLab lab, Map<String, String> environment, String clip, int run)
      throws Exception {
    String name = clip + run;
    Path receipt = lab.folder("receipt" + name).resolve("receipt.json");
    LabProcess player =
        lab.start(
            "play" + name,
            environment,
            List.of(
                Report.script(),
                "play",
                torrents.getOrDefault(clip, Path.of(clip)).toString(),
                "--share=off",
                "--lan",
                "--exit-after=" + PLAY_SECONDS + "s",
                "--cache=" + lab.folder("play-cache" + name),
                "--receipt=" + receipt));
    player.awaitExit(PATIENCE);
    JsonNode told = new ObjectMapper().readTree(receipt.toFile());
    System.err.println(told.get("startup"));
    JsonNode firstFrame = told.get("firstFrameMillis");
    if (firstFrame.isNull()) {
      throw new IllegalStateException("no picture\n" + player.lastOutput());
    }
    add(PLAY, clip, run, firstFrame.asLong());
  }

  private void add(String what, String clip, int run, long millis) {
    if (run >= 0) {
      System.err.printf("%s, index %s: %d ms%n", what, clip, millis);
      samples
          .computeIfAbsent(what, any -> new LinkedHashMap<>())
          .computeIfAbsent(clip, any -> new ArrayList<>())
          .add(millis);
    }
  }

  private void print() {
    System.out.printf(
        "%n%d runs each, first frame, medians%n%-44s %10s %10s %6s%n",
        runs, "index", "in front", "at the end", "ratio");
    samples.forEach(
        (what, clips) -> {
          double first = median(clips.getOrDefault("first", List.of()));
          double last = median(clips.getOrDefault("last", List.of()));
          System.out.printf("%-44s %7.0f ms %7.0f ms %6.2f%n", what, first, last, last / first);
        });
  }

  private static double median(List<Long> millis) {
    return Report.median(millis.stream().mapToDouble(Long::doubleValue).toArray());
  }
}
