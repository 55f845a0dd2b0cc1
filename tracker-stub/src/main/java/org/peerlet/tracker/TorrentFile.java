package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;

/**
 * Finds the info-hashes of a {@code .torrent} without building its tree: only where {@code info}
 * begins and ends matters.
 */
final class TorrentFile {
  private final byte[] bytes;
  private int at;

  private TorrentFile(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Both hashes a client may announce, SHA-1 (BEP 3) and the first 20 bytes of SHA-256 (BEP 52; a
   * hybrid torrent announces both), or nothing if this is no torrent.
   */
  static Set<InfoHash> infoHashes(byte[] bytes) {
    try {
      byte[] info = new TorrentFile(bytes).info();
      return info.length == 0 ? Set.of() : Set.of(hash("SHA-1", info), hash("SHA-256", info));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // Cut short or garbage: every read of a byte that is not there ends here.
      return Set.of();
    }
  }

  private byte[] info() {
    if (bytes[at++] != 'd') {
      return new byte[0];
    }
    while (bytes[at] != 'e') {
      String key = string();
      int start = at;
      skipValue();
      if (key.equals("info") && bytes[start] == 'd') {
        return Arrays.copyOfRange(bytes, start, at);
      }
    }
    return new byte[0];
  }

  /**
   * Passes over one value. Counts the depth instead of recursing, so that nesting costs no stack.
   */
  private void skipValue() {
    int depth = 0;
    do {
      switch (bytes[at]) {
        case 'd', 'l' -> {
          depth++;
          at++;
        }
        case 'e' -> {
          depth--;
          at++;
        }
        case 'i' -> at = indexOf('e') + 1;
        default -> string();
      }
    } while (depth > 0);
  }

  private String string() {
    int colon = indexOf(':');
    int length = Integer.parseInt(new String(bytes, at, colon - at, ISO_8859_1));
    int start = colon + 1;
    if (length < 0 || length > bytes.length - start) {
      throw new IndexOutOfBoundsException(length);
    }
    at = start + length;
    // Only a key's text is looked at, and none that counts is longer.
    return new String(bytes, start, Math.min(length, 16), ISO_8859_1);
  }

  private int indexOf(char wanted) {
    int i = at;
    while (bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  private static InfoHash hash(String algorithm, byte[] info) {
    try {
      return InfoHash.of(MessageDigest.getInstance(algorithm).digest(info));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
