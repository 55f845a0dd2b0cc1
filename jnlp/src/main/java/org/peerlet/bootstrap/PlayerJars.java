package org.peerlet.bootstrap;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The list that the signed bootstrap jar carries: which site it is of, and its player's jars. Text,
 * a line each:
 *
 * <pre>
 * site https://example.org/videos/
 * jar SHA-256 SHA-256-UNSIGNED BYTES PLATFORM|all NAME
 * </pre>
 *
 * @param site the published folder's URL, which ends in a slash
 * @param jars in the order of the class path
 */
public record PlayerJars(URI site, List<PlayerJar> jars) {
  /** Where the list is in the bootstrap jar. */
  public static final String RESOURCE = "org/peerlet/bootstrap/player-jars.txt";

  /** The folder of the site that holds the jars. */
  public static final String FOLDER = "player/";

  private static final String ALL = "all";

  public PlayerJars {
    jars = List.copyOf(jars);
    if (!site.toString().endsWith("/")) {
      throw new IllegalArgumentException("a site ends in a slash: " + site);
    }
  }

  public byte[] toBytes() {
    StringBuilder text = new StringBuilder("site " + site + "\n");
    for (PlayerJar jar : jars) {
      text.append("jar ").append(jar.sha256()).append(' ').append(jar.unsignedSha256()).append(' ');
      text.append(jar.bytes()).append(' ');
      text.append(jar.platform().map(Platform::id).orElse(ALL)).append(' ').append(jar.name());
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static PlayerJars parse(byte[] text) {
    String[] lines = new String(text, StandardCharsets.UTF_8).split("\n", -1);
    List<PlayerJar> jars = new ArrayList<>();
    if (!lines[0].startsWith("site ") || !lines[lines.length - 1].isEmpty()) {
      throw new IllegalArgumentException("no list of jars");
    }
    for (String line : List.of(lines).subList(1, lines.length - 1)) {
      String[] words = line.split(" ", -1);
      if (words.length != 6 || !words[0].equals("jar")) {
        throw new IllegalArgumentException("no jar: " + line);
      }
      jars.add(
          new PlayerJar(
              words[5], Long.parseLong(words[3]), words[1], words[2], platform(words[4])));
    }
    return new PlayerJars(URI.create(lines[0].substring("site ".length())), jars);
  }

  private static Optional<Platform> platform(String word) {
    if (word.equals(ALL)) {
      return Optional.empty();
    }
    Optional<Platform> known = Platform.of(word);
    if (known.isEmpty()) {
      throw new IllegalArgumentException("no platform: " + word);
    }
    return known;
  }

  /** What one platform needs, in the order of the class path. */
  public List<PlayerJar> of(Platform platform) {
    return jars.stream()
        .filter(jar -> jar.platform().isEmpty() || jar.platform().get() == platform)
        .toList();
  }

  /** The same jars have the same version, whatever the site: 16 hexadecimal digits. */
  String version() {
    StringBuilder all = new StringBuilder();
    jars.forEach(jar -> all.append(jar.name()).append(jar.sha256()));
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  URI url(PlayerJar jar) {
    return site.resolve(FOLDER + jar.name());
  }
}
