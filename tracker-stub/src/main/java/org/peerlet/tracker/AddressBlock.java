package org.peerlet.tracker;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The addresses one subscriber commands: an IPv4 address, or an IPv6 /64, since a home is given at
 * least that many. Limits count blocks; counting single IPv6 addresses would limit nobody.
 */
record AddressBlock(boolean ipv6, long prefix) {

  static AddressBlock of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? new AddressBlock(false, bytes.getInt())
        : new AddressBlock(true, bytes.getLong());
  }
}
