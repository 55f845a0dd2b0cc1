package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Where a peer listens. Java turns IPv4-mapped IPv6 addresses into IPv4 ones, so a peer has one
 * form only.
 */
record Endpoint(InetAddress address, int port) {

  boolean isIpv6() {
    return address instanceof Inet6Address;
  }

  /**
   * The address (4 or 16 bytes) and the port (2 bytes, big-endian) of BEP 23 and BEP 7, one
   * character per byte.
   */
  String compact() {
    return new String(address.getAddress(), ISO_8859_1) + (char) (port >> 8) + (char) (port & 0xff);
  }
}
