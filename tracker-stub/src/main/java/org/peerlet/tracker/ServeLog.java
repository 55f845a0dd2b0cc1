package org.peerlet.tracker;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Sends the log of {@code peerlet serve} to a file. Must run before the first logger is made:
 * Logback reads its configuration once.
 */
final class ServeLog {
  private ServeLog() {}

  /** Where the log goes: the user's state folder (XDG base directories), whatever the platform. */
  static Path folder(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    // The XDG specification has relative paths ignored.
    Path base =
        state.startsWith("/")
            ? Path.of(state)
            : Path.of(System.getProperty("user.home", "."), ".local", "state");
    return base.resolve("peerlet").resolve("log");
  }

  /** A log that cannot be written is worth one line, not the service. */
  static void open(boolean verbose, Map<String, String> environment, PrintWriter err) {
    Path folder = folder(environment);
    System.setProperty("peerlet.log.folder", folder.toString());
    System.setProperty("peerlet.log.level", verbose ? "DEBUG" : "INFO");
    try {
      Files.createDirectories(folder);
      Files.newOutputStream(
              folder.resolve("serve.log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
          .close();
      configure("serve-logback.xml");
    } catch (IOException e) {
      configure("silent-logback.xml");
      err.println("peerlet serve: no log, cannot write to " + LogText.clean(folder.toString()));
      err.flush();
    }
  }

  private static void configure(String resource) {
    System.setProperty("logback.configurationFile", "org/peerlet/tracker/" + resource);
  }
}
