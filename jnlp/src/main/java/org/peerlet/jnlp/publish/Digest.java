package org.peerlet.jnlp.publish;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes by which the publisher tells whether something is what it was. */
final class Digest {
  private Digest() {}

  static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never); // every JDK has it
    }
  }
}
