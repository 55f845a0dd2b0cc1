package org.peerlet.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.peerlet.core.StreamException.Reason;

/**
 * What a page may hand to the player: one URL and nothing else. Whoever can make a browser open a
 * launch file can put anything there, so that the argument is hostile until it was read here
 * (threats.md T12).
 *
 * @param url of a clip manifest or a torrent, over {@code http} or {@code https}
 */
public record LaunchArguments(URI url) {
  /** What browsers and servers agree on; no page needs more. */
  private static final int MAX_LENGTH = 2_048;

  /** Of the links that an installed package opens: {@code peerlet:https://…}. */
  private static final String SCHEME = "peerlet:";

  private static final String WANTED =
      "A page may hand over the URL of one clip (http or https, to a .json or .torrent)";

  /**
   * Reads what the launcher was given.
   *
   * @throws StreamException {@code BAD_SOURCE}
   */
  public static LaunchArguments parse(List<String> arguments) throws StreamException {
    if (arguments.size() != 1) {
      throw new StreamException(
          Reason.BAD_SOURCE, WANTED + ", not " + arguments.size() + " arguments.");
    }
    String given = arguments.get(0);
    if (given.length() > MAX_LENGTH) {
      throw new StreamException(
          Reason.BAD_SOURCE, WANTED + ", not one of " + given.length() + " characters.");
    }
    try {
      URI url = new URI(withoutScheme(given));
      if (isHttp(url) && leadsToAClip(url)) {
        return new LaunchArguments(url);
      }
    } catch (URISyntaxException malformed) {
      // The sentence below says it.
    }
    throw new StreamException(Reason.BAD_SOURCE, WANTED + ", not this: " + Shown.field(given));
  }

  private static String withoutScheme(String given) {
    return given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? given.substring(SCHEME.length())
        : given;
  }

  private static boolean isHttp(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https"))
        && url.getHost() != null
        && url.getRawUserInfo() == null;
  }

  private static boolean leadsToAClip(URI url) {
    String path = String.valueOf(url.getPath()).toLowerCase(Locale.ROOT);
    return path.endsWith(".json") || path.endsWith(".torrent");
  }

  /** The arguments that say the same; ASCII. */
  public List<String> format() {
    return List.of(url.toASCIIString());
  }

  /** The clip that the page offers. */
  public TorrentSource source() {
    return TorrentSource.ofUrl(url);
  }
}
