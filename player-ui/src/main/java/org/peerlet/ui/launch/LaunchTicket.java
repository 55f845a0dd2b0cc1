package org.peerlet.ui.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where the open player takes launches, and the word that shows that a launch comes from this user:
 * a file that nobody else can read.
 *
 * @param port on the loopback address
 * @param token 32 hexadecimal digits
 */
record LaunchTicket(int port, String token) {
  private static final int TOKEN_BYTES = 16;

  /** No ticket is longer. */
  private static final int MAX_BYTES = 64;

  /** A ticket with a new token. */
  static LaunchTicket forPort(int port) {
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    return new LaunchTicket(port, HexFormat.of().formatHex(token));
  }

  /** The ticket in a folder; empty where there is none, or none that can be understood. */
  static Optional<LaunchTicket> read(Path folder) throws IOException {
    String[] parts;
    try (var in = Files.newInputStream(file(folder))) {
      parts = new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).strip().split(" ");
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    boolean right =
        parts.length == 2 && parts[0].matches("[0-9]{1,5}") && parts[1].matches("[0-9a-f]{32}");
    return right
        ? Optional.of(new LaunchTicket(Integer.parseInt(parts[0]), parts[1]))
        : Optional.empty();
  }

  /** Puts it into a folder, in place of an older one. */
  void write(Path folder) throws IOException {
    Path fresh = Files.createTempFile(folder, "ticket", ".tmp"); // for this user alone
    try {
      Files.writeString(fresh, port + " " + token + "\n");
      Files.move(
          fresh, file(folder), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  static void delete(Path folder) throws IOException {
    Files.deleteIfExists(file(folder));
  }

  private static Path file(Path folder) {
    return folder.resolve("ticket");
  }
}
