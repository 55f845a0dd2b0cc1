package org.peerlet.core;

/**
 * Text from outside, made fit for a message or a log line: one line, no control or direction
 * characters, of bounded length (threats.md T15).
 */
public final class Shown {
  /** Longer than any name a person reads to the end, shorter than a screen. */
  private static final int MAX_LENGTH = 200;

  private Shown() {}

  /** The text with everything taken out that could break out of its line. */
  public static String field(String text) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
    text.codePoints().filter(Shown::harmless).limit(MAX_LENGTH).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean harmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
