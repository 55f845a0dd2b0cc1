package org.peerlet.ui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerlet.fixtures.lab.RawFigures;

/** What all benchmarks do with their figures. */
final class Report {
  private Report() {}

  static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }

  /** The start script: the benchmark's own script names it, and tests run in a module beside it. */
  static String script() {
    String module = System.getProperty("basedir");
    String near =
        module == null ? "./peerlet" : Path.of(module).resolveSibling("peerlet").toString();
    return System.getenv().getOrDefault("PEERLET_SCRIPT", near);
  }

  /** Writes raw figures with what made them; nothing without a file. */
  static void write(@Nullable Path out, String benchmark, String command, Object samples)
      throws IOException {
    if (out == null) {
      return;
    }
    Map<String, Object> document = RawFigures.of(benchmark, command, samples);
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(out, json.writeValueAsString(document) + "\n");
  }
}
