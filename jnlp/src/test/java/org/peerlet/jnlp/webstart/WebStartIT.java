package org.peerlet.jnlp.webstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.bootstrap.Platform;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.Program;
import org.peerlet.fixtures.media.Media;

/** From the launch file to the picture, with Debian's launcher. */
class WebStartIT {
  @TempDir private static Path folder;

  private static PublishedSite site;
  private Javaws javaws;
  private Path launchFile;

  /** Signing takes longer than most tests, so one site serves them all. */
  @BeforeAll
  static void sign() throws IOException, InterruptedException {
    SigningKey key = DevelopmentKey.in(folder.resolve("key"));
    site = PublishedSite.open(Files.createDirectory(folder.resolve("site")), key);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void open() throws IOException, InterruptedException {
    javaws = Javaws.open();
    launchFile = site.publish("first", Media.CLIP_60S);
    site.server().forget();
  }

  @AfterEach
  void close() {
    javaws.close();
  }

  @Test
  void noPlatformHasMuchToFetch() throws IOException {
    for (Platform platform : Platform.values()) {
      long bytes = 0;
      for (PlayerParts.Part part : PublishedSite.built().jars()) {
        boolean others = part.platform().filter(one -> one != platform).isPresent();
        bytes += others ? 0 : Files.size(part.file());
      }
      assertThat(bytes).as("%s", platform).isBetween(10_000_000L, 25_000_000L);
    }
  }

  /** Asked once whether to trust the signer, who may be trusted always. */
  @Test
  void playsAClipAndASecondOneWithoutFetchingThePlayerAgain() throws Exception {
    LabProcess player = javaws.openAsVisitor("first", launchFile);
    javaws.trust(player);
    double early = javaws.awaitTime(player, time -> true);
    javaws.awaitTime(player, time -> time > early + 1);
    javaws.screenshot("web-start");
    javaws.closeWindow();
    assertThat(player.awaitExit(Javaws.PATIENCE)).isZero();
    long firstDownload = site.webStart().platforms().get(0).firstDownloadBytes();
    assertThat(jarBytes()).isEqualTo(firstDownload).isLessThan(25_000_000);

    Path second = site.publish("second", Media.CLIP_60S);
    site.server().forget();
    LabProcess again = javaws.openAsVisitor("second", second);
    javaws.awaitTime(again, time -> time > 1);
    javaws.closeWindow();
    assertThat(again.awaitExit(Javaws.PATIENCE)).isZero();
    assertThat(jarBytes()).isZero();
  }

  @Test
  void goesOnWhereItWasWhenNativeCodeTakesThePlayerDown() throws Exception {
    LabProcess player = javaws.open("first", launchFile);
    javaws.awaitTime(player, time -> time > 1);
    javaws.screen().xdotool("key", "--repeat", "8", "--delay", "100", "Right"); // 5 s each
    double left = javaws.awaitTime(player, time -> time > 35);
    javaws.awaitTime(player, time -> time > left + 2); // the position is kept once a second
    long before = javaws.playerPid(player);
    javaws.lab().start("kill", Program.KILL.path(), "-SEGV", Long.toString(before));
    await().atMost(Javaws.PATIENCE).until(() -> javaws.playerPid(player) != before);
    long asked = System.nanoTime();
    double after = javaws.awaitTime(player, time -> time > 30);
    // Less than it takes to play to there.
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(30));
    javaws.awaitTime(player, time -> time > after + 1);
    javaws.closeWindow();
    assertThat(player.awaitExit(Javaws.PATIENCE)).isZero();
  }

  /** threats.md T11, T12. */
  @Test
  void refusesALaunchFileThatIsNotTheSites() throws Exception {
    String right = Files.readString(launchFile);
    assertRefusedByTheLauncher(
        right.replace("</resources>", "<property name='a' value='b'/></resources>"));
    assertRefusedByTheLauncher(right.replace("</argument>", "</argument><argument>x</argument>"));
    assertRefusedByTheLauncher(right.replaceAll("<argument>.*</argument>", ""));

    Files.writeString(
        launchFile,
        right.replaceAll(
            "<argument>.*</argument>", "<argument>http://127.0.0.1:9/clip.json</argument>"));
    LabProcess refused = javaws.open("foreign", launchFile);
    String sentence = "This launch file names a video that is not of " + site.server().url();
    assertThat(javaws.readAndCloseDialog(refused, sentence)).isEqualTo(2);
    assertThat(playerJarsAsked()).isEmpty();
  }

  private void assertRefusedByTheLauncher(String content) throws Exception {
    Files.writeString(launchFile, content);
    LabProcess refused = javaws.open("refused", launchFile);
    refused.awaitExit(Javaws.PATIENCE);
    assertThat(refused.lastOutput()).contains("LaunchException").doesNotContain("peerlet:");
    assertThat(playerJarsAsked()).isEmpty();
  }

  @Test
  void refusesAJarThatWasChanged() throws Exception {
    Path library = jar("slf4j-api-");
    byte[] right = Files.readAllBytes(library);
    byte[] changed = right.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(library, changed);
    LabProcess refused = javaws.open("library", launchFile);
    String sentence = "The file " + library.getFileName() + " was changed after 127.0.0.1";
    try {
      assertThat(javaws.readAndCloseDialog(refused, sentence)).isEqualTo(1);
    } finally {
      Files.write(library, right);
    }
  }

  private Path jar(String beginning) throws IOException {
    try (var files = Files.list(site.folder().resolve("player"))) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(beginning))
          .findFirst()
          .orElseThrow();
    }
  }

  private List<StaticServer.Request> playerJarsAsked() {
    return site.server().requests().stream()
        .filter(request -> request.path().endsWith(".jar"))
        .filter(request -> !request.path().contains("/peerlet-"))
        .toList();
  }

  private long jarBytes() {
    return site.server().requests().stream()
        .filter(request -> request.path().endsWith(".jar"))
        .mapToLong(StaticServer.Request::bytes)
        .sum();
  }
}
