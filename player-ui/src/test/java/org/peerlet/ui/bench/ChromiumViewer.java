package org.peerlet.ui.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.Program;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.netlab.NetLab;

/**
 * A viewer with the browser that most people have and a video element: Chromium reads ahead as it
 * sees fit. Without a window and with a profile of its own; its network leads nowhere but to the
 * site.
 */
final class ChromiumViewer {
  private ChromiumViewer() {}

  /**
   * Watches, and is gone without a goodbye, as with a tab that is closed.
   *
   * @param far how much of the clip
   * @param patience for all of it
   */
  static ViewerResult watch(
      SwarmLab lab, NetLab.Host host, String pageUrl, Duration far, Duration patience)
      throws InterruptedException {
    Path home = lab.folder("chromium");
    String[] command =
        host.command(
            Program.CHROMIUM.path(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--disable-sync",
            "--no-first-run",
            "--autoplay-policy=no-user-gesture-required",
            "--enable-logging=stderr",
            "--user-data-dir=" + home.resolve("profile"),
            pageUrl);
    Map<String, String> environment =
        Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", home.toString());
    LabProcess chromium = lab.start("chromium", environment, List.of(command));
    chromium.awaitLine(NginxOrigin.WATCHED, patience);
    chromium.kill();
    return new ViewerResult(
        null, 0, 0, 0, far.toMillis() / 1000.0, 0, 0, 0, 0, null, null, true, null);
  }
}
