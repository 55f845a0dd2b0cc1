package org.peerlet.jnlp.webstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peerlet.fixtures.browser.Browser;
import org.peerlet.fixtures.browser.Page;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.TestUser;
import org.peerlet.fixtures.media.Media;
import org.peerlet.jnlp.launch.Button;

/**
 * The whole way: an owner publishes a video with the root script and serves it; a visitor presses
 * the button in Chromium, opens the file that arrives with Debian's launcher, and sees the picture.
 */
class FromPageToPictureIT {
  private static final Path SHOTS = Path.of("target/screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Test
  void leadsFromTheButtonToThePicture() throws Exception {
    try (SwarmLab lab = SwarmLab.open();
        Javaws visitor = Javaws.open()) {
      TestUser owner = new TestUser(lab, "owner");
      Path video =
          Files.copy(
              Media.CLIP_60S.copyTo(lab.folder("videos")),
              lab.folder("videos").resolve("Our trip.mp4"));
      Path site = lab.folder("site").resolve("videos");
      int port = lab.freePort();
      LabProcess publish =
          owner.peerlet(
              "publish",
              video.toString(),
              "--site=http://127.0.0.1:" + port + "/",
              "--out=" + site,
              "--no-check");
      assertThat(publish.awaitExit(PATIENCE)).as(publish.lastOutput()).isZero();
      LabProcess serve = owner.peerlet("serve", site.toString(), "--port=" + port);
      serve.awaitLine("^http://\\S+$", TestUser.START_TIME);

      try (Browser browser = Browser.open(lab);
          Page page = browser.newPage()) {
        page.prefer(Map.of("prefers-reduced-motion", "reduce"));
        page.open(URI.create("http://127.0.0.1:" + port + "/our-trip/"));
        page.await(Button.ROOT, PATIENCE);
        page.screenshot(SHOTS.resolve("published-page.png"));
        page.click(Button.LAUNCH);
        page.await(Button.PANEL_OPEN, PATIENCE);
        page.screenshot(SHOTS.resolve("published-panel.png"));
        Path file = browser.awaitDownload(1, PATIENCE);

        LabProcess player = visitor.open("visitor", file);
        double early = visitor.awaitTime(player, time -> true);
        visitor.awaitTime(player, time -> time > early + 1);
        visitor.screenshot("published-player");
        // The launcher asked for the file again, and so told the page that it was opened.
        page.await("!(" + Button.PANEL_OPEN + ")", PATIENCE);
        page.screenshot(SHOTS.resolve("published-confirmed.png"));
        assertThat(page.complaints()).isEmpty();
        assertThat(page.policyViolations()).isEmpty();
        visitor.closeWindow();
        assertThat(player.awaitExit(PATIENCE)).isZero();
      }
    }
  }
}
