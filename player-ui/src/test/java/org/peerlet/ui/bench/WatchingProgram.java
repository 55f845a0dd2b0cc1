package org.peerlet.ui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * How a program that stands for a viewer talks with the benchmark that started it: says {@code
 * ready}, waits for a line, watches, and prints what came of it as a line of JSON.
 */
final class WatchingProgram {
  private WatchingProgram() {}

  /** Runs a program, and ends the JVM. */
  static void start(Callable<Integer> program, String[] arguments) {
    CommandLine command = new CommandLine(program);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    // Whatever threads a subject leaves behind.
    Runtime.getRuntime().halt(command.execute(arguments));
  }

  /** What is done with a feed. */
  interface Watch<F extends ViewerFeed> {
    Object watch(F feed) throws Exception;
  }

  /**
   * Watches when it is told to.
   *
   * @param sample like a result: writing it loads what writing one needs, before it is time
   */
  static <F extends ViewerFeed> void watch(F feed, Object sample, Watch<F> watching)
      throws Exception {
    ObjectMapper json = new ObjectMapper();
    try (feed) {
      json.writeValueAsString(sample);
      System.out.println("ready");
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      Object result = watching.watch(feed);
      System.out.println(json.writeValueAsString(result));
      System.out.flush();
    }
  }
}
