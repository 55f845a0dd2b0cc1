package org.peerlet.core.http;

import java.text.Normalizer;

/**
 * The last part of a stream's URL: for a person to recognise, in letters that no URL parser, shell
 * or log minds.
 */
final class UrlName {
  // Long enough for a title, short enough for a player's window.
  private static final int MAX_CHARS = 80;

  private UrlName() {}

  /**
   * Reduces a display name to ASCII letters, digits, dot, hyphen and underscore; accents are
   * dropped from their letters, other characters become hyphens. The end is kept, for the
   * extension.
   */
  static String of(String displayName) {
    String name =
        Normalizer.normalize(displayName, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceAll("-*\\.[.-]*", ".");
    name = name.substring(Math.max(0, name.length() - MAX_CHARS)).replaceAll("^-+|[-.]+$", "");
    return name.isEmpty() || name.startsWith(".") ? "clip" + name : name;
  }
}
