package org.peerlet.ui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("benchmark", benchmark);
    document.put("at", Instant.now().toString());
    document.put("commit", System.getenv().getOrDefault("PEERLET_COMMIT", "unknown"));
    document.put("command", command);
    document.put("processors", Runtime.getRuntime().availableProcessors());
    document.put("java", System.getProperty("java.vm.version"));
    document.put("samples", samples);
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(out, json.writeValueAsString(document) + "\n");
  }
}
