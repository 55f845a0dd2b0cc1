package org.peerlet.core.media;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;

/**
 * The samples of one track: when they are decoded and where they stand (ISO/IEC 14496-12, 8.6 and
 * 8.7). Where all samples have one size (raw sound: 48 000 a second), a whole chunk counts as one.
 */
final class SampleTable {
  /** Ascending decode times. */
  final long[] micros;

  final long[] firsts;
  final int[] sizes;

  /** Samples that decoding can start at; null if all are. */
  final @Nullable BitSet syncs;

  /** Decode time after the last sample. */
  final long endMicros;

  private SampleTable(
      long[] micros, long[] firsts, int[] sizes, @Nullable BitSet syncs, long endMicros) {
    this.micros = micros;
    this.firsts = firsts;
    this.sizes = sizes;
    this.syncs = syncs;
    this.endMicros = endMicros;
  }

  int count() {
    return firsts.length;
  }

  boolean isSync(int sample) {
    return syncs == null || syncs.get(sample);
  }

  /**
   * Reads it.
   *
   * @param maxSamples more are refused
   */
  static SampleTable read(Box stbl, SampleClock clock, long fileLength, int maxSamples)
      throws StreamException {
    SampleSizes sizes = SampleSizes.of(stbl);
    ChunkTable chunks = new ChunkTable(stbl);
    boolean byChunk = sizes.fixed();
    long entries = byChunk ? chunks.count() : sizes.count();
    if (entries > maxSamples) {
      throw Damaged.tooLarge();
    }
    Filler filler = new Filler((int) entries, fileLength);
    long sample = 0;
    for (int chunk = 0; chunk < chunks.count() && sample < sizes.count(); chunk++) {
      long inChunk = Math.min(chunks.samplesIn(chunk), sizes.count() - sample);
      long offset = chunks.offset(chunk);
      if (byChunk) {
        filler.add(clock.micros(), offset, inChunk * sizes.size(0));
        clock.advance(inChunk);
      } else {
        for (int i = 0; i < inChunk; i++) {
          long size = sizes.size((int) sample + i);
          filler.add(clock.micros(), offset, size);
          offset += size;
          clock.advance(1);
        }
      }
      sample += inChunk;
    }
    if (sample < sizes.count()) {
      throw Damaged.file();
    }
    return filler.table(byChunk ? null : syncs(stbl, filler.count), clock.micros());
  }

  private static @Nullable BitSet syncs(Box stbl, int samples) throws StreamException {
    Box stss = stbl.child("stss");
    if (stss == null) {
      return null;
    }
    BitSet syncs = new BitSet(samples);
    int count = stss.tableCount(4, 4);
    for (int i = 0; i < count; i++) {
      long sample = stss.u32(8 + i * 4) - 1;
      if (sample >= 0 && sample < samples) {
        syncs.set((int) sample);
      }
    }
    return syncs;
  }

  private static final class Filler {
    private final long[] micros;
    private final long[] firsts;
    private final int[] sizes;
    private final long fileLength;
    private int count;

    Filler(int capacity, long fileLength) {
      this.micros = new long[capacity];
      this.firsts = new long[capacity];
      this.sizes = new int[capacity];
      this.fileLength = fileLength;
    }

    void add(long sampleMicros, long first, long size) throws StreamException {
      if (first < 0 || first > fileLength) {
        throw Damaged.cutOff();
      }
      // A last sample that is a little short still plays.
      long present = Math.min(size, fileLength - first);
      if (present < 0 || present > Integer.MAX_VALUE) {
        throw Damaged.file();
      }
      micros[count] = sampleMicros;
      firsts[count] = first;
      sizes[count] = (int) present;
      count++;
    }

    SampleTable table(@Nullable BitSet syncs, long endMicros) {
      return count == firsts.length
          ? new SampleTable(micros, firsts, sizes, syncs, endMicros)
          : new SampleTable(
              Arrays.copyOf(micros, count),
              Arrays.copyOf(firsts, count),
              Arrays.copyOf(sizes, count),
              syncs,
              endMicros);
    }
  }
}
