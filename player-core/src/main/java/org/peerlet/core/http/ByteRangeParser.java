package org.peerlet.core.http;

/** The syntax of {@link ByteRange}: one pass over the header, as in nginx's range filter. */
final class ByteRangeParser {
  private static final char END = '\0';

  private final String header;
  private final long lengthBytes;
  private int at;

  ByteRangeParser(String header, int from, long lengthBytes) {
    this.header = header;
    this.at = from;
    this.lengthBytes = lengthBytes;
  }

  ByteRange parse() {
    ByteRange found = ByteRange.UNSATISFIABLE;
    do {
      long first = 0;
      long end;
      skipSpaces();
      boolean suffix = peek() == '-';
      if (!suffix) {
        first = number();
        skipSpaces();
        if (first < 0 || peek() != '-') {
          return ByteRange.UNSATISFIABLE;
        }
        at++;
        skipSpaces();
      } else {
        at++;
      }
      if (!suffix && atSpecEnd()) {
        end = lengthBytes;
      } else {
        long number = number();
        skipSpaces();
        if (number < 0 || !atSpecEnd()) {
          return ByteRange.UNSATISFIABLE;
        }
        if (suffix) {
          first = Math.max(0, lengthBytes - number);
          end = lengthBytes;
        } else {
          end = number >= lengthBytes ? lengthBytes : number + 1;
        }
      }
      if (first < end) {
        if (found instanceof ByteRange.Part) {
          return ByteRange.WHOLE;
        }
        found = new ByteRange.Part(first, end);
      } else if (first == 0) {
        return ByteRange.WHOLE;
      }
    } while (skip(','));
    return found;
  }

  private char peek() {
    return at < header.length() ? header.charAt(at) : END;
  }

  private boolean skip(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void skipSpaces() {
    while (peek() == ' ') {
      at++;
    }
  }

  private boolean atSpecEnd() {
    return at == header.length() || peek() == ',';
  }

  /** The number here, or -1 where there is none or it does not fit into 63 bits. */
  private long number() {
    int from = at;
    long value = 0;
    while (peek() >= '0' && peek() <= '9') {
      int digit = peek() - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return -1;
      }
      value = value * 10 + digit;
      at++;
    }
    return at == from ? -1 : value;
  }
}
