package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads bencode as a strict client would: sorted keys, no leading zeros, nothing after the end. */
final class Bdecoded {
  private final String text;
  private int at;

  private Bdecoded(String text) {
    this.text = text;
  }

  static Map<String, Object> dictionary(byte[] bytes) {
    Bdecoded decoder = new Bdecoded(new String(bytes, ISO_8859_1));
    Object value = decoder.value();
    if (decoder.at != decoder.text.length()) {
      throw new IllegalArgumentException("bytes after the end");
    }
    Map<String, Object> typed = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((key, each) -> typed.put((String) key, each));
    return typed;
  }

  private Object value() {
    char kind = text.charAt(at);
    return switch (kind) {
      case 'i' -> integer();
      case 'l' -> list();
      case 'd' -> dictionary();
      default -> string();
    };
  }

  private long integer() {
    int end = text.indexOf('e', at);
    String digits = text.substring(at + 1, end);
    long number = Long.parseLong(digits);
    if (!digits.equals(Long.toString(number))) {
      throw new IllegalArgumentException("not canonical: " + digits);
    }
    at = end + 1;
    return number;
  }

  private String string() {
    int colon = text.indexOf(':', at);
    int end = colon + 1 + Integer.parseInt(text.substring(at, colon));
    at = end;
    return text.substring(colon + 1, end);
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    at++;
    while (text.charAt(at) != 'e') {
      list.add(value());
    }
    at++;
    return list;
  }

  private Map<String, Object> dictionary() {
    Map<String, Object> map = new LinkedHashMap<>();
    String last = "";
    at++;
    while (text.charAt(at) != 'e') {
      String key = string();
      if (key.compareTo(last) < 0) {
        throw new IllegalArgumentException("keys out of order: " + key);
      }
      last = key;
      map.put(key, value());
    }
    at++;
    return map;
  }
}
