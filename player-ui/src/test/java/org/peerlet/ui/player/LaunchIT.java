package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.LaunchArguments;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.media.Media;
import org.peerlet.fixtures.peer.TinyTracker;
import org.peerlet.ui.launch.Handover;

/** A page's button, pressed once, twice, and after a crash. */
class LaunchIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The button of an offer, in parts of the window. */
  private static final double PLAY_IT_X = 0.356;

  private static final double PLAY_IT_Y = 0.526;

  private WindowLab lab;

  @BeforeEach
  void open() throws InterruptedException {
    lab = WindowLab.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void asksBeforeASecondLaunchReplacesWhatPlays() throws Exception {
    String first = lab.manifest(Media.CLIP_60S, "The first");
    String second = lab.manifest(Media.CLIP_10S, "The second");
    LabProcess open = lab.launch(first);
    lab.awaitTime("movement", time -> time > 1);

    assertThat(lab.launchAgain(second).awaitExit(PATIENCE)).isZero();
    Thread.sleep(1_000);
    lab.screenshot("launch-offer");
    lab.keys("Tab", "space"); // stay
    lab.awaitTime("the first goes on", time -> time > 4);
    assertThat(lab.titles()).containsExactly("The first – Peerlet");

    assertThat(lab.launchAgain(second).awaitExit(PATIENCE)).isZero();
    Thread.sleep(1_000);
    lab.keys("space"); // play it
    await().atMost(PATIENCE).until(() -> lab.titles().contains("The second – Peerlet"));
    lab.awaitTime("the second from its start", time -> time > 0.5 && time < 3);
    lab.screenshot("launch-replaced");
    assertThat(lab.titles()).hasSize(1);

    lab.keys("ctrl+w");
    assertThat(open.awaitExit(PATIENCE)).isZero();
  }

  @Test
  void forgetsAnOfferThatALaterOneReplaced() throws Exception {
    LabProcess open = lab.launch(lab.manifest(Media.CLIP_10S, "The first"));
    lab.awaitTime("movement", time -> time > 1);
    String second = lab.manifest(Media.CLIP_60S, "The second");
    assertThat(lab.launchAgain(second).awaitExit(PATIENCE)).isZero();
    lab.awaitTime("the end, while it asks", time -> time >= 9.7);
    Thread.sleep(1_000);
    String third = lab.manifest(Media.CLIP_10S_INDEX_LAST, "The third");
    assertThat(lab.launchAgain(third).awaitExit(PATIENCE)).isZero();
    lab.awaitTime("the third", time -> time > 0.5 && time < 5);

    lab.click(PLAY_IT_X, PLAY_IT_Y); // where the second was offered: a click on the picture now
    Thread.sleep(1_000);
    lab.screenshot("launch-offer-forgotten");
    assertThat(lab.titles()).containsExactly("The third – Peerlet");
    lab.keys("ctrl+w");
    assertThat(open.awaitExit(PATIENCE)).isZero();
  }

  @Test
  void opensAWindowForALaunchThatComesWhileThePlayerCloses() throws Exception {
    try (TinyTracker tracker = TinyTracker.open()) {
      String url = lab.manifest(Media.CLIP_60S, "A clip", tracker.url());
      Path launches = lab.folder().resolve("cache").resolve("launches");
      LaunchArguments launch = LaunchArguments.parse(List.of(url));
      LabProcess closing = lab.launch(url, "--share=on");
      lab.awaitTime("movement", time -> time > 1);
      assertThat(Handover.to(launches, launch)).isTrue();

      lab.keys("ctrl+w");
      await().atMost(PATIENCE).until(() -> !lab.hasWindow());
      boolean taken = Handover.to(launches, launch);
      assertThat(closing.isAlive()).as("it leaves the swarm").isTrue();
      assertThat(taken).isFalse();
      Path receipt = lab.folder().resolve("second.json");
      LabProcess second = lab.launch(url, "--exit-after=1s", "--receipt=" + receipt);
      assertThat(closing.awaitExit(PATIENCE)).isZero();
      assertThat(second.awaitExit(PATIENCE)).isZero();
      assertThat(receipt).content().contains("windowMillis");
    }
  }

  @Test
  void goesOnWhereACrashTookItDown() throws Exception {
    Path state = lab.folder().resolve("state");
    String url = lab.manifest(Media.CLIP_60S, "A clip");
    LabProcess killed = lab.launch(url, "--state-file", state.toString());
    lab.awaitTime("movement", time -> time > 5);
    await().atMost(PATIENCE).until(() -> Files.readString(state).contains("\"window\":true"));
    Thread.sleep(1_000);
    lab.kill(killed);
    assertThat(Files.readString(state)).contains(url);

    LabProcess again = lab.launch(url, "--state-file", state.toString());
    // JavaFX may show the first picture for an instant before it has jumped.
    assertThat(lab.awaitTime("where it stood", time -> time > 0.5)).isBetween(3.5, 20.0);
    lab.keys("ctrl+w");
    assertThat(again.awaitExit(PATIENCE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"the window is closed", "the process is ended"})
  void saysThatTheReceiptCannotBeWritten(String when) throws Exception {
    Path receipt = lab.folder().resolve("a receipt");
    String url = lab.manifest(Media.CLIP_60S, "A clip");
    LabProcess player = lab.launch(url, "--receipt=" + receipt);
    lab.awaitTime("movement", time -> time > 0.5);
    Files.createDirectory(receipt); // in its place
    if (when.startsWith("the window")) {
      lab.keys("ctrl+w");
      assertThat(player.awaitExit(PATIENCE)).isEqualTo(1);
    } else {
      ProcessHandle.of(player.pid()).orElseThrow().destroy();
      assertThat(player.awaitExit(PATIENCE)).isEqualTo(143);
    }
    assertThat(player.stderr())
        .containsExactly("peerlet: The receipt can't be written to " + receipt);
  }

  @ParameterizedTest
  @CsvSource({
    "Magnet, magnet:?xt=urn:btmh:1220abababab, version 2, 1",
    "Link, peerlet:https://site.example/, A page may hand over, 2",
    "Peerlet, nothing.torrent, no such file, 1"
  })
  void saysInAWindowWhatADesktopHasNoEyesFor(String entry, String link, String words, int exitCode)
      throws Exception {
    LabProcess refused = lab.openFromDesktop(entry, link);
    await().atMost(PATIENCE).until(() -> lab.hasWindow());
    Thread.sleep(500);
    lab.screenshot("refused-" + entry);
    assertThat(refused.stderr()).singleElement().asString().contains(words);
    lab.keys("ctrl+w");
    assertThat(refused.awaitExit(PATIENCE)).isEqualTo(exitCode);
  }

  @Test
  void refusesWhatNoPageMayHandOver() throws Exception {
    for (String hostile : new String[] {"file:///etc/clip.json", "--cache=/", "clip.torrent"}) {
      LabProcess refused = lab.launch(hostile);
      assertThat(refused.awaitExit(PATIENCE)).isEqualTo(2);
      assertThat(refused.lastOutput()).contains("peerlet: ");
    }
    assertThat(lab.launch(lab.manifest(Media.CLIP_10S, "x"), "extra").awaitExit(PATIENCE))
        .isEqualTo(2);
  }
}
