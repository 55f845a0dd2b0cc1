package org.peerlet.ui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.TestUser;
import org.peerlet.fixtures.lab.VirtualScreen;
import org.peerlet.fixtures.media.BurntInTime;

/** {@code peerlet demo}: the whole way from an empty folder to a picture that came from peers. */
class DemoCommandIT {
  private static final Duration DEMO_TIME = Duration.ofSeconds(90);

  /** Four processes leave, one after the other at worst. */
  private static final Duration END_TIME = Duration.ofSeconds(10);

  private static final int INTERRUPTED = 128 + 2;

  private final SwarmLab lab = SwarmLab.open();
  private final TestUser user = new TestUser(lab, "visitor");

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void showsAMovingPictureThatCameFromPeers() throws Exception {
    VirtualScreen screen = lab.xvfb(1280, 800);
    user.with(lab.pulseNullSink()).with(screen.environment());
    Path receiptFile = user.home().resolve("receipt.json");

    LabProcess demo = user.peerlet("demo", "--exit-after", "10s", "--receipt=" + receiptFile);
    demo.awaitLine("^Opening the player", DEMO_TIME);
    double early = awaitTime(() -> BurntInTime.read(screen.screenshot()), 0);
    double later = awaitTime(() -> BurntInTime.read(screen.screenshot()), early + 2);
    screen.screenshot(Path.of("target/screenshots/demo.png"));
    assertThat(later).isLessThan(15);

    assertThat(demo.awaitExit(DEMO_TIME)).as(demo.lastOutput()).isZero();
    JsonNode receipt = new ObjectMapper().readTree(receiptFile.toFile());
    assertThat(receipt.path("firstFrameMillis").asLong()).isPositive();
    assertThat(receipt.path("rebuffers").asInt()).isZero();
    assertThat(receipt.path("bytesFromPeers").asLong())
        .as("%s", receipt)
        .isGreaterThan(receipt.path("bytesFromOrigin").asLong());
    assertThat(demo.stdout())
        .last()
        .asString()
        .matches(
            "The player got \\d+\\.\\d MB from other viewers and \\d+\\.\\d MB from the site\\.");
    assertThat(TestUser.complaints(demo)).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void endsWithThePlayerWhereThereIsNoDisplay() throws Exception {
    LabProcess demo = user.peerlet("demo");
    assertThat(demo.awaitExit(DEMO_TIME)).isEqualTo(Peerlet.FAILED);
    assertThat(TestUser.complaints(demo))
        .singleElement()
        .asString()
        .startsWith("peerlet: ")
        .contains("no display");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"^Starting a site", "^Two viewers watch", "^Opening the player"})
  void ctrlCEndsAllOfIt(String step) throws Exception {
    VirtualScreen screen = lab.xvfb(1280, 800);
    user.with(lab.pulseNullSink()).with(screen.environment());
    LabProcess demo = user.peerlet("demo");
    demo.awaitLine(step, DEMO_TIME);
    TestUser.interrupt(demo);
    assertThat(demo.awaitExit(END_TIME)).as(demo.lastOutput()).isEqualTo(INTERRUPTED);
    assertThat(TestUser.complaints(demo)).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void aSignalToTheDemoAloneEndsAllOfIt() throws Exception {
    LabProcess demo = user.peerlet("demo");
    demo.awaitLine("^Two viewers watch", DEMO_TIME);
    TestUser.terminate(demo);
    assertThat(demo.awaitExit(END_TIME)).isEqualTo(128 + 15);
    assertThat(TestUser.complaints(demo)).isEmpty();
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws Exception {
    assertThat(user.processes()).isEmpty();
    assertThat(user.files()).isEmpty();
  }

  /** The first media time on the screen that is at least as late. */
  private static double awaitTime(Callable<OptionalDouble> screen, double atLeast) {
    return Awaitility.await()
        .atMost(DEMO_TIME)
        .pollInterval(Duration.ofMillis(200))
        .until(screen, time -> time.isPresent() && time.getAsDouble() >= atLeast)
        .orElseThrow();
  }
}
