package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** Percent decoding of paths, strictly: what is not exactly one valid name is none. */
final class RequestPath {
  private RequestPath() {}

  /**
   * The name behind an absolute path ({@code /a%20b} is {@code a b}), or nothing if an escape or
   * the UTF-8 is broken.
   */
  static Optional<String> name(String rawPath) {
    return rawPath.startsWith("/") ? decode(rawPath.substring(1)) : Optional.empty();
  }

  /** Decodes once; what remains of a double encoding stays text. */
  static Optional<String> decode(String raw) {
    byte[] source = raw.getBytes(UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(source.length);
    for (int i = 0; i < source.length; i++) {
      if (source[i] != '%') {
        bytes.write(source[i]);
        continue;
      }
      if (i + 2 >= source.length) {
        return Optional.empty();
      }
      int high = Character.digit(source[i + 1], 16);
      int low = Character.digit(source[i + 2], 16);
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    try {
      return Optional.of(
          UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
