package org.peerlet.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the test class path in a JVM of its own, for what would end this one. */
public final class ChildJvm {
  private static final int TIMEOUT_SECONDS = 90;

  private ChildJvm() {}

  /** Exit code, and what it wrote to both outputs. */
  public record Result(int exitCode, String output) {}

  /**
   * Waits for the program's end.
   *
   * @param folder its working directory
   * @param options for the JVM
   */
  public static Result run(Path folder, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    // Surefire's own class path is a jar that only names others.
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process child =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(child.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as("the child ended").isTrue();
      return new Result(child.exitValue(), Files.readString(output));
    } finally {
      child.destroyForcibly();
    }
  }
}
