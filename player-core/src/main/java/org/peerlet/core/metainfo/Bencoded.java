package org.peerlet.core.metainfo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bencoded value (BEP 3). Immutable as long as the array it was read from is left alone. */
public sealed interface Bencoded {

  static Num number(long value) {
    return new Num(value);
  }

  static Text text(String utf8) {
    return text(utf8.getBytes(StandardCharsets.UTF_8));
  }

  /** The array is not copied. */
  static Text text(byte[] bytes) {
    return new Text(bytes, 0, bytes.length);
  }

  static Items items(List<? extends Bencoded> items) {
    return new Items(List.copyOf(items));
  }

  /** A dictionary; its keys are written sorted, whatever the order of the map. */
  static Dict dict(Map<String, ? extends Bencoded> entries) {
    return new Dict(Collections.unmodifiableMap(new TreeMap<>(entries)), 0, 0);
  }

  /** An integer. */
  record Num(long value) implements Bencoded {}

  /** A list. */
  record Items(List<Bencoded> items) implements Bencoded {}

  /** A byte string, kept as a span of the array it was read from so that nothing is copied. */
  final class Text implements Bencoded {
    private final byte[] source;
    private final int first;
    private final int end;

    Text(byte[] source, int first, int end) {
      this.source = source;
      this.first = first;
      this.end = end;
    }

    public int length() {
      return end - first;
    }

    public byte[] bytes() {
      return Arrays.copyOfRange(source, first, end);
    }

    /** The text; bytes that are not UTF-8 become U+FFFD. */
    public String utf8() {
      return new String(source, first, end - first, StandardCharsets.UTF_8);
    }

    byte[] source() {
      return source;
    }

    int first() {
      return first;
    }
  }

  /**
   * A dictionary. Keys are byte strings, given as ISO 8859-1 text. A value of another kind than the
   * one asked for counts as missing.
   *
   * @param first offset of its {@code d} in the array it was read from
   * @param end offset after its {@code e}
   */
  record Dict(Map<String, Bencoded> entries, int first, int end) implements Bencoded {

    public boolean has(String key) {
      return entries.containsKey(key);
    }

    public @Nullable Bencoded get(String key) {
      return entries.get(key);
    }

    public @Nullable Text text(String key) {
      return entries.get(key) instanceof Text text ? text : null;
    }

    public @Nullable Num number(String key) {
      return entries.get(key) instanceof Num number ? number : null;
    }

    public @Nullable Dict dict(String key) {
      return entries.get(key) instanceof Dict dict ? dict : null;
    }

    public @Nullable Items items(String key) {
      return entries.get(key) instanceof Items items ? items : null;
    }
  }
}
