package org.peerlet.ui.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.peerlet.core.metainfo.PieceLength;
import org.peerlet.core.metainfo.TorrentMaker;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.media.Media;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A torrent of a file of one GiB made beside {@code sha1sum} of the same file, by turns, and the
 * peak memory of {@code peerlet publish} for files of 64 MiB and one GiB. The files are a bundled
 * clip, followed by random bytes in a box that players pass over; all are read once before they
 * count.
 */
@Command(name = "bench publish", mixinStandardHelpOptions = true)
public final class PublishBenchmark implements Callable<Integer> {
  private static final long GIB = 1 << 30;
  private static final long SMALL = 64 << 20;
  private static final double WANTED_RATIO = 0.7;

  /** Of a clip as long as a feature film, so that its pieces are as long as there. */
  private static final double SECONDS = 5400;

  @Option(names = "--runs", defaultValue = "5", description = "Of each. Default: 5.")
  private int runs;

  @Option(names = "--out", description = "Write the raw figures to this JSON file.")
  private Path out;

  private final Map<String, List<Double>> samples = new LinkedHashMap<>();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new PublishBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (SwarmLab lab = SwarmLab.open()) {
      Path large = video(lab, "large", GIB);
      Path small = video(lab, "small", SMALL);
      for (int run = -1; run < runs; run++) {
        // The first run of each reads the file into memory and warms the hashing up.
        add(run, "torrent s", seconds(() -> torrent(large)));
        add(run, "sha1sum s", seconds(() -> exit("sha1sum", large.toString())));
      }
      for (int run = 0; run < runs; run++) {
        publish(lab, run, "64 MiB", small);
        publish(lab, run, "1 GiB", large);
      }
    }
    boolean holds = print();
    Report.write(out, "publish", "./bench publish --runs " + runs, samples);
    return holds ? 0 : 1;
  }

  private static Path video(SwarmLab lab, String name, long bytes) throws IOException {
    Path file = lab.folder(name).resolve(name + ".mp4");
    byte[] clip = Media.CLIP_10S.bytes();
    try (OutputStream sink = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      sink.write(clip);
      int padding = (int) (bytes - clip.length);
      ByteBuffer header = ByteBuffer.allocate(8).putInt(padding);
      sink.write(header.put(new byte[] {'f', 'r', 'e', 'e'}).array());
      Random random = new Random(bytes);
      byte[] block = new byte[1 << 20];
      for (int left = padding - 8; left > 0; left -= block.length) {
        random.nextBytes(block);
        sink.write(block, 0, Math.min(left, block.length));
      }
    }
    return file;
  }

  private static void torrent(Path file) throws Exception {
    int pieceLength = PieceLength.choose(Files.size(file), SECONDS);
    TorrentMaker.make(file, TorrentMaker.Options.defaults().withPieceLength(pieceLength));
  }

  private static void exit(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command[0] + " failed");
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private void publish(SwarmLab lab, int run, String size, Path video) throws Exception {
    Path site = lab.folder("site of " + size + " " + run);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Report.script(),
                "publish",
                video.toString(),
                "--site=https://example.org/",
                "--out=" + site,
                "--link",
                "--no-check")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long peakKilobytes = 0;
    while (process.isAlive()) {
      peakKilobytes = Math.max(peakKilobytes, PeakMemory.kilobytes(process.pid()));
      Thread.sleep(10);
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("publish failed");
    }
    add(run, "publish of " + size + ", s", (System.nanoTime() - start) / 1e9);
    add(run, "publish of " + size + ", peak MiB", peakKilobytes / 1024.0);
  }

  private void add(int run, String what, double value) {
    if (run >= 0) {
      System.err.printf("%s: %.2f%n", what, value);
      samples.computeIfAbsent(what, any -> new ArrayList<>()).add(value);
    }
  }

  private boolean print() {
    System.out.printf("%n%d runs each, medians%n", runs);
    samples.forEach((what, values) -> System.out.printf("%-32s %8.2f%n", what, median(what)));
    double ratio = median("sha1sum s") / median("torrent s");
    System.out.printf("hashing, of sha1sum's speed %13.2f of at least %.2f%n", ratio, WANTED_RATIO);
    return ratio >= WANTED_RATIO;
  }

  private double median(String what) {
    return Report.median(
        samples.getOrDefault(what, List.of()).stream().mapToDouble(Double::doubleValue).toArray());
  }
}
