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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;

/** Whose classes the start script keeps for later starts. */
class ClassArchiveIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String WINDOW = "echo '{}' >\"$state\"; ";
  private static final String ARCHIVE = "[ -z \"$archive\" ] || echo $starts >\"$archive\"; ";

  private final SwarmLab lab = SwarmLab.open();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void keepsThoseOfTheFirstWindowThatEndsWell() throws Exception {
    FakeJava java = java("[ $starts = 1 ] || " + WINDOW + ARCHIVE);
    Path script = java.install(lab.folder("installed"));
    assertThat(start(script).awaitExit(PATIENCE)).isZero();
    assertThat(files()).as("no window").isEmpty();
    assertThat(start(script).awaitExit(PATIENCE)).isZero();
    assertThat(files()).singleElement().satisfies(file -> assertThat(file).hasContent("2"));
    assertThat(start(script).awaitExit(PATIENCE)).isZero();
    assertThat(files()).singleElement().satisfies(file -> assertThat(file).hasContent("2"));
    assertThat(java.starts().get(2)).contains("-XX:SharedArchiveFile=" + files().get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 1", "kill -TERM $$", "kill -KILL $$", "kill -SEGV $$"})
  void keepsNoneOfABadEnd(String end) throws Exception {
    Path script = java(WINDOW + ARCHIVE + end).install(lab.folder("installed"));
    assertThat(start(script).awaitExit(PATIENCE)).isNotZero();
    assertThat(files()).isEmpty();
  }

  @Test
  void leavesNothingWhenItIsStopped() throws Exception {
    String wait = "trap 'exit 143' TERM; echo waiting; while :; do sleep 0.05; done";
    Path script = java(WINDOW + ARCHIVE + wait).install(lab.folder("installed"));
    LabProcess player = start(script);
    player.awaitLine("^waiting$", PATIENCE);
    ProcessHandle.of(player.pid()).orElseThrow().destroy();
    assertThat(player.awaitExit(PATIENCE)).isEqualTo(143);
    assertThat(files()).isEmpty();
  }

  @Test
  void removesWhatAKilledScriptLeftAndNothingOfAnOpenPlayer() throws Exception {
    String wait = "[ $starts != 1 ] || { echo waiting; read -r line; }";
    Path script = java(WINDOW + ARCHIVE + wait).install(lab.folder("installed"));
    LabProcess first = start(script);
    first.awaitLine("^waiting$", PATIENCE);
    Path classes = lab.folder("home").resolve(".cache/peerlet/classes");
    Path unfinished = Files.writeString(classes.resolve("an-old-build.jsa.999999999"), "x");
    assertThat(start(script).awaitExit(PATIENCE)).isZero();
    assertThat(unfinished).doesNotExist();
    try (Stream<Path> left = Files.list(classes)) {
      assertThat(left).as("one is finished, one is not").hasSize(2);
    }
    first.writeLine("on");
    assertThat(first.awaitExit(PATIENCE)).isZero();
    assertThat(files()).singleElement().satisfies(file -> assertThat(file).hasContent("1"));
  }

  private FakeJava java(String behaviour) throws IOException {
    return FakeJava.make(lab.folder("java"), behaviour);
  }

  private LabProcess start(Path script) {
    List<String> command =
        new ArrayList<>(
            List.of("env", "--unset=XDG_CACHE_HOME", "HOME=" + lab.folder("home"), script + ""));
    command.addAll(List.of("play", "x.torrent"));
    return lab.start("player", Map.of(), command);
  }

  /** What is in the user's home. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(lab.folder("home"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
