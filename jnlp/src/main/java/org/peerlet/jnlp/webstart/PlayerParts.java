package org.peerlet.jnlp.webstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.peerlet.bootstrap.Platform;

/**
 * The jars that a build made, before they are signed.
 *
 * @param bootstrap the small jar that launchers start
 * @param jars what the player needs, in the order of its class path
 */
public record PlayerParts(Path bootstrap, List<Part> jars) {

  /**
   * A jar, or a native library that becomes one.
   *
   * @param platform the only one that needs it; empty if all do
   * @param peers whether it is the native library that talks to other viewers
   */
  public record Part(Path file, Optional<Platform> platform, boolean peers) {}

  /** Differs by platform, so it is taken from the folder of each. */
  private static final String JAVAFX = "javafx-";

  private static final String NATIVES = "libtorrent4j-";

  public PlayerParts {
    jars = List.copyOf(jars);
  }

  /**
   * Collects what Maven left behind.
   *
   * @param player folder with the player's own jar and {@code lib}, as {@code player-ui/target}
   * @param publisher folder with the bootstrap jar and {@code platforms/OS-ARCH}, as {@code
   *     jnlp/target}
   * @param supplied libraries for platforms that Maven has none for; they win
   * @throws IOException when a part is missing
   */
  public static PlayerParts of(Path player, Path publisher, List<SuppliedNative> supplied)
      throws IOException {
    List<Part> jars = new ArrayList<>();
    jars.add(new Part(only(player, "player-ui-*.jar"), Optional.empty(), false));
    for (Path jar : list(player.resolve("lib"), "*.jar")) {
      String name = String.valueOf(jar.getFileName());
      if (!name.startsWith(JAVAFX) && !name.matches(NATIVES + "[a-z].*")) {
        jars.add(new Part(jar, Optional.empty(), false));
      }
    }
    Set<Platform> own = EnumSet.noneOf(Platform.class);
    for (SuppliedNative each : supplied) {
      each.check();
      own.add(each.platform());
      jars.add(new Part(each.file(), Optional.of(each.platform()), true));
    }
    for (Platform platform : Platform.values()) {
      for (Path jar : list(publisher.resolve("platforms").resolve(platform.id()), "*.jar")) {
        boolean brings = String.valueOf(jar.getFileName()).startsWith(NATIVES);
        if (!brings || !own.contains(platform)) {
          jars.add(new Part(jar, Optional.of(platform), brings));
        }
      }
    }
    return new PlayerParts(only(publisher, "jnlp-*-bootstrap.jar"), jars);
  }

  private static Path only(Path folder, String glob) throws IOException {
    List<Path> found = list(folder, glob);
    if (found.size() != 1) {
      throw new SigningException(
          "The player is not built: "
              + folder
              + " has "
              + found.size()
              + " of "
              + glob
              + ", not 1.");
    }
    return found.get(0);
  }

  private static List<Path> list(Path folder, String glob) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> matcher.matches(file.getFileName())).sorted().toList();
    }
  }
}
