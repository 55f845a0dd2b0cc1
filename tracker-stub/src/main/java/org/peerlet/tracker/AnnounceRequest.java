package org.peerlet.tracker;

import java.net.InetAddress;
import java.util.Optional;

/**
 * One announce (BEP 3), checked. The peer's address is the one it connects from: a claimed {@code
 * ip=} would let anyone aim a swarm at a victim.
 *
 * @param peerId 20 raw bytes, one character (0–255) each
 * @param complete true for a seed ({@code left=0})
 * @param numWant 0–{@value #MAX_NUM_WANT} peers wanted
 * @param compact false if the peer asked for dictionaries ({@code compact=0}, BEP 23)
 * @param withPeerIds false if the peer needs no ids in those dictionaries
 */
record AnnounceRequest(
    InfoHash infoHash,
    String peerId,
    Endpoint endpoint,
    boolean complete,
    Event event,
    int numWant,
    boolean compact,
    boolean withPeerIds) {

  /** What clients connect to at once, and what a compact answer carries in one network packet. */
  static final int MAX_NUM_WANT = 50;

  private static final int PEER_ID_BYTES = 20;

  /** BEP 3. A regular announce, and any event that later BEPs add, is {@code NONE}. */
  enum Event {
    NONE,
    STARTED,
    STOPPED,
    COMPLETED
  }

  /**
   * @throws TrackerFailure if something required is missing or malformed
   */
  static AnnounceRequest of(RawQuery query, InetAddress remote) throws TrackerFailure {
    String infoHash = required(query, "info_hash");
    if (infoHash.length() != InfoHash.BYTES) {
      throw new TrackerFailure("info_hash must have 20 bytes");
    }
    String peerId = required(query, "peer_id");
    if (peerId.length() != PEER_ID_BYTES) {
      throw new TrackerFailure("peer_id must have 20 bytes");
    }
    return new AnnounceRequest(
        new InfoHash(infoHash),
        peerId,
        new Endpoint(remote, port(required(query, "port"))),
        isZero(query.first("left")),
        event(query.first("event").orElse("")),
        numWant(query.first("numwant")),
        !query.first("compact").equals(Optional.of("0")),
        !query.first("no_peer_id").equals(Optional.of("1")));
  }

  private static String required(RawQuery query, String name) throws TrackerFailure {
    return query.first(name).orElseThrow(() -> new TrackerFailure(name + " is missing"));
  }

  private static int port(String text) throws TrackerFailure {
    int port = isDigits(text, 5) ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65535) {
      throw new TrackerFailure("port must be 1-65535");
    }
    return port;
  }

  /**
   * Absent is "not a seed". Some clients send −1 or 2⁶⁴ − 1 while they do not know the size yet, so
   * any other number passes.
   */
  private static boolean isZero(Optional<String> left) throws TrackerFailure {
    if (left.isEmpty()) {
      return false;
    }
    String text = left.get();
    if (!isDigits(text.startsWith("-") ? text.substring(1) : text, 20)) {
      throw new TrackerFailure("left must be a number");
    }
    return text.chars().allMatch(c -> c == '0');
  }

  private static Event event(String text) {
    return switch (text) {
      case "started" -> Event.STARTED;
      case "stopped" -> Event.STOPPED;
      case "completed" -> Event.COMPLETED;
      default -> Event.NONE;
    };
  }

  private static int numWant(Optional<String> text) {
    // Absent, −1 and nonsense all mean "you choose".
    return text.filter(digits -> isDigits(digits, 9))
        .map(digits -> Math.min(Integer.parseInt(digits), MAX_NUM_WANT))
        .orElse(MAX_NUM_WANT);
  }

  private static boolean isDigits(String text, int longest) {
    return !text.isEmpty()
        && text.length() <= longest
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
