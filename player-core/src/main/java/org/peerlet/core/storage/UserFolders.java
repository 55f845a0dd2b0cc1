package org.peerlet.core.storage;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where this user's files belong: the XDG base directories on Linux, the customary places
 * elsewhere.
 *
 * @param cache clips in play
 * @param config remembered answers
 * @param log log files
 */
public record UserFolders(Path cache, Path config, Path log) {

  /** Those of the user who runs this process. */
  public static UserFolders ofThisUser() {
    return of(
        System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home", "."));
  }

  static UserFolders of(Map<String, String> environment, String osName, String home) {
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      Path local =
          Optional.ofNullable(environment.get("LOCALAPPDATA"))
              .map(Path::of)
              .orElse(Path.of(home, "AppData", "Local"))
              .resolve("Peerlet");
      return new UserFolders(local.resolve("Cache"), local.resolve("Config"), local.resolve("Log"));
    }
    if (os.startsWith("mac")) {
      Path library = Path.of(home, "Library");
      return new UserFolders(
          library.resolve("Caches/Peerlet"),
          library.resolve("Application Support/Peerlet"),
          library.resolve("Logs/Peerlet"));
    }
    // Java asks the password file, everything else on the system this variable.
    Path base = absolute(environment, "HOME").orElse(Path.of(home));
    return new UserFolders(
        xdg(environment, "XDG_CACHE_HOME", base.resolve(".cache")).resolve("peerlet"),
        xdg(environment, "XDG_CONFIG_HOME", base.resolve(".config")).resolve("peerlet"),
        xdg(environment, "XDG_STATE_HOME", base.resolve(".local/state")).resolve("peerlet/log"));
  }

  private static Path xdg(Map<String, String> environment, String name, Path otherwise) {
    return absolute(environment, name).orElse(otherwise);
  }

  /** A relative path in the variable is to be ignored (XDG Base Directory Specification). */
  private static Optional<Path> absolute(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(Path::of).filter(Path::isAbsolute);
  }
}
