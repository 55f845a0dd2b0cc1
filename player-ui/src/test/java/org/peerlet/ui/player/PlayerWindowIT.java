package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peerlet.fixtures.media.Media;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.peer.TinyTracker;

/**
 * What a viewer does, as a viewer does it: a real window, real keys, and the time on the screen.
 */
class PlayerWindowIT {
  private static final double SEEK_BAR = 0.895;
  private static final double BUTTONS = 0.95;
  private static final double MUTE = 0.077;
  private static final double PLAYED_X = 0.029;
  private static final double PLAYED_Y = 0.887;
  private static final int PLAYED = 0x4da3ff;
  private static final double SITE_ONLY_X = 0.519;
  private static final double SITE_ONLY_Y = 0.767;
  private static final double SECONDS = 0.5;

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
  void playsPausesSeeksAndResumes() throws InterruptedException {
    lab.play(lab.torrent(Media.CLIP_60S), "off");
    double early = lab.awaitTime("a picture", time -> true);
    lab.screenshot("playing");
    lab.awaitTime("movement", time -> time > early + 1);

    lab.keys("space");
    Thread.sleep(500);
    double paused = lab.awaitTime("the pause", time -> true);
    Thread.sleep(1000);
    assertThat(lab.awaitTime("the pause", time -> true)).isEqualTo(paused);
    lab.screenshot("paused");

    lab.click(0.5, SEEK_BAR);
    double middle = lab.awaitTime("the middle", time -> time > 20);
    lab.screenshot("seeked");
    assertThat(middle).isCloseTo(30, within(SECONDS));

    lab.keys("space");
    lab.awaitTime("movement after the seek", time -> time > middle + 1);
    lab.keys("Right");
    lab.awaitTime("five seconds on", time -> time > middle + 5.5);
    lab.keys("Left", "Left", "Left");
    lab.awaitTime("fifteen seconds back", time -> time < middle - 2);
    lab.awaitTime("movement", time -> time > middle);

    lab.keys("ctrl+w");
    assertThat(lab.awaitExit()).isZero();
    assertThat(lab.cache()).isEmpty();
    assertThat(lab.receipt().get("firstFrameMillis").asLong()).isPositive();
    assertThat(lab.receipt().get("rebuffers").asInt()).isZero();
    assertThat(lab.receipt().get("playedSeconds").asDouble()).isBetween(3.0, 60.0);
    assertThat(lab.receipt().get("bytesFromOrigin").asLong()).isPositive();
  }

  @Test
  void playsToTheEndAndAgain() throws InterruptedException {
    lab.play(lab.torrent(Media.CLIP_10S_INDEX_LAST), "off");
    lab.awaitTime("the end", time -> time >= 9.7);
    Thread.sleep(1000);
    lab.screenshot("ended");
    lab.keys("space");
    lab.awaitTime("the beginning", time -> time < 3);
    lab.awaitTime("movement", time -> time > 4);
    lab.player().close();
    assertThat(lab.cache()).isEmpty();
    assertThat(lab.receipt().get("failure").isNull()).isTrue();
  }

  @Test
  void seeksInAClipWhoseIndexIsLast() throws InterruptedException {
    lab.play(lab.torrent(Media.CLIP_10S_INDEX_LAST), "off");
    lab.awaitTime("movement", time -> time > 0.5);
    lab.keys("space");
    lab.click(0.7, SEEK_BAR);
    assertThat(lab.awaitTime("a later part", time -> time > 6)).isCloseTo(7, within(SECONDS));
    lab.click(0.3, SEEK_BAR);
    assertThat(lab.awaitTime("an earlier part", time -> time < 4)).isCloseTo(3, within(SECONDS));
    lab.keys("space");
    lab.awaitTime("movement", time -> time > 4);
    lab.keys("ctrl+w");
    assertThat(lab.awaitExit()).isZero();
    assertThat(lab.receipt().get("rebuffers").asInt()).isZero();
  }

  @Test
  void playsAClipThatHasNoSound() throws InterruptedException {
    lab.playWithoutSoundDevice(lab.torrent(Media.CLIP_10S_SILENT), "off", "2");
    lab.awaitTime("movement", time -> time > 1);
    assertThat(lab.awaitExit()).isZero();
    assertThat(lab.receipt().get("notice").isNull()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Media.class,
      names = {"CLIP_10S", "CLIP_10S_INDEX_LAST"})
  void playsWithoutSoundWhereThereIsNoDevice(Media media) throws InterruptedException {
    lab.playWithoutSoundDevice(lab.torrent(media), "off", "6");
    lab.awaitTime("movement", time -> time > 1);
    lab.screenshot("no-sound-device-" + media);
    assertThat(lab.awaitExit()).isZero();
    assertThat(lab.receipt().get("notice").asText())
        .isEqualTo("No sound device: playing without sound.");
  }

  @ParameterizedTest
  @EnumSource(
      value = Media.class,
      names = {"OPUS_AUDIO", "MP3_AUDIO"})
  void playsWithoutSoundThatItCannotPlay(Media media) throws InterruptedException {
    lab.play(lab.torrent(media), "off", "3");
    lab.awaitTime("a picture", time -> time > 0.5);
    lab.screenshot("unplayable-sound-" + media);
    assertThat(lab.awaitExit()).isZero();
    assertThat(lab.receipt().get("notice").asText()).contains("Playing without sound.");
  }

  @ParameterizedTest
  @EnumSource(
      value = Media.class,
      names = {"AV1", "H264_10BIT", "FRAGMENTED", "MATROSKA", "WEBM"})
  void saysWhatItCannotPlay(Media media) throws InterruptedException {
    lab.play(lab.torrent(media), "off", "4");
    Thread.sleep(3500);
    lab.screenshot("unplayable-" + media);
    assertThat(lab.awaitExit()).isEqualTo(1);
    assertThat(lab.receipt().get("failure").asText()).startsWith("This clip");
    assertThat(lab.receipt().get("firstFrameMillis").isNull()).isTrue();
  }

  @Test
  void asksBeforeItContactsAnyoneAndRemembersTheAnswer() throws Exception {
    try (TinyTracker tracker = TinyTracker.open()) {
      lab.play(lab.torrent(Media.CLIP_60S, tracker.url()), "-", "10");
      await().atMost(Duration.ofSeconds(30)).until(() -> lab.origin().bytesSent() > 100_000);
      Thread.sleep(2000);
      lab.screenshot("consent");
      assertThat(tracker.announces()).isEmpty();
      lab.keys("Tab", "Tab", "space"); // the second button: only receive
      await().atMost(Duration.ofSeconds(20)).until(() -> !tracker.announces().isEmpty());
      lab.screenshot("consent-given");
      Path answer = lab.folder().resolve("config").resolve("sharing.properties");
      assertThat(Files.readString(answer)).contains("receive");
      lab.awaitTime("movement", time -> time > 3);
      assertThat(lab.awaitExit()).isZero();
    }
  }

  @Test
  void leavesTheKeysToWhatTheViewerWentToWithTheTabKey() throws InterruptedException {
    lab.play(lab.torrent(Media.CLIP_60S), "off");
    lab.awaitTime("movement", time -> time > 1);
    lab.keys("Tab", "Tab", "Tab", "Tab"); // the volume, after the seek bar and two buttons
    Thread.sleep(4000); // longer than the controls stay by themselves
    double before = lab.awaitTime("movement", time -> true);
    lab.keys("Left"); // softer, and not back in the clip
    Thread.sleep(1000);
    lab.screenshot("volume-by-keys");
    assertThat(lab.awaitTime("movement", time -> true)).isGreaterThan(before);
    lab.keys("ctrl+w");
    assertThat(lab.awaitExit()).isZero();
  }

  @Test
  void takesTheKeysBackFromWhatWasClickedWhileItAsks() throws InterruptedException {
    lab.play(lab.torrent(Media.CLIP_60S), "-");
    // The question lies over the time, so that the seek bar has to tell of the movement.
    await().atMost(Duration.ofSeconds(30)).until(() -> lab.colour(PLAYED_X, PLAYED_Y) == PLAYED);
    lab.click(MUTE, BUTTONS);
    lab.keys("space"); // a pause, and not the sound again
    Thread.sleep(500);
    lab.screenshot("muted-while-asked");
    lab.click(SITE_ONLY_X, SITE_ONLY_Y);
    double paused = lab.awaitTime("the pause", time -> true);
    Thread.sleep(1000);
    assertThat(lab.awaitTime("the pause", time -> true)).isEqualTo(paused);
    lab.keys("ctrl+w");
    assertThat(lab.awaitExit()).isZero();
  }

  @Test
  void changesTheWayOfSharingLater() throws InterruptedException {
    lab.play(lab.torrent(Media.CLIP_60S), "receive");
    lab.awaitTime("movement", time -> time > 1);
    lab.click(0.88, BUTTONS);
    Thread.sleep(700);
    lab.screenshot("sharing-menu");
    lab.keys("Down", "Down", "Down", "Return"); // the last way: site only
    Path answer = lab.folder().resolve("config").resolve("sharing.properties");
    await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(answer));
    assertThat(answer).content().contains("off");
    lab.awaitTime("movement", time -> time > 4);
    lab.screenshot("sharing-changed");
    lab.keys("ctrl+w");
    assertThat(lab.awaitExit()).isZero();
  }

  @Test
  void waitsForASlowOriginAndCountsIt() throws InterruptedException {
    lab.play(lab.torrent(Media.CLIP_60S), "off");
    lab.origin().fault(new OriginFault.Throttle(25_000));
    lab.awaitTime("movement", time -> time > 1);
    lab.origin().fault(new OriginFault.Throttle(5_000));
    Thread.sleep(15_000);
    lab.screenshot("rebuffering");
    double stalled = lab.awaitTime("the stall", time -> true);
    lab.origin().heal();
    lab.awaitTime("movement after the stall", time -> time > stalled + 3);
    lab.screenshot("rebuffered");
    lab.keys("ctrl+w");
    assertThat(lab.awaitExit()).isZero();
    assertThat(lab.receipt().get("rebuffers").asInt()).isPositive();
    assertThat(lab.receipt().get("rebufferMillis").asLong()).isGreaterThan(1000);
    assertThat(lab.receipt().get("bufferSeconds").asDouble()).isBetween(0.5, 60.0);
    assertThat(lab.receipt().get("clipBytesPerSecond").asLong()).isBetween(1L, 100_000L);
    assertThat(lab.receipt().get("offload").asDouble()).isLessThanOrEqualTo(0);
    assertThat(lab.receipt().get("originPieces").fieldNames()).toIterable().containsOnly("alone");
    assertThat(lab.receipt().get("timeToFirstByteMillis").asLong()).isPositive();
  }

  @Test
  void seeksAndClosesWhileTheOriginStalls() throws InterruptedException {
    lab.play(lab.torrent(Media.CLIP_60S), "off");
    lab.awaitTime("movement", time -> time > 1);
    lab.origin().fault(new OriginFault.Stall(0));
    lab.origin().disconnectAll();
    lab.click(0.9, SEEK_BAR);
    Thread.sleep(1500);
    lab.screenshot("seek-stalled");
    lab.click(0.05, SEEK_BAR); // what is there plays at once
    lab.awaitTime("the beginning", time -> time > 2.5 && time < 8);
    lab.click(0.9, SEEK_BAR);
    Thread.sleep(500);
    long asked = System.nanoTime();
    lab.keys("ctrl+w");
    assertThat(lab.awaitExit()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(4));
    assertThat(lab.receipt().get("rebuffers").asInt()).isZero();
  }

  @Test
  void saysWhatIsWrongAndTriesAgain() throws InterruptedException {
    Path torrent = lab.torrent(Media.CLIP_10S);
    lab.origin().fault(new OriginFault.Status(404));
    lab.play(torrent, "off");
    Thread.sleep(6000);
    lab.screenshot("failure");
    lab.origin().heal();
    lab.keys("space"); // the focus is on Retry
    lab.awaitTime("movement", time -> time > 1);
    lab.screenshot("recovered");
    lab.keys("ctrl+w");
    assertThat(lab.awaitExit()).isZero();
  }
}
