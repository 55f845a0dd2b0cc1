package org.peerlet.ui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.TestUser;

/** The script at the root. */
class StartScriptIT {
  private static final Duration HELP_TIME = Duration.ofSeconds(1);

  /** A machine that is busy with something else is not a slow script. */
  private static final int TRIES = 5;

  private final SwarmLab lab = SwarmLab.open();
  private final TestUser user = new TestUser(lab, "visitor");

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "help", "--help", "-h"})
  void saysWhatItCanDo(String argument) throws Exception {
    LabProcess script = argument.isEmpty() ? user.peerlet() : user.peerlet(argument);
    assertThat(script.awaitExit(TestUser.START_TIME)).isZero();
    assertThat(String.join("\n", script.stdout()))
        .startsWith("Usage: peerlet COMMAND")
        .contains("play SOURCE", "stream SOURCE", "publish VIDEO", "serve DIR", "demo ", "setup ");
    assertThat(TestUser.complaints(script)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"play", "stream", "serve", "demo"})
  void helpsAtOnce(String command) throws Exception {
    List<Duration> times = new ArrayList<>();
    do {
      long start = System.nanoTime();
      LabProcess help = user.peerlet(command, "--help");
      assertThat(help.awaitExit(TestUser.START_TIME)).isZero();
      times.add(Duration.ofNanos(System.nanoTime() - start));
      assertThat(help.stdout().get(0)).startsWith("Usage: peerlet " + command);
      assertThat(help.stdout()).noneMatch(line -> line.length() > 80);
    } while (times.get(times.size() - 1).compareTo(HELP_TIME) > 0 && times.size() < TRIES);
    assertThat(times).last().as("%s", times).matches(time -> time.compareTo(HELP_TIME) <= 0);
    assertThat(user.files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--version",
        "-V",
        "play --version",
        "play -V",
        "launch --version",
        "stream -V",
        "demo --version"
      })
  void saysItsVersion(String arguments) throws Exception {
    LabProcess script = user.peerlet(arguments.split(" ", -1));
    assertThat(script.awaitExit(TestUser.START_TIME)).as(script.lastOutput()).isZero();
    assertThat(script.stdout()).containsExactly(Peerlet.VERSION);
    assertThat(TestUser.complaints(script)).isEmpty();
    assertThat(user.files()).isEmpty();
  }

  /** With a list of packages that no system has: they would be named, or asked for as root. */
  @Test
  void setUpInstallsOnlyWhenAskedTo() throws Exception {
    FakeCheckout checkout = FakeCheckout.in(lab.folder("checkout"), TestUser.script());
    for (String help : List.of("--help", "-h")) {
      LabProcess script = setUp(checkout, help);
      assertThat(script.awaitExit(TestUser.START_TIME)).as(script.lastOutput()).isZero();
      assertThat(script.stdout()).first().asString().startsWith("Usage: peerlet setup");
      assertThat(script.stderr()).isEmpty();
    }
    for (String[] misuse : new String[][] {{"--test"}, {"tests"}, {"--tests", "--tests"}, {""}}) {
      LabProcess script = setUp(checkout, misuse);
      assertThat(script.awaitExit(TestUser.START_TIME)).as(script.lastOutput()).isEqualTo(2);
      assertThat(script.stderr())
          .containsExactly("peerlet: setup takes no more than --tests (peerlet setup --help)");
    }
    assertThat(checkout.packagesAskedFor()).isEmpty();
    assertThat(setUp(checkout).awaitExit(TestUser.START_TIME)).isZero();
    assertThat(checkout.packagesAskedFor()).containsExactly("made-up-to-play");
    assertThat(setUp(checkout, "--tests").awaitExit(TestUser.START_TIME)).isZero();
    assertThat(checkout.packagesAskedFor()).contains("made-up-to-test");
  }

  private LabProcess setUp(FakeCheckout checkout, String... arguments) {
    List<String> command = new ArrayList<>(List.of(checkout.script().toString(), "setup"));
    command.addAll(List.of(arguments));
    return lab.start("setup", checkout.environment(), command);
  }

  @Test
  void worksThroughALinkAndFromAnyFolder() throws Exception {
    Path link = Files.createSymbolicLink(user.home().resolve("a link"), TestUser.script());
    LabProcess script = lab.start("elsewhere", link.toString(), "--help");
    assertThat(script.awaitExit(TestUser.START_TIME)).isZero();
  }

  @Test
  void saysThatNothingIsBuilt() throws Exception {
    Path copy = Files.copy(TestUser.script(), lab.folder("checkout").resolve("peerlet"));
    LabProcess script =
        lab.start("copy", "env", "PEERLET_NO_BUILD=true", copy.toString(), "stream", "x");
    assertThat(script.awaitExit(TestUser.START_TIME)).isEqualTo(1);
    assertThat(script.stderr())
        .containsExactly("peerlet: player-ui is not built (PEERLET_NO_BUILD is set)");
  }

  @Test
  void leavesNoJarOfAnotherVersionBeside() throws Exception {
    FakeCheckout checkout = FakeCheckout.in(lab.folder("checkout"), TestUser.script());
    checkout.version("1", "codec-1.jar");
    assertThat(start(checkout)).containsExactly("codec-1.jar", "player-ui-1.jar");
    checkout.changeSource();
    Path kept = Files.createFile(checkout.lib().resolve("of-a-player-that-runs.jar"));
    assertThat(start(checkout)).contains("player-ui-1.jar", kept.getFileName().toString());
    checkout.version("2", "codec-2.jar");
    assertThat(start(checkout)).containsExactly("codec-2.jar", "player-ui-2.jar");
  }

  /** The names of the jars that a command of the checkout is run with. */
  private List<String> start(FakeCheckout checkout) throws Exception {
    LabProcess script =
        lab.start(
            "copy", checkout.environment(), List.of(checkout.script().toString(), "stream", "x"));
    assertThat(script.awaitExit(TestUser.START_TIME)).as(script.lastOutput()).isZero();
    return script.stdout();
  }

  @Test
  void passesShellcheck() throws Exception {
    Path script = TestUser.script();
    Path packaging = script.resolveSibling("player-ui/src/main/packaging");
    LabProcess check =
        lab.start(
            "shellcheck",
            "shellcheck",
            "--external-sources",
            script.toString(),
            packaging.resolve("peerlet").toString(),
            packaging.resolve("build").toString(),
            packaging.resolve("player.sh").toString(),
            script.resolveSibling("verify").toString(),
            script.resolveSibling("bench").toString(),
            script.resolveSibling(".ci/run").toString());
    assertThat(check.awaitExit(TestUser.START_TIME)).as(check.lastOutput()).isZero();
  }
}
