package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.SortedMap;

/** Writes bencode (BEP 3). Byte strings are given as strings of characters 0–255, one per byte. */
final class Bencode {
  private Bencode() {}

  /** Encodes a value made of String, Integer, Long, List and SortedMap with String keys. */
  static byte[] encode(Object value) {
    StringBuilder out = new StringBuilder(256);
    append(value, out);
    return out.toString().getBytes(ISO_8859_1);
  }

  private static void append(Object value, StringBuilder out) {
    if (value instanceof String text) {
      out.append(text.length()).append(':').append(text);
    } else if (value instanceof Integer || value instanceof Long) {
      out.append('i').append(value).append('e');
    } else if (value instanceof List<?> list) {
      out.append('l');
      list.forEach(each -> append(each, out));
      out.append('e');
    } else if (value instanceof SortedMap<?, ?> map) {
      out.append('d');
      map.forEach(
          (key, each) -> {
            append(key, out);
            append(each, out);
          });
      out.append('e');
    } else {
      throw new IllegalArgumentException("bencode has no " + value.getClass());
    }
  }
}
