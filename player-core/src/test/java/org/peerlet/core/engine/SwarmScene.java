package org.peerlet.core.engine;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;
import org.peerlet.core.torrent.SwarmStatus;

/**
 * A swarm as a viewer sees it, put together by hand.
 *
 * @param self the viewer's id; empty where it has no session
 */
record SwarmScene(
    String self,
    List<SwarmPeer> connected,
    long bytesFromPeers,
    long bytesUploaded,
    long bytesRequested,
    boolean announced,
    int swarmSize) {
  /** Seen by a viewer who shares. */
  static SwarmScene of(SwarmPeer... connected) {
    return new SwarmScene(sharingId("self"), List.of(connected), 0, 0, 0, false, 0);
  }

  static String sharingId(String name) {
    return id("-PR001S-", name);
  }

  static String receivingId(String name) {
    return id("-PR001R-", name);
  }

  private static String id(String prefix, String name) {
    String text = prefix + "x".repeat(20 - prefix.length() - name.length()) + name;
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  static SwarmPeer sharing(String name, BitSet pieces) {
    return peer(sharingId(name), Kind.SHARING, false, pieces);
  }

  static SwarmPeer receiving(String name, BitSet pieces) {
    return peer(receivingId(name), Kind.RECEIVING, false, pieces);
  }

  static SwarmPeer foreign(String name, boolean choking, BitSet pieces) {
    return peer(id("-qB4500-", name), Kind.FOREIGN, choking, pieces);
  }

  private static SwarmPeer peer(String id, Kind kind, boolean choking, BitSet pieces) {
    return new SwarmPeer(id, kind, choking, true, pieces.cardinality(), pieces);
  }

  /** Pieces [first, end). */
  static BitSet pieces(int first, int end) {
    BitSet pieces = new BitSet();
    pieces.set(first, end);
    return pieces;
  }

  static BitSet nothing() {
    return new BitSet();
  }

  SwarmScene seenBy(String id) {
    return new SwarmScene(
        id, connected, bytesFromPeers, bytesUploaded, bytesRequested, announced, swarmSize);
  }

  SwarmScene brought(long bytes) {
    return new SwarmScene(
        self, connected, bytes, bytesUploaded, bytesRequested, announced, swarmSize);
  }

  SwarmScene uploaded(long bytes) {
    return new SwarmScene(
        self, connected, bytesFromPeers, bytes, bytesRequested, announced, swarmSize);
  }

  /** Peers were asked for so much more than they have sent. */
  SwarmScene requested(long bytes) {
    return new SwarmScene(
        self, connected, bytesFromPeers, bytesUploaded, bytes, announced, swarmSize);
  }

  /** A tracker has answered. */
  SwarmScene counted(int viewers) {
    return new SwarmScene(
        self, connected, bytesFromPeers, bytesUploaded, bytesRequested, true, viewers);
  }

  SwarmStatus status() {
    return new SwarmStatus(
        connected.size(),
        0,
        0,
        bytesFromPeers,
        bytesUploaded,
        bytesRequested,
        0,
        self,
        connected,
        announced,
        swarmSize);
  }
}
