package org.peerlet.bootstrap;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the player's JVM is started: with the flags of the {@code peerlet} script, which a launcher
 * would not pass on.
 *
 * @param javaHome of the Java that runs it
 * @param classPath the checked jars
 * @param scratch a folder of this start alone: spool, state, crash report
 */
record PlayerCommand(Path javaHome, List<Path> classPath, Path scratch) {
  private static final String MAIN = "org.peerlet.ui.cli.Peerlet";

  /** Says since when the start is counted, in epoch milliseconds; the player reads it. */
  static final String ASKED = "PEERLET_ASKED_MILLIS";

  /**
   * The process, not started.
   *
   * @param archiveOption of {@link ClassArchive}
   * @param askedMillis when this process was started, in epoch milliseconds
   */
  ProcessBuilder process(LaunchUrl url, String archiveOption, long askedMillis) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve(Path.of("bin", "java")).toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms40m",
            "-Xmn16m",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-XX:ErrorFile=" + crashReport(),
            archiveOption,
            "-Djava.io.tmpdir=" + scratch,
            "-cp",
            classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
            MAIN,
            "launch",
            url.uri().toString(),
            "--state-file",
            stateFile().toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
    builder.environment().put("TMPDIR", scratch.toString()); // where JavaFX spools
    builder.environment().putIfAbsent(ASKED, Long.toString(askedMillis));
    return builder;
  }

  /** Where the player says whether its window is up, and where in the clip it is. */
  Path stateFile() {
    return scratch.resolve("state.json");
  }

  /** What a JVM writes when native code takes it down. */
  Path crashReport() {
    return scratch.resolve("crash.log");
  }
}
