package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The 20 bytes that name a swarm: SHA-1 of a torrent's info dictionary (BEP 3), or its SHA-256 cut
 * to 20 bytes (BEP 52).
 *
 * @param latin1 the raw bytes, one character (0–255) each, as bencode and the query hold them
 */
record InfoHash(String latin1) {
  static final int BYTES = 20;

  InfoHash {
    if (latin1.length() != BYTES) {
      throw new IllegalArgumentException("an info-hash has 20 bytes, not " + latin1.length());
    }
  }

  static InfoHash of(byte[] digest) {
    return new InfoHash(new String(digest, 0, BYTES, ISO_8859_1));
  }
}
