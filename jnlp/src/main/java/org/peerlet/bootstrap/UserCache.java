package org.peerlet.bootstrap;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the user's cache of Peerlet is: the same folder as the player's own. */
final class UserCache {
  private UserCache() {}

  static Path ofThisUser() {
    return of(
        System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home", "."));
  }

  static Path of(Map<String, String> environment, String osName, String home) {
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      return Optional.ofNullable(environment.get("LOCALAPPDATA"))
          .map(Path::of)
          .orElse(Path.of(home, "AppData", "Local"))
          .resolve(Path.of("Peerlet", "Cache"));
    }
    if (os.startsWith("mac")) {
      return Path.of(home, "Library", "Caches", "Peerlet");
    }
    return absolute(environment, "XDG_CACHE_HOME")
        .orElseGet(() -> absolute(environment, "HOME").orElse(Path.of(home)).resolve(".cache"))
        .resolve("peerlet");
  }

  /** A relative path in the variable is to be ignored (XDG Base Directory Specification). */
  private static Optional<Path> absolute(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(Path::of).filter(Path::isAbsolute);
  }
}
