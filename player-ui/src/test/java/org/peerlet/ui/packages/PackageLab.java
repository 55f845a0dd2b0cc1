package org.peerlet.ui.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.VirtualScreen;
import org.peerlet.fixtures.media.BurntInTime;
import org.peerlet.fixtures.media.Media;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.torrent.TestTorrents;

/** A screen, a sound device, an origin that has the minute-long clip, and a user's home. */
final class PackageLab implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /** A name with all that could mean something to what makes a package. */
  static final String PACKAGER = "Audio & Video / Trials \\1";

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final SwarmLab lab = SwarmLab.open();
  private final FaultyOrigin origin = FaultyOrigin.open();
  private final VirtualScreen screen;
  private final Map<String, String> environment = new HashMap<>();
  private final Path torrent;
  private final URI torrentUrl;

  private PackageLab() throws IOException, InterruptedException {
    screen = lab.xvfb(1280, 800);
    environment.putAll(lab.pulseNullSink());
    environment.putAll(screen.environment());
    environment.put("HOME", home().toString());
    Content content = Content.of(Media.CLIP_60S.bytes());
    URI clip = origin.serve(Media.CLIP_60S.fileName(), content);
    torrent =
        TestTorrents.single(Media.CLIP_60S.fileName(), content)
            .pieceLength(32 << 10)
            .webSeed(clip.toString())
            .build()
            .writeTorrent(lab.folder("torrents"));
    torrentUrl = origin.serve("clip.torrent", Content.of(Files.readAllBytes(torrent)));
    Path config = Files.createDirectories(home().resolve(".config/peerlet"));
    Files.writeString(config.resolve("sharing.properties"), "share=off\n");
  }

  static PackageLab open() throws IOException, InterruptedException {
    return new PackageLab();
  }

  SwarmLab lab() {
    return lab;
  }

  Path torrent() {
    return torrent;
  }

  URI torrentUrl() {
    return torrentUrl;
  }

  /** What the user's session has in its environment. */
  Map<String, String> environment() {
    return environment;
  }

  Path home() {
    return lab.folder("home");
  }

  /** Makes a package of a kind, as {@code peerlet package} does; its path. */
  Path make(String kind) throws InterruptedException {
    Path script =
        Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("peerlet");
    LabProcess build =
        lab.start(
            "package",
            Map.of("PEERLET_NO_BUILD", "true", "DEBFULLNAME", PACKAGER),
            List.of(
                script.toString(),
                "package",
                kind,
                "--store",
                "--out",
                lab.folder("packages").toString()));
    assertThat(build.awaitExit(PATIENCE)).as(build.lastOutput()).isZero();
    assertThat(build.stdout()).hasSize(1);
    return Path.of(build.stdout().get(0));
  }

  /** Waits until the picture of a player moves, and keeps a screenshot. */
  void awaitMovingPicture(String screenshot) throws InterruptedException {
    double first = awaitTimeBeyond(0.5);
    awaitTimeBeyond(first + 1);
    screen.screenshot(SCREENSHOTS.resolve(screenshot + ".png"));
  }

  private double awaitTimeBeyond(double seconds) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      OptionalDouble time = BurntInTime.read(screen.screenshot());
      if (time.isPresent() && time.getAsDouble() > seconds) {
        return time.getAsDouble();
      }
      Thread.sleep(50);
    }
    screen.screenshot(SCREENSHOTS.resolve("no-picture-of-a-package.png"));
    throw new AssertionError("no picture beyond " + seconds + " s");
  }

  /** Closes the window that is there, as a viewer does. */
  void closeWindow() throws InterruptedException {
    screen.xdotool("key", "ctrl+w");
  }

  /** Closes the window of a player and expects a good end. */
  void closeWindow(LabProcess player) throws InterruptedException {
    closeWindow();
    assertThat(player.awaitExit(PATIENCE)).as(player.lastOutput()).isZero();
    assertThat(player.stderr()).isEmpty();
  }

  @Override
  public void close() {
    origin.close();
    lab.close();
  }
}
