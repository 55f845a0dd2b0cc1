package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A launch file (JNLP) whose own {@code href} carries a token, so that the launcher, which asks for
 * that address again, names the click that it follows.
 */
final class LaunchFile {
  /** Ours have about 10 kB. */
  static final int MAX_BYTES = 256 << 10;

  /** What may stand before the root element: a byte order mark, white space, comments and such. */
  private static final Pattern PROLOGUE =
      Pattern.compile("\u00ef\u00bb\u00bf|\\s++|<\\?.*?\\?>|<!--.*?-->", Pattern.DOTALL);

  private static final Pattern ROOT = Pattern.compile("<jnlp(?=\\s)");

  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\s++([^\\s=<>\"'/]++)\\s*+=\\s*+(\"[^\"<]*+\"|'[^'<]*+')");

  private LaunchFile() {}

  /**
   * The same file with the token, or nothing where its root has no {@code href}: then no launcher
   * would ask again. Everything else keeps its bytes.
   *
   * @param jnlp in UTF-8 or another encoding that has ASCII's bytes for ASCII's characters
   */
  static Optional<byte[]> withToken(byte[] jnlp, String token) {
    String text = new String(jnlp, ISO_8859_1); // one character a byte
    Matcher prologue = PROLOGUE.matcher(text);
    int at = 0;
    while (prologue.region(at, text.length()).lookingAt()) {
      at = prologue.end();
    }
    Matcher root = ROOT.matcher(text).region(at, text.length());
    if (!root.lookingAt()) {
      return Optional.empty();
    }
    at = root.end();
    Matcher attribute = ATTRIBUTE.matcher(text);
    while (attribute.region(at, text.length()).lookingAt()) {
      if (attribute.group(1).equals("href")) {
        int end = attribute.end() - 1; // before the closing quote
        String separator = attribute.group(2).contains("?") ? "&amp;" : "?";
        String changed =
            text.substring(0, end) + separator + "launch=" + token + text.substring(end);
        return Optional.of(changed.getBytes(ISO_8859_1));
      }
      at = attribute.end();
    }
    return Optional.empty();
  }
}
