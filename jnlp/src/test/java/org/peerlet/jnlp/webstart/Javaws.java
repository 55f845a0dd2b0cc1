package org.peerlet.jnlp.webstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.Program;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.VirtualScreen;
import org.peerlet.fixtures.media.BurntInTime;

/** A visitor's machine: a screen, a sound device, a home of its own, and Debian's launcher. */
final class Javaws implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final SwarmLab lab = SwarmLab.open();
  private final VirtualScreen screen;
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();

  private Javaws() throws InterruptedException, IOException {
    screen = lab.xvfb(1280, 800);
    home = lab.folder("home");
    environment.putAll(lab.pulseNullSink());
    environment.putAll(screen.environment());
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
    environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
    environment.put("XDG_STATE_HOME", home.resolve("state").toString());
    environment.put("TMPDIR", lab.folder("tmp").toString());
    // Nobody is asked about sharing, so nothing hides the picture.
    Path answer = Files.createDirectories(home.resolve("config/peerlet"));
    Files.writeString(answer.resolve("sharing.properties"), "share=off\n");
  }

  static Javaws open() throws InterruptedException, IOException {
    return new Javaws();
  }

  /** How a launch file is opened, but that nothing asks. */
  static List<String> command(Path launchFile) {
    return List.of(
        Program.JAVAWS.path(),
        // With GTK 2 and 3 both installed, the launcher's own windows would take 2.
        "-J-Djdk.gtk.version=3",
        "-headless",
        "-Xtrustall",
        launchFile.toString());
  }

  /** Opens a launch file as a click on it does. */
  LabProcess openAsVisitor(String name, Path launchFile) {
    return lab.start(
        name,
        environment,
        List.of(Program.JAVAWS.path(), "-J-Djdk.gtk.version=3", launchFile.toString()));
  }

  /**
   * Answers the launcher's question whether to trust who signed with "always" and "Run", and sees
   * the small window that follows.
   */
  void trust(LabProcess launcher) throws InterruptedException {
    awaitWindow("Security Warning", launcher);
    Thread.sleep(500); // until it is drawn
    screen.xdotool("mousemove", "376", "397", "click", "1");
    screenshot("dialog-trust");
    screen.xdotool("mousemove", "650", "462", "click", "1");
    awaitWindow("^Peerlet$", launcher);
    screenshot("dialog-opening");
  }

  private void awaitWindow(String titlePattern, LabProcess launcher) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!screen.hasWindow(titlePattern)) {
      if (!launcher.isAlive() || System.nanoTime() > end) {
        screenshot("no-window");
        throw new AssertionError("no window " + titlePattern + "\n" + launcher.lastOutput());
      }
      Thread.sleep(100);
    }
  }

  /** Opens a launch file as a click on it does, but that nothing asks. */
  LabProcess open(String name, Path launchFile) {
    return lab.start(name, environment, command(launchFile));
  }

  Path cache() {
    return home.resolve("cache/peerlet");
  }

  Path home() {
    return home;
  }

  SwarmLab lab() {
    return lab;
  }

  Map<String, String> environment() {
    return environment;
  }

  VirtualScreen screen() {
    return screen;
  }

  /** Waits until the screen shows such a time of a clip. */
  double awaitTime(LabProcess player, DoublePredicate wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      OptionalDouble now = BurntInTime.read(screen.screenshot());
      if (now.isPresent() && wanted.test(now.getAsDouble())) {
        return now.getAsDouble();
      }
      if (!player.isAlive()) {
        throw new AssertionError("the launcher ended\n" + player.lastOutput());
      }
      Thread.sleep(50);
    }
    screenshot("never-a-time");
    throw new AssertionError("no such time on the screen\n" + player.lastOutput());
  }

  void screenshot(String name) {
    screen.screenshot(SCREENSHOTS.resolve(name + ".png"));
  }

  /** The process that plays; the bootstrap's own while there is none. */
  long playerPid(LabProcess launcher) {
    ProcessHandle handle = ProcessHandle.of(launcher.pid()).orElseThrow();
    return handle
        .descendants()
        .filter(each -> each.info().commandLine().orElse("").contains("org.peerlet.ui.cli.Peerlet"))
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElse(launcher.pid());
  }

  /** Waits for the sentence that a dialog shows, presses its button, and returns the exit code. */
  int readAndCloseDialog(LabProcess launcher, String sentence) throws InterruptedException {
    launcher.awaitLine("peerlet: " + Pattern.quote(sentence), PATIENCE);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (launcher.isAlive() && System.nanoTime() < end) {
      screenshot("dialog-" + launcher.name()); // it is drawn after the line is written
      screen.xdotool("mousemove", "640", "423", "click", "1");
      Thread.sleep(300);
    }
    return launcher.awaitExit(PATIENCE);
  }

  /** Closes the player's window as its viewer does. */
  void closeWindow() throws InterruptedException {
    screen.xdotool("key", "ctrl+w");
  }

  @Override
  public void close() {
    lab.close();
  }
}
