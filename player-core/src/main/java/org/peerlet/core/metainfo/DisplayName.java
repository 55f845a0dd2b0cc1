package org.peerlet.core.metainfo;

import java.text.Normalizer;

/** Makes text from outside safe to show in a window, a log or a terminal (threats.md T4, T15). */
public final class DisplayName {
  /** Longer than any honest title, short enough for one log line. */
  public static final int MAX_CODE_POINTS = 200;

  /** More marks than this on one letter are drawn over the lines around it. */
  private static final int MAX_MARKS = 4;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private DisplayName() {}

  /**
   * The text in NFC without control, formatting (bidirectional overrides among them), private,
   * unassigned and unpaired code points, white space made single blanks, cut at {@value
   * #MAX_CODE_POINTS} code points. The joiners that emoji and Persian need stay. May be empty.
   */
  public static String clean(String text) {
    // NFC grows a text at most threefold; bound the work before doing it.
    String bounded = text.length() > 8192 ? text.substring(0, 8192) : text;
    StringBuilder out = new StringBuilder();
    int kept = 0;
    int marks = 0;
    boolean blank = false;
    for (int c : Normalizer.normalize(bounded, Normalizer.Form.NFC).codePoints().toArray()) {
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        blank = kept > 0;
        continue;
      }
      marks = isMark(c) ? marks + 1 : 0;
      if (!isShown(c) || marks > MAX_MARKS) {
        continue;
      }
      int needed = blank ? 2 : 1;
      if (kept + needed > MAX_CODE_POINTS - 1) {
        return out.append('…').toString();
      }
      if (blank) {
        out.append(' ');
        blank = false;
      }
      out.appendCodePoint(c);
      kept += needed;
    }
    return out.toString();
  }

  /** {@link #clean}, or the given text where nothing is left. */
  public static String cleanOr(String text, String otherwise) {
    String cleaned = clean(text);
    return cleaned.isEmpty() ? otherwise : cleaned;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isShown(int c) {
    if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
