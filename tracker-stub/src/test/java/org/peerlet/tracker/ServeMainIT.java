package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The command as a user starts it: a process of its own. */
class ServeMainIT {
  @TempDir private Path folder;

  private record Ended(int exitCode, String out, String err) {}

  private ProcessBuilder command(String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.peerlet.tracker.ServeMain"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    return builder;
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    Process process =
        command(arguments)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  static Stream<Arguments> badInput() {
    return Stream.of(
        Arguments.of(2, "Missing required parameter: 'DIR'", List.of()),
        Arguments.of(1, "no such folder: none", List.of("none")),
        Arguments.of(1, "not a folder: file", List.of("file")),
        Arguments.of(2, "port must be 0-65535, not 65536", List.of(".", "--port", "65536")),
        Arguments.of(2, "port must be 0-65535, not -1", List.of(".", "--port", "-1")),
        Arguments.of(2, "'abc' is not an int", List.of(".", "--port", "abc")),
        Arguments.of(2, "interval must be 1-3600 seconds, not 0", List.of(".", "--interval", "0")),
        Arguments.of(
            2,
            "interval must be 1-3600 seconds",
            List.of(".", "--interval", "9223372036854775807")),
        Arguments.of(2, "Unknown option: '--frob'", List.of(".", "--frob")),
        Arguments.of(2, "Unmatched argument at index 1: 'other'", List.of(".", "other")),
        Arguments.of(2, "Unknown option: '--a[31m b'", List.of(".", "--a\u001b[31m\nb")),
        Arguments.of(1, "no such host: host.invalid", List.of(".", "--host", "host.invalid")),
        Arguments.of(1, "cannot listen on 192.0.2.1 port 0", List.of(".", "--host", "192.0.2.1")),
        Arguments.of(
            1,
            "no such folder for the access log: none/x",
            List.of(".", "--access-log", "none/x")));
  }

  @ParameterizedTest
  @MethodSource
  void badInput(int exitCode, String message, List<String> arguments)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("file"), "");
    Ended ended = run(arguments.toArray(String[]::new));
    assertThat(ended.err()).startsWith("peerlet serve: ").contains(message).hasLineCount(1);
    assertThat(ended.err()).endsWith("\n").doesNotContain("\u001b", "Exception");
    assertThat(ended.exitCode()).isEqualTo(exitCode);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void saysThatThePortIsTaken() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended ended = run(".", "--port", String.valueOf(taken.getLocalPort()));
      assertThat(ended.err())
          .isEqualTo(
              "peerlet serve: cannot listen on 127.0.0.1 port %d: Address already in use%n"
                  .formatted(taken.getLocalPort()));
      assertThat(ended.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void explainsItself() throws IOException, InterruptedException {
    Ended ended = run("--help");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .contains("DIR", "--port", "--host", "--interval", "--open-tracker", "--access-log");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void printsTwoLinesServesAndEndsOnSigterm() throws IOException, InterruptedException {
    Path site = Files.createDirectories(folder.resolve("site"));
    // Under LANG=C Java cannot turn this name into text.
    Files.writeString(site.resolve("a.txt"), "hello");
    ProcessBuilder touch =
        new ProcessBuilder("sh", "-c", "printf odd > \"$(printf 'site/\\303\\244.txt')\"");
    assertThat(touch.directory(folder.toFile()).start().waitFor()).isZero();
    ProcessBuilder builder =
        command("site", "--interval", "5", "--verbose", "--access-log", "access.log");
    builder.environment().put("LC_ALL", "C");
    Process process = builder.redirectError(folder.resolve("err").toFile()).start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String first = out.readLine();
      assertThat(first).matches("http://127\\.0\\.0\\.1:\\d+/");
      URI origin = URI.create(first);
      assertThat(out.readLine()).isEqualTo("announce " + origin.resolve("announce"));
      assertThat(RawHttp.get(origin, "/a.txt").text()).isEqualTo("hello");
      assertThat(RawHttp.get(origin, "/%C3%A4.txt").text()).isEqualTo("odd");
      assertThat(RawHttp.get(origin, "/announce").text()).contains("info_hash is missing");
      process.toHandle().destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    assertThat(Files.readAllLines(folder.resolve("access.log"))).hasSize(3);
    assertThat(Files.readString(folder.resolve("state/peerlet/log/serve.log")))
        .contains("INFO", "DEBUG", "serving site at http://127.0.0.1");
  }

  @Test
  void servesWithoutALogWhereNoneCanBeWritten() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("state"), "a file, so no folder can be made here");
    Process process = command(".").redirectError(folder.resolve("err").toFile()).start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).startsWith("http://");
      assertThat(out.readLine()).startsWith("announce ");
      process.toHandle().destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(folder.resolve("err")))
        .startsWith("peerlet serve: no log, cannot write to ")
        .hasLineCount(1);
  }
}
