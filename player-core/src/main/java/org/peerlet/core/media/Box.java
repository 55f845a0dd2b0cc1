package org.peerlet.core.media;

import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;

/**
 * A box of ISO/IEC 14496-12 inside an array. Reads are relative to its payload; one that leaves the
 * box fails with {@code UNPLAYABLE_FORMAT}. Nothing recurses: readers go down known paths.
 */
final class Box {
  private final byte[] data;
  private final int type;
  private final int start;
  private final int payload;
  private final int end;

  private Box(byte[] data, int type, int start, int payload, int end) {
    this.data = data;
    this.type = type;
    this.start = start;
    this.payload = payload;
    this.end = end;
  }

  /** The box that fills the array. */
  static Box of(byte[] data) throws StreamException {
    Box box = new Box(data, 0, 0, 0, data.length).childAt(0);
    if (box == null || box.end != data.length) {
      throw Damaged.file();
    }
    return box;
  }

  static int fourCc(String type) {
    return type.charAt(0) << 24 | type.charAt(1) << 16 | type.charAt(2) << 8 | type.charAt(3);
  }

  boolean is(String other) {
    return type == fourCc(other);
  }

  /** The type as four characters, each of ISO 8859-1. */
  String type() {
    return text(type);
  }

  static String text(int fourCc) {
    return ""
        + (char) (fourCc >>> 24 & 0xff)
        + (char) (fourCc >>> 16 & 0xff)
        + (char) (fourCc >>> 8 & 0xff)
        + (char) (fourCc & 0xff);
  }

  /** Offset in the array of its size field; its type field is 4 bytes on. */
  int start() {
    return start;
  }

  /** Offset in the array of its payload. */
  int payload() {
    return payload;
  }

  /** Payload bytes. */
  int size() {
    return end - payload;
  }

  /** The first child, after {@code skip} payload bytes that are no box. Null if there is none. */
  @Nullable Box firstChild(int skip) throws StreamException {
    return skip > size() ? null : childAt(payload + skip);
  }

  /** The child after this one. Null if it was the last. */
  @Nullable Box childAfter(Box child) throws StreamException {
    return childAt(child.end);
  }

  /** The first child of a type, or null. */
  @Nullable Box child(String wanted) throws StreamException {
    return child(wanted, 0);
  }

  @Nullable Box child(String wanted, int skip) throws StreamException {
    Box child = firstChild(skip);
    while (child != null && !child.is(wanted)) {
      child = childAfter(child);
    }
    return child;
  }

  Box required(String wanted) throws StreamException {
    Box child = child(wanted);
    if (child == null) {
      throw Damaged.file();
    }
    return child;
  }

  private @Nullable Box childAt(int at) throws StreamException {
    int left = end - at;
    if (left < 8) {
      return null;
    }
    long length = u32At(at);
    int header = 8;
    if (length == 1) {
      if (left < 16) {
        throw Damaged.file();
      }
      length = u32At(at + 8) << 32 | u32At(at + 12);
      header = 16;
    } else if (length == 0) {
      length = left;
    }
    if (length < header || length > left) {
      throw Damaged.file();
    }
    return new Box(data, (int) u32At(at + 4), at, at + header, at + (int) length);
  }

  int u8(int at) throws StreamException {
    require(at, 1);
    return data[payload + at] & 0xff;
  }

  int u16(int at) throws StreamException {
    require(at, 2);
    return (data[payload + at] & 0xff) << 8 | (data[payload + at + 1] & 0xff);
  }

  long u32(int at) throws StreamException {
    require(at, 4);
    return u32At(payload + at);
  }

  int i32(int at) throws StreamException {
    return (int) u32(at);
  }

  long i64(int at) throws StreamException {
    require(at, 8);
    return u32At(payload + at) << 32 | u32At(payload + at + 4);
  }

  /**
   * The count of a table, checked to lie within the box: hostile files announce more.
   *
   * @param at where the count stands; the table follows it
   */
  int tableCount(int at, int bytesPerEntry) throws StreamException {
    long count = u32(at);
    if (count * bytesPerEntry > size() - at - 4) {
      throw Damaged.file();
    }
    return (int) count;
  }

  private void require(int at, int bytes) throws StreamException {
    if (at < 0 || at > size() - bytes) {
      throw Damaged.file();
    }
  }

  private long u32At(int at) {
    return (data[at] & 0xffL) << 24
        | (data[at + 1] & 0xffL) << 16
        | (data[at + 2] & 0xffL) << 8
        | (data[at + 3] & 0xffL);
  }
}
