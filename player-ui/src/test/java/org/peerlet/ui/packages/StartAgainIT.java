package org.peerlet.ui.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;

/** The start scripts, at the root and in a package, before a Java that breaks down. */
class StartAgainIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String AGAIN =
      "peerlet: the player broke down; starting it again where it was";
  private static final Path ROOT_SCRIPT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("peerlet");

  private final SwarmLab lab = SwarmLab.open();

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({"root, SEGV", "root, ABRT", "package, SEGV", "package, ABRT"})
  void startsOnceMoreWhereItWas(String script, String signal) throws Exception {
    FakeJava java =
        java(
            "[ $starts = 2 ] || { echo '{\"positionMillis\":7}' >\"$state\"; kill -%s $$; }; cat \"$state\""
                .formatted(signal));
    LabProcess player = start(script, java, "play", "--share", "off", "a b.torrent");
    assertThat(player.awaitExit(PATIENCE)).as(player.lastOutput()).isZero();
    assertThat(player.stdout()).containsExactly("{\"positionMillis\":7}");
    assertThat(player.stderr()).containsExactly(AGAIN);
    assertThat(java.starts()).hasSize(2);
    assertThat(java.starts().get(1)).isEqualTo(java.starts().get(0));
    assertThat(java.starts().get(0))
        .containsSubsequence("org.peerlet.ui.cli.Peerlet", "play", "--state-file")
        .endsWith("--share", "off", "a b.torrent");
    assertThat(leftBehind()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"root, SEGV, 139", "root, ABRT, 134", "package, SEGV, 139"})
  void givesUpTheSecondTime(String script, String signal, int exitCode) throws Exception {
    FakeJava java = java("echo '{}' >\"$state\"; kill -%s $$".formatted(signal));
    LabProcess player = start(script, java, "play", "x.torrent");
    assertThat(player.awaitExit(PATIENCE)).isEqualTo(exitCode);
    assertThat(player.stderr()).containsExactly(AGAIN);
    assertThat(java.starts()).hasSize(2);
    assertThat(leftBehind()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 130, 137, 143})
  void keepsOtherExitCodes(int exitCode) throws Exception {
    FakeJava java = java("exit " + exitCode);
    LabProcess player = start("root", java, "play", "x.torrent");
    assertThat(player.awaitExit(PATIENCE)).isEqualTo(exitCode);
    assertThat(player.stderr()).isEmpty();
    assertThat(java.starts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"root, TERM", "root, INT", "root, HUP", "package, TERM"})
  void passesSignalsOn(String script, String signal) throws Exception {
    FakeJava java =
        java(
            "trap 'echo heard %1$s; exit 42' %1$s; echo waiting; while :; do sleep 0.05; done"
                .formatted(signal));
    LabProcess player = start(script, java, "play", "x.torrent");
    player.awaitLine("^waiting$", PATIENCE);
    kill(signal, player.pid());
    assertThat(player.awaitExit(PATIENCE)).isEqualTo(42);
    assertThat(player.stdout()).containsExactly("waiting", "heard " + signal);
    assertThat(java.starts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void startsNothingAgainOnceItWasStopped(String signal) throws Exception {
    FakeJava java =
        java(
            "trap 'kill -ABRT $$' %s; echo waiting; while :; do sleep 0.05; done"
                .formatted(signal));
    LabProcess player = start("root", java, "play", "x.torrent");
    player.awaitLine("^waiting$", PATIENCE);
    kill(signal, player.pid());
    assertThat(player.awaitExit(PATIENCE)).isEqualTo(134);
    assertThat(player.stderr()).isEmpty();
    assertThat(java.starts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "package"})
  void readsWhatIsTyped(String script) throws Exception {
    FakeJava java = java("read -r line && echo \"read $line\"");
    LabProcess player = start(script, java, "play", "x.torrent");
    player.writeLine("a word");
    assertThat(player.awaitExit(PATIENCE)).isZero();
    assertThat(player.stdout()).containsExactly("read a word");
  }

  @ParameterizedTest
  @CsvSource({"root, stream x", "root, play --help", "package, stream x", "package, play -h"})
  void becomesWhatHasNoWindow(String script, String arguments) throws Exception {
    FakeJava java = java("echo $$");
    LabProcess command = start(script, java, arguments.split(" ", -1));
    assertThat(command.awaitExit(PATIENCE)).isZero();
    assertThat(command.stdout()).containsExactly(Long.toString(command.pid()));
    assertThat(java.starts().get(0)).doesNotContain("--state-file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "package"})
  void takesHostileArgumentsAsTheyAre(String script) throws Exception {
    FakeJava java = java("exit 0");
    String url = "https://h/a.json --help $(touch x) `id` ; --state-file=y 'z\"";
    LabProcess player = start(script, java, "play", "--", url);
    assertThat(player.awaitExit(PATIENCE)).isZero();
    assertThat(java.starts().get(0)).contains("--state-file").endsWith("--", url);
  }

  private FakeJava java(String behaviour) throws IOException {
    return FakeJava.make(lab.folder("java"), behaviour);
  }

  private LabProcess start(String script, FakeJava java, String... arguments) throws IOException {
    Path program = script.equals("root") ? ROOT_SCRIPT : java.install(lab.folder("installed"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT",
                "--default-signal=HUP",
                "--unset=XDG_CACHE_HOME",
                "JAVA_HOME=" + java.home(),
                "HOME=" + lab.folder("home"),
                "PEERLET_NO_BUILD=true",
                program.toString()));
    command.addAll(List.of(arguments));
    return lab.start("player", Map.of(), command);
  }

  private List<Path> leftBehind() throws IOException {
    try (Stream<Path> all = Files.walk(lab.folder("home"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void kill(String signal, long process) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process)).start().waitFor();
  }
}
