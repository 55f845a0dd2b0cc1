package org.peerlet.jnlp.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * Where a site is, or will be: an {@code http} or {@code https} URL that ends with a slash, without
 * query, fragment or user info.
 */
public record SiteAddress(URI url) {
  /** Names that need no escape in a URL, an HTML attribute or a file system. */
  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");

  /**
   * Reads what a person gave; a slash at its end may be missing.
   *
   * @throws StreamException {@code BAD_SOURCE}
   */
  public static SiteAddress parse(String given) throws StreamException {
    try {
      URI url = new URI(given.strip()).normalize();
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      boolean plain =
          url.getRawQuery() == null
              && url.getRawFragment() == null
              && url.getRawUserInfo() == null
              && url.getPort() <= 65535;
      if (web && plain && url.getHost() != null) {
        String text = url.toASCIIString();
        return new SiteAddress(new URI(text.endsWith("/") ? text : text + "/"));
      }
    } catch (URISyntaxException malformed) {
      // The sentence below says it.
    }
    throw new StreamException(
        Reason.BAD_SOURCE,
        "The site is a URL such as https://example.org/videos/, not " + Shown.field(given) + ".");
  }

  /** The host, as in the URL, for titles. */
  public String host() {
    return url.getHost();
  }

  /**
   * The URL of a file of the site; of the site itself without names, and of a folder where the last
   * name is empty.
   *
   * @throws IllegalArgumentException for a name that would need an escape: none is published
   */
  public URI of(String... names) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      boolean folder = i > 0 && i == names.length - 1 && names[i].isEmpty();
      if (!folder && !SAFE_NAME.matcher(names[i]).matches()) {
        throw new IllegalArgumentException("not a published name: " + names[i]);
      }
      path.append(i == 0 ? "" : "/").append(names[i]);
    }
    return url.resolve(path.toString());
  }
}
