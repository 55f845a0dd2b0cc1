package org.peerlet.tracker;

/** Makes text from outside fit for one field of one line of a log or a terminal. */
final class LogText {
  /** Long enough for any honest user agent or announce; a log line stays readable. */
  private static final int MAX_CHARACTERS = 1024;

  private LogText() {}

  /** Leaves out what moves a cursor, breaks a line or reorders text, and cuts what is too long. */
  static String clean(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_CHARACTERS));
    text.codePoints()
        .filter(LogText::isVisible)
        .limit(MAX_CHARACTERS)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** The same, safe between double quotes. */
  static String quoted(String text) {
    return '"' + clean(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
