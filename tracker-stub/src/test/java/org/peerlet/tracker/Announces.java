package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Builds announce queries as clients send them. */
final class Announces {
  private Announces() {}

  /** An info-hash with every kind of awkward byte: 0, &, =, %, +, high ones. */
  static final String HASH = "\0&=%+ \u007f\u0080\u00ff\n\r#?/abcdef";

  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static String peerId(int number) {
    return "-PT0001-%012d".formatted(number);
  }

  static String query(String infoHash, String peerId, int port, String more) {
    return "info_hash=" + escape(infoHash) + "&peer_id=" + escape(peerId) + "&port=" + port + more;
  }

  static String escape(String latin1) {
    StringBuilder out = new StringBuilder();
    for (byte b : latin1.getBytes(ISO_8859_1)) {
      out.append('%').append("%02X".formatted(b & 0xff));
    }
    return out.toString();
  }

  static AnnounceRequest request(int hash, String address, int port, String more) {
    try {
      RawQuery query = RawQuery.parse(query("%020d".formatted(hash), peerId(port), port, more));
      return AnnounceRequest.of(query, address(address));
    } catch (TrackerFailure e) {
      throw new IllegalArgumentException(e);
    }
  }
}
