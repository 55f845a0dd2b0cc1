package org.peerlet.tracker;

import org.jspecify.annotations.Nullable;

/** Walks once over the ranges of a {@code Range} header. For one thread and one use. */
final class RangeParser {
  private static final RangeRequest WHOLE = new RangeRequest.Whole();
  private static final RangeRequest UNSATISFIABLE = new RangeRequest.Unsatisfiable();

  /** Not a number: no digits, or beyond 2⁶³ − 1. */
  private static final long NONE = -1;

  private final String text;
  private final long sizeBytes;
  private int at;

  RangeParser(String header, int start, long sizeBytes) {
    this.text = header;
    this.at = start;
    this.sizeBytes = sizeBytes;
  }

  RangeRequest parse() {
    RangeRequest.@Nullable Part only = null;
    do {
      RangeRequest range = next();
      if (range instanceof RangeRequest.Part part && only == null) {
        only = part;
      } else if (range instanceof RangeRequest.Part) {
        return WHOLE;
      } else if (range != null) {
        return range;
      }
    } while (take(','));
    return only == null ? UNSATISFIABLE : only;
  }

  /**
   * The next range of the list; null for one that lies beyond the end, which a list may contain.
   */
  private @Nullable RangeRequest next() {
    spaces();
    if (take('-')) {
      long suffixBytes = number();
      spaces();
      return suffixBytes == NONE || !atEnd()
          ? UNSATISFIABLE
          : part(Math.max(0, sizeBytes - suffixBytes), sizeBytes);
    }
    long first = number();
    spaces();
    if (first == NONE || !take('-')) {
      return UNSATISFIABLE;
    }
    spaces();
    if (atEnd()) {
      return part(first, sizeBytes);
    }
    long last = number();
    spaces();
    return last == NONE || !atEnd()
        ? UNSATISFIABLE
        : part(first, last < sizeBytes ? last + 1 : sizeBytes);
  }

  private static @Nullable RangeRequest part(long first, long end) {
    if (first < end) {
      return new RangeRequest.Part(first, end);
    }
    // An empty range from 0 can only mean an empty resource: nginx sends that whole.
    return first == 0 ? WHOLE : null;
  }

  private long number() {
    long value = 0;
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      int digit = text.charAt(at) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return NONE;
      }
      value = value * 10 + digit;
      at++;
    }
    return at == start ? NONE : value;
  }

  private boolean atEnd() {
    return at == text.length() || text.charAt(at) == ',';
  }

  private boolean take(char wanted) {
    boolean taken = at < text.length() && text.charAt(at) == wanted;
    at += taken ? 1 : 0;
    return taken;
  }

  private void spaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }
}
