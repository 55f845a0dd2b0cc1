package org.peerlet.tracker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query string as raw bytes. An info-hash is 20 arbitrary bytes, which any decoding to text would
 * mangle; so values here are strings of characters 0–255, one per byte. A plus sign is a space, as
 * HTML forms and most URL encoders mean it.
 *
 * @param values the values of each name, in the order of the query
 */
record RawQuery(Map<String, List<String>> values) {
  /** An announce has about a dozen; a scrape may name some torrents. */
  private static final int MAX_PARAMETERS = 64;

  /**
   * @throws TrackerFailure if an escape is broken, a character is not ASCII, or there are too many
   *     parameters
   */
  static RawQuery parse(@Nullable String rawQuery) throws TrackerFailure {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (rawQuery == null || rawQuery.isEmpty()) {
      return new RawQuery(values);
    }
    int count = 0;
    int start = 0;
    while (start <= rawQuery.length()) {
      int ampersand = rawQuery.indexOf('&', start);
      int end = ampersand < 0 ? rawQuery.length() : ampersand;
      if (++count > MAX_PARAMETERS) {
        throw new TrackerFailure("too many parameters");
      }
      int equals = rawQuery.indexOf('=', start);
      if (equals < 0 || equals > end) {
        equals = end;
      }
      String name = decode(rawQuery, start, equals);
      String value = equals == end ? "" : decode(rawQuery, equals + 1, end);
      values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
      start = end + 1;
    }
    return new RawQuery(values);
  }

  /** The first value of a name. */
  Optional<String> first(String name) {
    List<String> all = values.get(name);
    return all == null ? Optional.empty() : Optional.of(all.get(0));
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  private static String decode(String raw, int from, int to) throws TrackerFailure {
    StringBuilder bytes = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        boolean complete = i + 2 < to;
        int high = complete ? hexDigit(raw.charAt(i + 1)) : -1;
        int low = complete ? hexDigit(raw.charAt(i + 2)) : -1;
        if (high < 0 || low < 0) {
          throw new TrackerFailure("malformed percent encoding");
        }
        bytes.append((char) (high << 4 | low));
        i += 2;
      } else if (c > 0x7e) {
        throw new TrackerFailure("query is not ASCII");
      } else {
        bytes.append(c == '+' ? ' ' : c);
      }
    }
    return bytes.toString();
  }

  private static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
