package org.peerlet.core.engine;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.peerlet.fixtures.lab.RawFigures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What deciding costs: scheduler, origin policy and the translation for libtorrent, of one viewer
 * of a clip of 1 MB/s beside twenty others, for clips of different lengths.
 */
public final class PolicyBenchmark {
  private static final String USAGE =
      """
      Usage: bench policy [--runs N] [--out FILE]
        --runs  How often each length is measured, taking turns. Default: 3.
        --out   A file for the figures, as JSON.
      """;

  private static final int[] PIECES = {2_000, 20_000, 200_000};

  private PolicyBenchmark() {}

  /** The benchmark; see its usage. */
  public static void main(String[] arguments) throws IOException {
    ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
        .setLevel(Level.WARN);
    int runs = 3;
    String out = "";
    for (int i = 0; i < arguments.length; i += 2) {
      if (arguments[i].equals("--help") || i + 1 == arguments.length) {
        System.out.print(USAGE);
        System.exit(arguments[i].equals("--help") ? 0 : 2);
      }
      switch (arguments[i]) {
        case "--runs" -> runs = Integer.parseInt(arguments[i + 1]);
        case "--out" -> out = arguments[i + 1];
        default -> {
          System.err.print(USAGE);
          System.exit(2);
        }
      }
    }
    run(runs, out, "./bench policy " + String.join(" ", arguments));
  }

  private static void run(int runs, String out, String command) throws IOException {
    System.out.printf(
        "%9s %14s %10s %16s %16s%n",
        "pieces", "decisions a s", "of a core", "a decision", "99 of 100 below");
    List<Object> samples = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      for (int pieces : PIECES) {
        DecidingViewer viewer = new DecidingViewer(pieces);
        viewer.play();
        System.out.printf(
            Locale.ROOT,
            "%9d %14.1f %8.2f %% %13.1f us %13.1f us%n",
            pieces,
            viewer.decisionsPerSecond(),
            100 * viewer.shareOfACore(),
            viewer.microsADecision(),
            viewer.microsBelow(0.99));
        samples.add(sample(pieces, viewer));
      }
    }
    if (!out.isEmpty()) {
      ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      Files.writeString(
          Path.of(out), json.writeValueAsString(RawFigures.of("policy", command, samples)) + "\n");
    }
  }

  private static Map<String, Object> sample(int pieces, DecidingViewer viewer) {
    Map<String, Object> sample = new LinkedHashMap<>();
    sample.put("pieces", pieces);
    sample.put("decisionsPerSecond", viewer.decisionsPerSecond());
    sample.put("shareOfACore", viewer.shareOfACore());
    sample.put("microsADecision", viewer.microsADecision());
    sample.put("micros99", viewer.microsBelow(0.99));
    sample.put("askedOfOrigin", viewer.asked());
    return sample;
  }
}
