package org.peerlet.bootstrap;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/** From the argument to the end of the player; wires the parts of this package. */
final class Launch {
  private static final int REFUSED = 2;
  private static final int FAILED = 1;
  private static final int CANCELLED = 130; // as a shell counts an interrupt

  private final PlayerJars jars;
  private final Path root;
  private final PlayerFolder.Source source;
  private final Path javaHome;
  private final Progress progress;

  /**
   * @param root the user's folder of players
   * @param javaHome of the Java that runs the player
   */
  Launch(PlayerJars jars, Path root, PlayerFolder.Source source, Path javaHome, Progress progress) {
    this.jars = jars;
    this.root = root;
    this.source = source;
    this.javaHome = javaHome;
    this.progress = progress;
  }

  /** Called by {@link Bootstrap}; ends the process with the player's exit code. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    note("bootstrap");
    PlayerJars jars = carried();
    Texts texts = Texts.ofThisUser();
    int exitCode;
    try {
      LaunchUrl url = LaunchUrl.of(arguments, jars.site());
      Platform platform = platform(System.getenv());
      try (Progress progress =
          GraphicsEnvironment.isHeadless()
              ? Progress.none()
              : new ProgressWindow(texts, () -> System.exit(CANCELLED))) {
        Launch launch =
            new Launch(
                jars,
                UserCache.ofThisUser().resolve("player"),
                new SiteSource(jars),
                Path.of(System.getProperty("java.home")),
                progress);
        exitCode = launch.run(url, platform, Instant.now());
      }
    } catch (CannotStartException failed) {
      Notice.show(failed.sentence(texts));
      exitCode = failed.key().startsWith("url") ? REFUSED : FAILED;
    }
    System.exit(exitCode);
  }

  /** For who measures a start: when it was asked for says {@link PlayerCommand#ASKED}. */
  private static void note(String moment) {
    String asked = System.getenv().getOrDefault(PlayerCommand.ASKED, "");
    if (asked.matches("[0-9]{1,15}")) {
      System.err.println(
          moment + " " + (System.currentTimeMillis() - Long.parseLong(asked)) + " ms");
    }
  }

  private static PlayerJars carried() throws IOException {
    try (InputStream in = Launch.class.getResourceAsStream("/" + PlayerJars.RESOURCE)) {
      if (in == null) {
        throw new IOException(PlayerJars.RESOURCE + " is missing: this jar was not published");
      }
      return PlayerJars.parse(in.readAllBytes());
    }
  }

  private static Platform platform(Map<String, String> environment) throws CannotStartException {
    String os = System.getProperty("os.name", "");
    String arch = System.getProperty("os.arch", "");
    Platform platform =
        Platform.of(os, arch).orElseThrow(() -> new CannotStartException("platform", os, arch));
    if (platform.os().equals("Linux") && environment.getOrDefault("DISPLAY", "").isEmpty()) {
      throw new CannotStartException("display"); // JavaFX needs an X server
    }
    return platform;
  }

  /**
   * Plays, and returns the player's exit code.
   *
   * @param started when this process was
   */
  int run(LaunchUrl url, Platform platform, Instant started)
      throws CannotStartException, InterruptedException {
    PlayerFolder folder = new PlayerFolder(root, jars);
    var classPath = folder.fill(platform, source, progress);
    note("jars checked");
    folder.tidy(started);
    progress.starting();
    Path scratch;
    try {
      scratch = Files.createTempDirectory(root, "run");
    } catch (IOException unwritable) {
      throw new CannotStartException("folder", root);
    }
    try {
      return play(new PlayerCommand(javaHome, classPath, scratch), folder, url, started);
    } finally {
      deleteQuietly(scratch);
    }
  }

  private int play(PlayerCommand command, PlayerFolder folder, LaunchUrl url, Instant started)
      throws CannotStartException, InterruptedException {
    ClassArchive archive =
        new ClassArchive(folder.path(), System.getProperty("java.vm.version", ""));
    PlayerRun run =
        new PlayerRun(
            command.process(url, archive.option(command.scratch()), started.toEpochMilli()),
            command.stateFile(),
            command.crashReport(),
            progress);
    Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "player at exit"));
    Ending ending;
    try {
      ending = run.run();
    } catch (IOException noProgram) {
      throw new CannotStartException("java", javaHome);
    }
    if (ending.exitCode() == 0) {
      archive.takeOver(command.scratch());
    }
    if (ending.failure().isPresent()) {
      progress.close();
      throw ending.failure().get();
    }
    return ending.exitCode();
  }

  private static void deleteQuietly(Path scratch) {
    try (Stream<Path> all = Files.walk(scratch)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException inUse) {
      return; // the clip was seen; what is left here is no business of the viewer
    }
  }
}
