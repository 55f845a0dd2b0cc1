package org.peerlet.bootstrap;

import java.util.Optional;

/**
 * A jar of the player as it was published, signed.
 *
 * @param name in the site's folder of jars; a plain file name
 * @param bytes its length
 * @param sha256 of the whole file, 64 lower-case hexadecimal digits
 * @param unsignedSha256 of the {@link UnsignedJar} that is made of it
 * @param platform the only one that needs it; empty if all do
 */
public record PlayerJar(
    String name, long bytes, String sha256, String unsignedSha256, Optional<Platform> platform) {
  public PlayerJar {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,199}\\.jar")
        || bytes < 0
        || !sha256.matches("[0-9a-f]{64}")
        || !unsignedSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("no jar of the player: " + name);
    }
  }
}
