package org.peerlet.core.media;

import org.peerlet.core.StreamException;

/** The sizes of a track's samples: {@code stsz} or its compact form {@code stz2}. */
final class SampleSizes {
  private final Box box;
  private final int bitsPerSize;
  private final long fixedSize;
  private final long count;

  private SampleSizes(Box box, int bitsPerSize, long fixedSize, long count) {
    this.box = box;
    this.bitsPerSize = bitsPerSize;
    this.fixedSize = fixedSize;
    this.count = count;
  }

  static SampleSizes of(Box stbl) throws StreamException {
    Box stsz = stbl.child("stsz");
    if (stsz != null) {
      long fixed = stsz.u32(4);
      return fixed == 0
          ? new SampleSizes(stsz, 32, 0, stsz.tableCount(8, 4))
          : new SampleSizes(stsz, 0, fixed, stsz.u32(8));
    }
    Box stz2 = stbl.required("stz2");
    int bits = stz2.u8(7);
    long count = stz2.u32(8);
    boolean known = bits == 4 || bits == 8 || bits == 16;
    if (!known || (count * bits + 7) / 8 > stz2.size() - 12) {
      throw Damaged.file();
    }
    return new SampleSizes(stz2, bits, 0, count);
  }

  /** From 0 to 2³² − 1; where sizes differ, no more than the box has room for. */
  long count() {
    return count;
  }

  /** Whether all samples are of one size. */
  boolean fixed() {
    return bitsPerSize == 0;
  }

  /** In bytes, from 0 to 2³² − 1. */
  long size(int sample) throws StreamException {
    return switch (bitsPerSize) {
      case 0 -> fixedSize;
      case 4 -> box.u8(12 + sample / 2) >> (sample % 2 == 0 ? 4 : 0) & 15;
      case 8 -> box.u8(12 + sample);
      case 16 -> box.u16(12 + sample * 2);
      default -> box.u32(12 + sample * 4);
    };
  }
}
