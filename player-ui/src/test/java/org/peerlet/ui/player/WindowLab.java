package org.peerlet.ui.player;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.VirtualScreen;
import org.peerlet.fixtures.media.BurntInTime;
import org.peerlet.fixtures.media.Media;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.torrent.TestTorrents;

/** A screen, a sound device, an origin, and one player in a process of its own. */
final class WindowLab implements AutoCloseable {
  /** The window stands where JavaFX puts it on a screen without a window manager. */
  private static final int SCREEN_WIDTH = 1280;

  private static final int SCREEN_HEIGHT = 800;
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Path DESKTOP_ENTRIES = Path.of("src", "main", "packaging", "deb");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SwarmLab lab = SwarmLab.open();
  private final FaultyOrigin origin = FaultyOrigin.open();
  private final VirtualScreen screen;
  private final Map<String, String> sound;
  private final Path folder;
  private LabProcess player;

  @SuppressWarnings("NullAway.Init") // the player is started next
  private WindowLab() throws InterruptedException {
    screen = lab.xvfb(SCREEN_WIDTH, SCREEN_HEIGHT);
    sound = lab.pulseNullSink();
    folder = lab.folder("player");
  }

  static WindowLab open() throws InterruptedException {
    return new WindowLab();
  }

  FaultyOrigin origin() {
    return origin;
  }

  Path folder() {
    return folder;
  }

  /** The torrent of a clip that the origin has. */
  Path torrent(Media media, String... trackers) {
    Content content = Content.of(media.bytes());
    URI clip = origin.serve(media.fileName(), content);
    TestTorrents torrent =
        TestTorrents.single(media.fileName(), content)
            .pieceLength(32 << 10)
            .webSeed(clip.toString());
    for (String tracker : trackers) {
      torrent.tracker(tracker);
    }
    return torrent.build().writeTorrent(folder);
  }

  /** Starts the player with a sound device. */
  void play(Path torrent, String... arguments) {
    play(sound, torrent, arguments);
  }

  /** Starts the player where no sound device can be opened. */
  void playWithoutSoundDevice(Path torrent, String... arguments) {
    Path alsa = folder.resolve("no-asound.conf");
    try {
      Files.writeString(alsa, "pcm.!default { type hw card 99 }\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> silence =
        Map.of("ALSA_CONFIG_PATH", alsa.toString(), "PULSE_SERVER", "unix:/nowhere");
    play(silence, torrent, arguments);
  }

  private void play(Map<String, String> soundEnvironment, Path torrent, String... arguments) {
    List<String> all = new ArrayList<>(List.of(torrent.toString(), folder.toString()));
    all.addAll(List.of(arguments));
    player = start(soundEnvironment, PlayerProgram.class.getName(), all);
  }

  /** The manifest's URL of a clip that the origin has. */
  String manifest(Media media, String title, String... trackers) throws IOException {
    String name = media.fileName().replace(".mp4", "");
    Content torrent = Content.of(Files.readAllBytes(torrent(media, trackers)));
    origin.serve(name + ".torrent", torrent);
    String json = "{\"peerlet\":1,\"title\":\"%s\",\"torrent\":\"%s.torrent\"}";
    byte[] manifest = json.formatted(title, name).getBytes(StandardCharsets.UTF_8);
    return origin.serve(name + ".json", Content.of(manifest)).toString();
  }

  /** Opens a clip as a page's button does, site only where no option says otherwise. */
  LabProcess launch(String url, String... options) {
    player = launchAgain(url, options);
    return player;
  }

  /** The same while a player is open. */
  LabProcess launchAgain(String url, String... options) {
    List<String> all = new ArrayList<>(List.of("launch", url));
    if (Stream.of(options).noneMatch(option -> option.startsWith("--share"))) {
      all.add("--share=off");
    }
    all.addAll(List.of("--cache", folder.resolve("cache").toString()));
    all.addAll(List.of(options));
    return start(sound, "org.peerlet.ui.cli.Peerlet", all);
  }

  /** Opens a link as the desktop does, by the entry of the package. */
  LabProcess openFromDesktop(String entry, String link) throws IOException {
    Path file = DESKTOP_ENTRIES.resolve("org.peerlet." + entry + ".desktop");
    String exec =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("Exec=/usr/bin/peerlet "))
            .findFirst()
            .orElseThrow();
    List<String> arguments = new ArrayList<>(List.of(exec.split(" ", -1)));
    arguments.remove(0);
    arguments.replaceAll(argument -> argument.matches("%[fu]") ? link : argument);
    player = start(sound, "org.peerlet.ui.cli.Peerlet", arguments);
    return player;
  }

  /** Takes a player down as native code would: without a word. */
  void kill(LabProcess process) throws InterruptedException {
    ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
    process.awaitExit(PATIENCE);
  }

  /** Whether a player's window is on the screen. */
  boolean hasWindow() throws InterruptedException {
    return screen.hasWindow("Peerlet");
  }

  /** The titles of the windows on the screen. */
  List<String> titles() throws InterruptedException {
    return screen.xdotool("search", "--onlyvisible", "--name", "Peerlet", "getwindowname", "%@");
  }

  private LabProcess start(
      Map<String, String> soundEnvironment, String program, List<String> arguments) {
    Map<String, String> environment = new HashMap<>(soundEnvironment);
    environment.putAll(screen.environment());
    for (String home : List.of("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")) {
      environment.put(home, folder.toString());
    }
    environment.put("TMPDIR", lab.folder("tmp").toString());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpeerlet.log.level=DEBUG",
                "-cp",
                System.getProperty("java.class.path"),
                program));
    command.addAll(arguments);
    return lab.start("player", environment, command);
  }

  /** Presses keys, by their X names. */
  void keys(String... names) throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("key"));
    arguments.addAll(List.of(names));
    screen.xdotool(arguments.toArray(String[]::new));
  }

  /** Clicks at a point, in parts of the window's width and height. */
  void click(double x, double y) throws InterruptedException {
    screen.xdotool(
        "mousemove",
        Integer.toString(left(x)),
        Integer.toString(top(y)),
        "sleep",
        "0.2",
        "click",
        "1");
  }

  /** The colour at a point, in parts of the window's width and height: red, green, blue. */
  int colour(double x, double y) {
    return screen.screenshot().getRGB(left(x), top(y)) & 0xffffff;
  }

  private static int left(double x) {
    return (SCREEN_WIDTH - 960) / 2 + (int) Math.round(960 * x);
  }

  private static int top(double y) {
    return (SCREEN_HEIGHT - 540) / 3 + (int) Math.round(540 * y);
  }

  BufferedImage screenshot(String name) {
    return screen.screenshot(SCREENSHOTS.resolve(name + ".png"));
  }

  /** The media time that the screen shows. */
  OptionalDouble time() {
    return BurntInTime.read(screen.screenshot());
  }

  /** Waits until the screen shows such a time, and returns it. */
  double awaitTime(String what, DoublePredicate wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    OptionalDouble last = OptionalDouble.empty();
    while (System.nanoTime() < end) {
      OptionalDouble now = time();
      if (now.isPresent()) {
        last = now;
        if (wanted.test(now.getAsDouble())) {
          return now.getAsDouble();
        }
      }
      if (!player.isAlive()) {
        throw new AssertionError("the player ended\n" + player.lastOutput() + log());
      }
      Thread.sleep(50);
    }
    screenshot("never-" + what.replace(' ', '-'));
    throw new AssertionError(
        "never saw " + what + ", last " + last + "\n" + player.lastOutput() + log());
  }

  /** Waits for the end of the process. */
  int awaitExit() throws InterruptedException {
    return player.awaitExit(PATIENCE);
  }

  LabProcess player() {
    return player;
  }

  /** What the player wrote at its end. */
  JsonNode receipt() {
    try {
      return new ObjectMapper().readTree(folder.resolve("receipt.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is left in the cache. */
  List<Path> cache() {
    try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String log() {
    try (Stream<Path> all = Files.walk(folder)) {
      StringBuilder text = new StringBuilder();
      for (Path file : all.filter(each -> each.toString().endsWith(".log")).toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    origin.close();
    lab.close();
  }
}
