package org.peerlet.core.metainfo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * Reads and writes bencoding (BEP 3) within the limits of threats.md T5.
 *
 * <ul>
 *   <li>Numbers and lengths have one form: no leading zero, no {@code -0}, nothing over 64 bits.
 *   <li>A key that occurs twice is refused: two readers could take different values. Keys out of
 *       order are accepted, since torrents with them exist and mean the same to every reader.
 *   <li>Nothing may follow the value.
 * </ul>
 */
public final class Bencode {
  /** T5; libtorrent's own default for metadata is 3 MB. */
  public static final int MAX_BYTES = 4 << 20;

  /** T5. A torrent needs 7, or 12 with a v2 file tree of full depth. */
  public static final int MAX_DEPTH = 32;

  /**
   * 4 MiB of {@code le} would be two million objects. A torrent of 1000 files, each 8 folders deep,
   * has about 30 000.
   */
  public static final int MAX_ITEMS = 100_000;

  private final byte[] source;
  private int position;
  private int items;

  private Bencode(byte[] source) {
    this.source = source;
  }

  /**
   * Reads one value; the array is referred to, not copied, and must not change afterwards.
   *
   * @throws StreamException {@code NOT_A_TORRENT}
   */
  public static Bencoded decode(byte[] source) throws StreamException {
    if (source.length > MAX_BYTES) {
      throw bad("it is larger than 4 MiB");
    }
    Bencode reader = new Bencode(source);
    Bencoded value = reader.value(1);
    if (reader.position != source.length) {
      throw bad("something follows its end");
    }
    return value;
  }

  static StreamException bad(String why) {
    return new StreamException(Reason.NOT_A_TORRENT, "This is not a valid torrent: " + why + ".");
  }

  private Bencoded value(int depth) throws StreamException {
    if (depth > MAX_DEPTH) {
      throw bad("it is nested too deeply");
    }
    int start = position;
    int lead = peek();
    return switch (lead) {
      case 'i' -> {
        position++;
        yield new Bencoded.Num(number());
      }
      case 'l' -> {
        position++;
        yield list(depth);
      }
      case 'd' -> {
        position++;
        yield dict(start, depth);
      }
      default -> text();
    };
  }

  private Bencoded.Items list(int depth) throws StreamException {
    List<Bencoded> list = new ArrayList<>(2);
    while (peek() != 'e') {
      count();
      list.add(value(depth + 1));
    }
    position++;
    return new Bencoded.Items(Collections.unmodifiableList(list));
  }

  private Bencoded.Dict dict(int start, int depth) throws StreamException {
    Map<String, Bencoded> entries = new HashMap<>();
    while (peek() != 'e') {
      count();
      Bencoded.Text key = text();
      String name = new String(source, key.first(), key.length(), StandardCharsets.ISO_8859_1);
      if (entries.put(name, value(depth + 1)) != null) {
        throw bad("a key occurs twice");
      }
    }
    position++;
    return new Bencoded.Dict(Collections.unmodifiableMap(entries), start, position);
  }

  private Bencoded.Text text() throws StreamException {
    long length = digits(':', Integer.MAX_VALUE);
    if (length > source.length - position) {
      throw bad("it is cut off");
    }
    int first = position;
    position += (int) length;
    return new Bencoded.Text(source, first, position);
  }

  private long number() throws StreamException {
    if (peek() != '-') {
      return digits('e', Long.MAX_VALUE);
    }
    position++;
    long magnitude = digits('e', Long.MAX_VALUE);
    if (magnitude == 0) {
      throw bad("a number is malformed");
    }
    return -magnitude;
  }

  private long digits(char terminator, long max) throws StreamException {
    int first = position;
    long value = 0;
    for (int c = peek(); c != terminator; c = peek()) {
      int digit = c - '0';
      boolean leadingZero = position > first && value == 0;
      if (digit < 0 || digit > 9 || leadingZero) {
        throw bad("it is not bencoded");
      }
      if (value > (max - digit) / 10) {
        throw bad("a number is too large");
      }
      value = value * 10 + digit;
      position++;
    }
    if (position == first) {
      throw bad("a number is missing");
    }
    position++;
    return value;
  }

  private int peek() throws StreamException {
    if (position >= source.length) {
      throw bad("it is cut off");
    }
    return source[position] & 0xff;
  }

  private void count() throws StreamException {
    if (++items > MAX_ITEMS) {
      throw bad("it has too many entries");
    }
  }

  /** The one bencoded form of a value, keys sorted as raw bytes. */
  public static byte[] encode(Bencoded value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(value, out);
    return out.toByteArray();
  }

  private static void write(Bencoded value, ByteArrayOutputStream out) {
    if (value instanceof Bencoded.Num number) {
      ascii("i" + number.value() + "e", out);
    } else if (value instanceof Bencoded.Text text) {
      ascii(text.length() + ":", out);
      out.write(text.source(), text.first(), text.length());
    } else if (value instanceof Bencoded.Items list) {
      out.write('l');
      list.items().forEach(item -> write(item, out));
      out.write('e');
    } else if (value instanceof Bencoded.Dict dict) {
      out.write('d');
      new TreeMap<>(dict.entries())
          .forEach(
              (key, item) -> {
                ascii(key.length() + ":" + key, out);
                write(item, out);
              });
      out.write('e');
    }
  }

  private static void ascii(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
