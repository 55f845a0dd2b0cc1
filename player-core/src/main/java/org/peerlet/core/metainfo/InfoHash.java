package org.peerlet.core.metainfo;

import java.util.HexFormat;

/**
 * The SHA-1 of a torrent's info dictionary (BEP 3), which names its swarm.
 *
 * @param hex 40 lower-case hexadecimal digits
 */
public record InfoHash(String hex) {
  public static final int BYTES = 20;

  public InfoHash {
    if (!hex.matches("[0-9a-f]{40}")) {
      throw new IllegalArgumentException("not an info-hash: " + hex);
    }
  }

  /** Of 20 bytes. */
  public static InfoHash of(byte[] bytes) {
    return new InfoHash(HexFormat.of().formatHex(bytes));
  }

  /** A new array of 20 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
