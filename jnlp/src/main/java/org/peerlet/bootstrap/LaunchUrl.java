package org.peerlet.bootstrap;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one argument. Any page can name our signed jars in a JNLP file of its own, so it is taken for
 * hostile (threats.md T11, T12): it must be the URL of a manifest or torrent of the site that the
 * jars were signed for.
 */
record LaunchUrl(URI uri) {
  /** What browsers and servers commonly take. */
  private static final int MAX_LENGTH = 2048;

  /**
   * Checks the arguments of the program.
   *
   * @param site the URL that the clip must lie under; ends in a slash
   * @throws CannotStartException {@code url} when it is anything else, {@code url.site} when it is
   *     another site's
   */
  static LaunchUrl of(String[] arguments, URI site) throws CannotStartException {
    if (arguments.length != 1 || !isPlain(arguments[0])) {
      throw new CannotStartException("url");
    }
    URI uri = parse(arguments[0]);
    if (uri == null || !isClip(uri)) {
      throw new CannotStartException("url");
    }
    if (!liesUnder(uri, site)) {
      throw new CannotStartException("url.site", site);
    }
    return new LaunchUrl(uri);
  }

  /** Printable ASCII, as a URL is. */
  private static boolean isPlain(String argument) {
    return argument.length() <= MAX_LENGTH
        && !argument.startsWith("-")
        && argument.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static @Nullable URI parse(String argument) {
    try {
      return new URI(argument).parseServerAuthority();
    } catch (URISyntaxException malformed) {
      return null;
    }
  }

  private static boolean isClip(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String path = String.valueOf(uri.getPath());
    return (scheme.equals("http") || scheme.equals("https"))
        && uri.getHost() != null
        && uri.getUserInfo() == null
        && uri.getFragment() == null
        && (path.endsWith(".json") || path.endsWith(".torrent"));
  }

  private static boolean liesUnder(URI uri, URI site) {
    String path = uri.getPath();
    boolean climbs = path.contains("\\") || (path + "/").contains("/../");
    return !climbs
        && site.getScheme().equalsIgnoreCase(uri.getScheme())
        && site.getHost().equalsIgnoreCase(uri.getHost())
        && port(site) == port(uri)
        && path.startsWith(site.getPath());
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
