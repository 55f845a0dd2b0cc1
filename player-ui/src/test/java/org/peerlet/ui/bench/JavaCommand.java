package org.peerlet.ui.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.peerlet.fixtures.netlab.NetLab;

/** The command lines of our own small programs, which share one machine with many others. */
final class JavaCommand {
  /** What the start script gives the player (player.sh). */
  static final List<String> PLAYER_FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms40m", "-Xmn16m");

  private JavaCommand() {}

  /**
   * The command that runs a program of these tests on a host.
   *
   * @param options for the JVM, besides those that keep it small
   */
  static List<String> of(
      NetLab.Host host, Class<?> main, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(PLAYER_FLAGS);
    command.add("-Xmx128m");
    String library = System.getProperty("libtorrent4j.jni.path");
    if (library != null) {
      command.add("-Dlibtorrent4j.jni.path=" + library);
    }
    command.addAll(options);
    command.add("-cp");
    // Surefire's own class path is a jar that only names others.
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(arguments);
    return List.of(host.command(command.toArray(String[]::new)));
  }
}
