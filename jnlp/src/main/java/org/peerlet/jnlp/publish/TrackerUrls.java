package org.peerlet.jnlp.publish;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.jnlp.page.SiteAddress;

/** The trackers that a site's torrents name. */
final class TrackerUrls {
  private static final Set<String> SCHEMES = Set.of("http", "https", "udp");

  /** Players keep no more (threats.md T5). */
  private static final int MAX = 8;

  private TrackerUrls() {}

  /**
   * Checks what was given; none given means the tracker at the site, as {@code peerlet serve} has
   * it.
   *
   * @throws StreamException {@code BAD_SOURCE}
   */
  static List<String> of(List<String> given, SiteAddress site) throws StreamException {
    if (given.isEmpty()) {
      return List.of(site.url().resolve("announce").toString());
    }
    if (given.size() > MAX) {
      throw new StreamException(Reason.BAD_SOURCE, "A torrent names at most " + MAX + " trackers.");
    }
    List<String> urls = new ArrayList<>();
    for (String each : given) {
      if (!isTracker(each)) {
        throw new StreamException(
            Reason.BAD_SOURCE,
            "A tracker is an http, https or udp URL with a host (udp: and a port), not "
                + Shown.field(each));
      }
      urls.add(each);
    }
    return urls;
  }

  private static boolean isTracker(String given) {
    try {
      URI url = URI.create(given);
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      return SCHEMES.contains(scheme)
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getPort() <= 65535
          && (!scheme.equals("udp") || url.getPort() > 0);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
