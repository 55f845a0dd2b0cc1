package org.peerlet.core.metainfo;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of BitTorrent v1. */
final class Sha1 {
  static final int BYTES = 20;

  private Sha1() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
