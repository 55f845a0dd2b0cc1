package org.peerlet.ui.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;

/**
 * A user with an empty home who runs the root script, with no variable of ours in the environment
 * and so without a display. Any thread.
 */
final class TestUser {
  /** Long enough for a start on a machine that is busy with other tests. */
  static final Duration START_TIME = Duration.ofSeconds(30);

  /** A process with JAVA_TOOL_OPTIONS begins with this line. */
  private static final String JVM_NOISE = "Picked up JAVA_TOOL_OPTIONS";

  private final SwarmLab lab;
  private final String name;
  private final Path home;
  private final Map<String, String> environment = new TreeMap<>();
  private final List<String> javaOptions = new ArrayList<>();

  TestUser(SwarmLab lab, String name) {
    this.lab = lab;
    this.name = name;
    this.home = lab.folder("home of " + name);
    javaOptions.add("-Djava.io.tmpdir=\"" + lab.folder("home of " + name + "/tmp") + "\"");
    environment.put("PATH", System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HOME", home.toString());
    environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
    environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
    environment.put("XDG_STATE_HOME", home.resolve("state").toString());
    environment.put("PEERLET_NO_BUILD", "true");
  }

  /** Sets a variable of the environment. */
  TestUser with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Sets variables, but for the home, which stays ours. */
  TestUser with(Map<String, String> variables) {
    variables.forEach(
        (variable, value) -> {
          if (!variable.equals("HOME")) {
            environment.put(variable, value);
          }
        });
    return this;
  }

  /** Hands an option to every JVM. */
  TestUser javaOption(String option) {
    javaOptions.add(option);
    return this;
  }

  /** Starts {@code peerlet} with arguments. */
  LabProcess peerlet(String... arguments) {
    // In a process group of its own and open to Ctrl-C, as a shell starts it; tests that run in the
    // background have Ctrl-C ignored, which every child would inherit.
    List<String> command = new ArrayList<>(List.of("setsid", "env", "-i", "--default-signal=INT"));
    environment.forEach((variable, value) -> command.add(variable + "=" + value));
    command.add("JAVA_TOOL_OPTIONS=" + String.join(" ", javaOptions));
    command.add(script().toString());
    command.addAll(Arrays.asList(arguments));
    return lab.start(name, Map.of(), command);
  }

  /** The script at the root of the checkout; tests run in their module's folder. */
  static Path script() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("peerlet");
  }

  /** The URL that a {@code peerlet stream} prints first. */
  static String url(LabProcess stream) throws InterruptedException {
    return stream.awaitLine("^http://127\\.0\\.0\\.1:\\d+/\\S+$", START_TIME).group();
  }

  /** Asks a process to end, as {@code kill} does. */
  static void terminate(LabProcess process) {
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
  }

  /** Presses Ctrl-C: the command and all that it started hear of it. */
  static void interrupt(LabProcess process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).start().waitFor();
  }

  /** What a process complained about so far. */
  static List<String> complaints(LabProcess process) {
    return process.stderr().stream().filter(line -> !line.startsWith(JVM_NOISE)).toList();
  }

  Path home() {
    return home;
  }

  Path cache() {
    return home.resolve("cache/peerlet");
  }

  void remembers(String share) throws IOException {
    Path config = Files.createDirectories(home.resolve("config/peerlet"));
    Files.writeString(config.resolve("sharing.properties"), "share=" + share + "\n");
  }

  /**
   * The files in the cache and the temporary folder. The native library is left out, since it stays
   * in the cache for the next start.
   */
  List<String> files() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path folder : List.of(cache(), home.resolve("tmp"))) {
      if (Files.exists(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          all.filter(Files::isRegularFile)
              .filter(file -> !file.endsWith("native/libtorrent4j.so"))
              .map(Path::toString)
              .forEach(found::add);
        }
      }
    }
    return found;
  }

  /** The processes that were started for this user, by the home in their environment. */
  List<String> processes() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(process -> read(process.resolve("environ")).contains("HOME=" + home + "\0"))
          .map(process -> read(process.resolve("cmdline")).replace('\0', ' '))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException endedOrForeign) {
      return "";
    }
  }
}
