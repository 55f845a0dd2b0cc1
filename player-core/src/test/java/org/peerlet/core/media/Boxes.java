package org.peerlet.core.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds MP4 boxes by hand. */
final class Boxes {
  private Boxes() {}

  static byte[] box(String type, byte[]... contents) {
    byte[] payload = join(contents);
    return join(ints(8 + payload.length), ascii(type), payload);
  }

  /** A box whose size is said in 64 bits. */
  static byte[] largeBox(String type, byte[]... contents) {
    byte[] payload = join(contents);
    return join(ints(1), ascii(type), longs(16 + payload.length), payload);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] ints(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 4);
    Arrays.stream(values).forEach(buffer::putInt);
    return buffer.array();
  }

  static byte[] longs(long... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 8);
    Arrays.stream(values).forEach(buffer::putLong);
    return buffer.array();
  }

  static byte[] bytes(int... values) {
    byte[] result = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (byte) values[i];
    }
    return result;
  }

  static byte[] moov(byte[]... children) {
    return box("moov", join(box("mvhd", ints(0, 0, 0, 1000, 0)), join(children)));
  }

  /** A track of a timescale of 1000. */
  static byte[] trak(String handler, byte[] entry, byte[]... tables) {
    return trak(1, handler, new byte[0], entry, tables);
  }

  static byte[] trak(int flags, String handler, byte[] edts, byte[] entry, byte[]... tables) {
    byte[] stsd = box("stsd", ints(0, 1), entry);
    return box(
        "trak",
        box("tkhd", ints(flags)),
        edts,
        box(
            "mdia",
            box("mdhd", ints(0, 0, 0, 1000, 0)),
            box("hdlr", ints(0, 0), ascii(handler)),
            box("minf", box("stbl", stsd, join(tables)))));
  }

  static byte[] avc(int profile) {
    return box("avc1", new byte[78], box("avcC", bytes(1, profile, 0, 31)));
  }

  static byte[] aac() {
    return mp4a(0x40, 2);
  }

  static byte[] mp4a(int objectType, int audioObjectType) {
    byte[] specific =
        audioObjectType < 32
            ? bytes(5, 2, audioObjectType << 3, 0)
            : bytes(5, 2, 0xf8 | (audioObjectType - 32) >> 3, (audioObjectType - 32) << 5);
    byte[] config = join(bytes(4, 0x80, 0x80, 13 + specific.length, objectType), new byte[12]);
    byte[] descriptor = join(bytes(3, 3 + config.length, 0, 1, 0), config, specific);
    return box("mp4a", new byte[28], box("esds", ints(0), descriptor));
  }

  static byte[] table(String type, int... rows) {
    int columns = type.equals("stsc") ? 3 : type.equals("stts") ? 2 : 1;
    return box(type, ints(0, rows.length / columns), ints(rows));
  }

  static byte[] sizes(int... sizes) {
    return box("stsz", ints(0, 0, sizes.length), ints(sizes));
  }

  static byte[] fixedSizes(int size, int count) {
    return box("stsz", ints(0, size, count));
  }
}
