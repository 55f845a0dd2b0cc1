package org.peerlet.ui.bench;

import java.io.File;
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
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Peerlet beside plain HTTP and bare libtorrent4j, in one run and taking turns, each in a fresh JVM
 * with a class archive, as the start script gives one: the time from the start of a session to the
 * first byte, the rate of reading a file in order out of a swarm with one unlimited seeder on
 * loopback, and the most memory that took.
 */
@Command(name = "bench speed", mixinStandardHelpOptions = true)
public final class SpeedBenchmark implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Option(names = "--runs", defaultValue = "5", description = "Of each subject. Default: 5.")
  private int runs;

  @Option(names = "--megabytes", defaultValue = "1500", description = "Default: 1500.")
  private int megabytes;

  @Option(names = "--out", description = "Write the raw figures to this JSON file.")
  private Path out;

  private String classPath = "";
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SpeedBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (SwarmLab lab = SwarmLab.open()) {
      classPath = JarredClassPath.in(lab.folder("jars"));
      Path site = lab.folder("site");
      Content content = Content.random(2, megabytes * 1_000_000L);
      Path file = site.resolve("clip.mp4");
      content.writeTo(file);
      LabProcess serve =
          lab.start("serve", Report.script(), "serve", site.toString(), "--open-tracker");
      String origin = serve.awaitLine("(http://.*/)", PATIENCE).group(1);
      String announce = serve.awaitLine("announce (http://.*)", PATIENCE).group(1);
      TestTorrent torrent =
          TestTorrents.single("clip.mp4", content).pieceLength(256 << 10).tracker(announce).build();
      Path torrentFile = torrent.writeTorrent(lab.folder("torrent"));
      lab.start("seeder", java(List.of(), BareLibtorrent.class, "seed", torrentFile, site))
          .awaitLine("seeding.*", PATIENCE);
      // Run 0 makes each subject's class archive, as the first start of Peerlet does.
      for (int run = 0; run <= runs; run++) {
        measure(lab, run, "plain HTTP", ReaderProgram.class, "http", origin + "clip.mp4");
        Path bare = lab.folder("bare" + run);
        measure(lab, run, "bare libtorrent4j", BareLibtorrent.class, "leech", torrentFile, bare);
        Path cache = lab.folder("cache" + run);
        measure(lab, run, "Peerlet", ReaderProgram.class, "peerlet", torrentFile, cache);
      }
    }
    print();
    return 0;
  }

  private void measure(SwarmLab lab, int run, String subject, Class<?> program, Object... arguments)
      throws Exception {
    String name = subject.replace(' ', '-');
    Path archive = lab.folder("archives").resolve(name + ".jsa");
    String use = run == 0 ? "-XX:ArchiveClassesAtExit=" : "-XX:SharedArchiveFile=";
    try (LabProcess process = lab.start(name, java(List.of(use + archive), program, arguments))) {
      Sample sample = Sample.parse(process.awaitLine(Sample.REGEX, PATIENCE).group());
      if (run == 0) {
        process.awaitExit(PATIENCE);
        return;
      }
      samples.computeIfAbsent(subject, each -> new ArrayList<>()).add(sample);
      System.err.printf("%s: %s%n", subject, sample);
    }
  }

  private void print() throws Exception {
    double bareMillis = firstByte("bare libtorrent4j");
    double bareRate = rate("bare libtorrent4j");
    System.out.printf(
        "%n%d runs each, %d MB, medians%n%-20s %14s %14s %10s %10s %10s%n",
        runs, megabytes, "", "first byte", "in order", "vs bare", "vs bare", "memory");
    for (String subject : samples.keySet()) {
      System.out.printf(
          "%-20s %11.0f ms %9.0f MB/s %+7.0f ms %10.2f %6.0f MiB%n",
          subject,
          firstByte(subject),
          rate(subject) / 1e6,
          firstByte(subject) - bareMillis,
          rate(subject) / bareRate,
          peakMebibytes(subject));
    }
    Report.write(
        out, "speed", "./bench speed --runs " + runs + " --megabytes " + megabytes, samples);
  }

  private double firstByte(String subject) {
    return Report.median(of(subject).stream().mapToDouble(Sample::firstByteMillis).toArray());
  }

  private double rate(String subject) {
    return Report.median(of(subject).stream().mapToDouble(Sample::bytesPerSecond).toArray());
  }

  private double peakMebibytes(String subject) {
    return Report.median(
        of(subject).stream().mapToDouble(sample -> sample.peakKilobytes() / 1024.0).toArray());
  }

  private List<Sample> of(String subject) {
    return samples.getOrDefault(subject, List.of());
  }

  /** A program of the test class path in a JVM with the flags that the start script gives. */
  private String[] java(List<String> options, Class<?> program, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaCommand.PLAYER_FLAGS);
    String library = System.getProperty("libtorrent4j.jni.path");
    if (library != null) {
      command.add("-Dlibtorrent4j.jni.path=" + library);
    }
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, program.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString().replace(File.separatorChar, '/'));
    }
    return command.toArray(String[]::new);
  }
}
