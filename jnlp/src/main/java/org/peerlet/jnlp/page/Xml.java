package org.peerlet.jnlp.page;

/** Text made fit for XML 1.0: as text between tags, and as a value between double quotes. */
public final class Xml {
  private Xml() {}

  /** What a parser reads again as the same text; what XML can't hold becomes U+FFFD. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(c, out));
    return out.toString();
  }

  private static void append(int c, StringBuilder out) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;"); // "]]>" may not stand in text
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&apos;");
      case '\t', '\n', '\r' -> out.append("&#").append(c).append(';'); // else made a blank
      default -> out.appendCodePoint(isChar(c) ? c : 0xFFFD);
    }
  }

  /** The production Char of XML 1.0, without what the cases above took. */
  private static boolean isChar(int c) {
    return (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
  }
}
