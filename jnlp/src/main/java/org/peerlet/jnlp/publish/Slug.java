package org.peerlet.jnlp.publish;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * The name of a clip's folder: lower-case ASCII letters, digits and hyphens, so that it needs no
 * escape in a URL, a page or a file system. Pure.
 */
final class Slug {
  /** Room in a URL and on a disk for endings; longer names are no easier to read. */
  private static final int MAX_LENGTH = 60;

  /** Where nothing of the name is left. */
  private static final String NAMELESS = "clip";

  /**
   * Names that mean something else at a site's root or in a clip's folder: the jars, the tracker's
   * two URLs, and the seek bar's WebVTT, which subtitles must not replace.
   */
  private static final Set<String> RESERVED = Set.of("player", "announce", "scrape", "thumbnails");

  private Slug() {}

  /**
   * A name for a video's folder.
   *
   * @param fileName of the video; its ending goes
   * @param taken names that others have
   */
  static String of(String fileName, Set<String> taken) {
    int dot = fileName.lastIndexOf('.');
    String base = plain(dot > 0 ? fileName.substring(0, dot) : fileName);
    String slug = base;
    for (int i = 2; RESERVED.contains(slug) || taken.contains(slug); i++) {
      slug = base + "-" + i;
    }
    return slug;
  }

  private static String plain(String text) {
    StringBuilder out = new StringBuilder();
    boolean hyphen = false;
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    for (int c : decomposed.toLowerCase(Locale.ROOT).codePoints().toArray()) {
      if (Character.getType(c) == Character.NON_SPACING_MARK || c == '\'' || c == '\u2019') {
        continue; // the accent of a letter, or an apostrophe within a word
      }
      boolean kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!kept) {
        hyphen = !out.isEmpty();
        continue;
      }
      if (out.length() + (hyphen ? 2 : 1) > MAX_LENGTH) {
        break;
      }
      out.append(hyphen ? "-" : "").append((char) c);
      hyphen = false;
    }
    return out.isEmpty() ? NAMELESS : out.toString();
  }
}
