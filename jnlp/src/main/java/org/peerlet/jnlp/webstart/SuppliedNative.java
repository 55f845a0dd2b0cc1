package org.peerlet.jnlp.webstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.peerlet.bootstrap.Platform;
import org.peerlet.bootstrap.Sha256;

/**
 * libtorrent4j's library for a platform, given by whoever publishes: {@code
 * OS-ARCH=PATH#sha256=DIGITS}.
 *
 * @param file the library itself, or libtorrent4j's jar with it
 * @param sha256 which file it must be, 64 lower-case hexadecimal digits
 */
public record SuppliedNative(Platform platform, Path file, String sha256) {
  private static final String PIN = "#sha256=";

  /**
   * Reads the option's text.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static SuppliedNative parse(String text) {
    int equals = text.indexOf('=');
    int pin = text.lastIndexOf(PIN);
    if (equals < 0 || pin <= equals) {
      throw new IllegalArgumentException(
          "A native library is given as OS-ARCH=PATH#sha256=DIGITS, not as " + text);
    }
    String id = text.substring(0, equals);
    String sha256 = text.substring(pin + PIN.length());
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("A SHA-256 has 64 lower-case digits, 0-9 and a-f.");
    }
    Platform platform =
        Platform.of(id)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no platform " + id + ", but " + allPlatforms() + "."));
    return new SuppliedNative(platform, Path.of(text.substring(equals + 1, pin)), sha256);
  }

  private static String allPlatforms() {
    return Arrays.stream(Platform.values()).map(Platform::id).collect(Collectors.joining(", "));
  }

  /**
   * Compares the file with its hash.
   *
   * @throws SigningException when it differs or can't be read
   */
  void check() throws SigningException {
    String found;
    try {
      found = Sha256.of(file);
    } catch (IOException unreadable) {
      throw new SigningException(
          "The library " + file + " does not exist or can't be read.", unreadable);
    }
    if (!found.equals(sha256)) {
      throw new SigningException("The library " + file + " has another SHA-256 than was given.");
    }
  }

  /** Where the player looks for it in its class path. */
  static String entryName(Platform platform) {
    return switch (platform) {
      case LINUX_X86_64 -> "lib/x86_64/libtorrent4j.so";
      case LINUX_AARCH64 -> "lib/arm64/libtorrent4j.so";
      case WINDOWS_X86_64 -> "lib/x86_64/libtorrent4j.dll";
      case MAC_X86_64 -> "lib/x86_64/libtorrent4j.dylib";
      case MAC_AARCH64 -> "lib/arm64/libtorrent4j.dylib";
    };
  }
}
