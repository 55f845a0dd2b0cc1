package org.peerlet.jnlp.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.fixtures.browser.Browser;
import org.peerlet.fixtures.browser.Page;
import org.peerlet.fixtures.lab.SwarmLab;

/**
 * Every click ends in a picture: from the panel and from the button in turns, each on a page of its
 * own. {@code -Dpeerlet.clicks=100} clicks as often.
 */
class WatchHereIT {
  private static final int CLICKS = Integer.getInteger("peerlet.clicks", 5);
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void endsInAPicture() throws Exception {
    int pictures = 0;
    try (SwarmLab lab = SwarmLab.open();
        Browser browser = Browser.open(lab);
        ClipSite site = ClipSite.open(folder)) {
      for (int click = 0; click < CLICKS; click++) {
        try (Page page = browser.newPage()) {
          page.open(site.uri("clip/"));
          page.await(Button.ROOT, SOON);
          boolean fromPanel = click % 2 == 0;
          if (fromPanel) {
            page.click(Button.LAUNCH);
            page.await(Button.PANEL_OPEN, SOON);
          }
          page.click(fromPanel ? Button.HERE_NOW : Button.HERE);
          page.await(
              Button.VIDEO + ".currentTime > 0 && " + Button.VIDEO + ".videoWidth > 0", SOON);
          assertThat(page.evaluate(Button.PANEL_OPEN + " ?? false").asBoolean()).isFalse();
          assertThat(page.evaluate(Button.VIDEO + ".muted").asBoolean()).isFalse();
          assertThat(page.evaluate(Button.VIDEO + ".textTracks.length").asInt()).isEqualTo(1);
          assertThat(page.policyViolations()).isEmpty();
          if (click == 0) {
            page.screenshot(Path.of("target/screenshots/watch-here.png"));
          }
          pictures++;
        }
      }
    }
    System.out.printf("watch here: %d clicks, %d pictures%n", CLICKS, pictures);
    assertThat(pictures).isEqualTo(CLICKS);
  }
}
