package org.peerlet.core.http;

import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a server serves, each content under a secret of its own. Any thread. */
final class Publications {
  // 128 bits: a page that could try a million paths a second would need longer than the sun lasts.
  private static final int SECRET_BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final List<Publication> all = new CopyOnWriteArrayList<>();

  Publication add(String displayName, StreamContent content) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    Publication publication =
        new Publication(HexFormat.of().formatHex(secret), UrlName.of(displayName), content);
    all.add(publication);
    return publication;
  }

  /** Compares with every path, so that the time tells nothing about any of them. */
  @Nullable Publication find(String target) {
    Publication found = null;
    for (Publication publication : all) {
      if (publication.isAt(target)) {
        found = publication;
      }
    }
    return found;
  }

  @Nullable Publication find(URI uri) {
    String path = uri.getRawPath();
    return path == null ? null : find(path);
  }

  void remove(URI uri) {
    Publication publication = find(uri);
    if (publication != null) {
      all.remove(publication);
      publication.withdraw();
    }
  }
}
