package org.peerlet.core.metainfo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * A magnet URI (BEP 9). Immutable; {@link #toString} writes one that {@link #parse} reads back to
 * an equal value. Of trackers, web seeds and peers at most 8 each are kept; where they lead is not
 * checked here.
 *
 * @param displayName for eyes only
 * @param trackers udp, http or https
 * @param webSeeds http or https
 */
public record MagnetUri(
    InfoHash infoHash,
    Optional<String> displayName,
    List<String> trackers,
    List<String> webSeeds,
    List<Peer> peers) {

  /** Long enough for 8 of everything at their longest. */
  private static final int MAX_CHARS = 64 << 10;

  private static final String SCHEME = "magnet:?";

  public MagnetUri {
    displayName = displayName.map(DisplayName::clean).filter(name -> !name.isEmpty());
    trackers = Urls.trackers(trackers);
    webSeeds = Urls.webSeeds(webSeeds);
    peers = peers.stream().distinct().limit(Urls.MAX_KEPT).toList();
  }

  /**
   * A peer to try ({@code x.pe}).
   *
   * @param host a name or an address, not resolved; an IPv6 address without brackets
   * @param port 1 to 65535
   */
  public record Peer(String host, int port) {

    @Override
    public String toString() {
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private static Optional<Peer> parse(String text) {
      int colon = text.lastIndexOf(':');
      if (colon < 1) {
        return Optional.empty();
      }
      String host = text.substring(0, colon);
      String port = text.substring(colon + 1);
      if (host.matches("\\[[0-9a-fA-F:.]{2,45}\\]")) {
        host = host.substring(1, host.length() - 1);
      } else if (!host.matches("[0-9a-zA-Z._-]{1,253}")) {
        return Optional.empty();
      }
      if (!port.matches("[0-9]{1,5}")) {
        return Optional.empty();
      }
      int number = Integer.parseInt(port);
      return number >= 1 && number <= 65535
          ? Optional.of(new Peer(host, number))
          : Optional.empty();
    }
  }

  /**
   * Reads a magnet URI, also one copied out of HTML source, escapes and all.
   *
   * @throws StreamException {@code BAD_SOURCE}; {@code UNSUPPORTED_TORRENT} for v2 only ({@code
   *     btmh})
   */
  public static MagnetUri parse(String text) throws StreamException {
    String uri = text.strip();
    if (uri.length() > MAX_CHARS || !uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new StreamException(Reason.BAD_SOURCE, "This is not a magnet link.");
    }
    Optional<InfoHash> infoHash = Optional.empty();
    boolean version2 = false;
    Optional<String> name = Optional.empty();
    List<String> trackers = new ArrayList<>();
    List<String> webSeeds = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    String query = uri.substring(SCHEME.length()).replace("&amp;", "&");
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals < 0) {
        continue;
      }
      // Several values of a key may be numbered: xt.1, xt.2.
      String key = parameter.substring(0, equals).toLowerCase(Locale.ROOT);
      String raw = parameter.substring(equals + 1);
      switch (key.replaceFirst("\\.[0-9]+$", "")) {
        case "xt" -> {
          String topic = decode(raw);
          version2 |= topic.regionMatches(true, 0, "urn:btmh:", 0, 9);
          if (infoHash.isEmpty()) {
            infoHash = infoHash(topic);
          }
        }
        case "dn" -> name = Optional.of(decode(raw.replace('+', ' ')));
        case "tr" -> trackers.add(decode(raw));
        case "ws" -> webSeeds.add(decode(raw));
        case "x.pe" -> Peer.parse(decode(raw)).ifPresent(peers::add);
        default -> {}
      }
    }
    if (infoHash.isPresent()) {
      return new MagnetUri(infoHash.get(), name, trackers, webSeeds, peers);
    }
    throw version2
        ? new StreamException(
            Reason.UNSUPPORTED_TORRENT,
            "This magnet link is of version 2 only, which Peerlet does not support.")
        : new StreamException(Reason.BAD_SOURCE, "This magnet link names no torrent.");
  }

  private static Optional<InfoHash> infoHash(String topic) {
    if (!topic.regionMatches(true, 0, "urn:btih:", 0, 9)) {
      return Optional.empty();
    }
    String hash = topic.substring(9);
    if (hash.matches("[0-9a-fA-F]{40}")) {
      return Optional.of(new InfoHash(hash.toLowerCase(Locale.ROOT)));
    }
    return hash.matches("[a-zA-Z2-7]{32}") ? Optional.of(ofBase32(hash)) : Optional.empty();
  }

  /** RFC 4648, of 32 characters, which are 20 bytes with no padding. */
  private static InfoHash ofBase32(String text) {
    byte[] bytes = new byte[InfoHash.BYTES];
    int bits = 0;
    int bitCount = 0;
    int at = 0;
    for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
      bits = bits << 5 | (c >= 'a' ? c - 'a' : c - '2' + 26);
      bitCount += 5;
      if (bitCount >= 8) {
        bitCount -= 8;
        bytes[at++] = (byte) (bits >> bitCount);
      }
    }
    return InfoHash.of(bytes);
  }

  /** Percent-decodes UTF-8; a {@code %} with no two digits after it stands for itself. */
  private static String decode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    StringBuilder uri = new StringBuilder("magnet:?xt=urn:btih:").append(infoHash.hex());
    displayName.ifPresent(name -> append("dn", name, uri));
    trackers.forEach(url -> append("tr", url, uri));
    webSeeds.forEach(url -> append("ws", url, uri));
    peers.forEach(peer -> uri.append("&x.pe=").append(peer));
    return uri.toString();
  }

  private static void append(String key, String value, StringBuilder uri) {
    uri.append('&').append(key).append('=').append(Urls.encodeSegment(value));
  }
}
