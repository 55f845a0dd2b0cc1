package org.peerlet.core.metainfo;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The URLs a torrent or magnet may name: which are kept, and how many (threats.md T5, T6). Where
 * they lead is checked when they are used, since that needs the name resolved.
 */
final class Urls {
  /** T5: more would make viewers a flood. */
  static final int MAX_KEPT = 8;

  /** What servers and browsers agree to carry. */
  private static final int MAX_CHARS = 2048;

  private static final Set<String> WEB = Set.of("http", "https");

  /** WebSocket trackers are left out: their sockets bind all interfaces (facts.md). */
  private static final Set<String> TRACKER = Set.of("http", "https", "udp");

  private Urls() {}

  static List<String> webSeeds(List<String> candidates) {
    return kept(candidates, WEB, MAX_KEPT);
  }

  static List<String> trackers(List<String> candidates) {
    return kept(candidates, TRACKER, MAX_KEPT);
  }

  /** Tiers (BEP 12) with at most {@link #MAX_KEPT} trackers in all, none twice, no empty tier. */
  static List<List<String>> trackerTiers(List<List<String>> candidates) {
    List<List<String>> tiers = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (List<String> candidate : candidates) {
      List<String> tier = new ArrayList<>();
      for (String url : kept(candidate, TRACKER, MAX_KEPT)) {
        if (seen.size() < MAX_KEPT && seen.add(url)) {
          tier.add(url);
        }
      }
      if (!tier.isEmpty()) {
        tiers.add(List.copyOf(tier));
      }
    }
    return List.copyOf(tiers);
  }

  private static List<String> kept(List<String> candidates, Set<String> schemes, int max) {
    Set<String> kept = new LinkedHashSet<>();
    for (String candidate : candidates) {
      if (kept.size() == max) {
        break;
      }
      usable(candidate, schemes).ifPresent(kept::add);
    }
    return List.copyOf(kept);
  }

  private static Optional<String> usable(String candidate, Set<String> schemes) {
    String trimmed = candidate.strip();
    if (trimmed.isEmpty() || trimmed.length() > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(escapeIllegal(trimmed));
      String scheme = uri.getScheme();
      boolean kept =
          scheme != null
              && schemes.contains(scheme.toLowerCase(Locale.ROOT))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getPort() <= 65535
              && (!scheme.equalsIgnoreCase("udp") || uri.getPort() > 0);
      return kept ? Optional.of(uri.toString()) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * Torrents are found with blanks and letters beyond ASCII in their URLs; browsers escape them.
   */
  private static String escapeIllegal(String url) {
    StringBuilder out = new StringBuilder();
    for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0) {
        escape(c, out);
      } else {
        out.append((char) c);
      }
    }
    return out.toString();
  }

  /** Percent-encodes all but the unreserved characters (RFC 3986, 2.3). */
  static String encodeSegment(String segment) {
    StringBuilder out = new StringBuilder();
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      boolean unreserved =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
      if (unreserved) {
        out.append((char) c);
      } else {
        escape(c, out);
      }
    }
    return out.toString();
  }

  private static void escape(int octet, StringBuilder out) {
    String digits = "0123456789ABCDEF";
    out.append('%').append(digits.charAt(octet >> 4)).append(digits.charAt(octet & 15));
  }
}
