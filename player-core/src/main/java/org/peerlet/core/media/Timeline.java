package org.peerlet.core.media;

import java.util.List;

/**
 * The samples of all played tracks in decode order, in flat arrays: 29 bytes a sample, 15 MB for a
 * film of two hours.
 */
final class Timeline {
  /** The track takes the low bits of a byte. */
  static final int MAX_TRACKS = 64;

  private static final int SYNC = 0x40;

  private final long[] micros;
  private final long[] firsts;
  private final int[] sizes;

  /** Highest end of a sample up to this one. */
  private final long[] maxEnds;

  private final byte[] tracksAndSync;

  /** Per track: how much later than its decode time a sync sample may be shown. */
  private final long[] shownLaterMicros;

  private final long lowestByte;
  private final long bytes;

  /** Where playing from a position starts. */
  record Start(long firstByte, int sample) {}

  /**
   * Merges tracks.
   *
   * @param shownLaterMicros per track, from 0
   */
  Timeline(List<SampleTable> tracks, long[] shownLaterMicros) {
    int count = tracks.stream().mapToInt(SampleTable::count).sum();
    this.micros = new long[count];
    this.firsts = new long[count];
    this.sizes = new int[count];
    this.maxEnds = new long[count];
    this.tracksAndSync = new byte[count];
    this.shownLaterMicros = shownLaterMicros.clone();
    int[] next = new int[tracks.size()];
    long maxEnd = 0;
    long lowest = Long.MAX_VALUE;
    long total = 0;
    for (int i = 0; i < count; i++) {
      int track = earliest(tracks, next);
      SampleTable table = tracks.get(track);
      int sample = next[track]++;
      micros[i] = table.micros[sample];
      firsts[i] = table.firsts[sample];
      sizes[i] = table.sizes[sample];
      maxEnd = Math.max(maxEnd, firsts[i] + sizes[i]);
      maxEnds[i] = maxEnd;
      lowest = Math.min(lowest, firsts[i]);
      total += sizes[i];
      tracksAndSync[i] = (byte) (table.isSync(sample) ? track | SYNC : track);
    }
    this.lowestByte = lowest;
    this.bytes = total;
  }

  private static int earliest(List<SampleTable> tracks, int[] next) {
    int best = -1;
    long bestMicros = Long.MAX_VALUE;
    for (int track = 0; track < next.length; track++) {
      SampleTable table = tracks.get(track);
      if (next[track] < table.count() && table.micros[next[track]] < bestMicros) {
        best = track;
        bestMicros = table.micros[next[track]];
      }
    }
    return best;
  }

  boolean isEmpty() {
    return firsts.length == 0;
  }

  int count() {
    return firsts.length;
  }

  long micros(int sample) {
    return micros[sample];
  }

  long lowestByte() {
    return lowestByte;
  }

  long bytes() {
    return bytes;
  }

  long endByte(long positionMicros) {
    // Every clip has a first sample, even one that starts late.
    return maxEnds[Math.max(0, firstAfter(positionMicros) - 1)];
  }

  /** The first sample of a later decode time. */
  private int firstAfter(long positionMicros) {
    return firstAbove(micros, positionMicros);
  }

  /** The first sample in decode order that makes bytes at or after {@code end} necessary. */
  int firstBeyond(long end) {
    return firstAbove(maxEnds, end);
  }

  private static int firstAbove(long[] ascending, long value) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Goes back from a position until every track has a sync sample that is shown by then. */
  Start start(long positionMicros) {
    long open = shownLaterMicros.length == MAX_TRACKS ? -1L : (1L << shownLaterMicros.length) - 1;
    long firstByte = Long.MAX_VALUE;
    int sample = 0;
    for (int i = firstAfter(positionMicros) - 1; i >= 0 && open != 0; i--) {
      int track = tracksAndSync[i] & (SYNC - 1);
      boolean sync = (tracksAndSync[i] & SYNC) != 0;
      boolean wanted = (open & 1L << track) != 0;
      if (sync && wanted && micros[i] + shownLaterMicros[track] <= positionMicros) {
        open &= ~(1L << track);
        firstByte = Math.min(firstByte, firsts[i]);
        sample = i;
      }
    }
    return firstByte == Long.MAX_VALUE ? new Start(firsts[0], 0) : new Start(firstByte, sample);
  }

  /** The first sample, from one on, that is not wholly there, or {@link #count}. */
  int firstMissing(int start, Mp4Index.Availability available) {
    // Two runs are remembered: sound and picture may stand far apart.
    long first = 0;
    long end = 0;
    long otherFirst = 0;
    long otherEnd = 0;
    for (int i = start; i < firsts.length; i++) {
      long sampleEnd = firsts[i] + sizes[i];
      if ((firsts[i] >= first && sampleEnd <= end)
          || (firsts[i] >= otherFirst && sampleEnd <= otherEnd)) {
        continue;
      }
      otherFirst = first;
      otherEnd = end;
      first = firsts[i];
      end = available.endOfRun(first);
      if (sampleEnd > end) {
        return i;
      }
    }
    return firsts.length;
  }
}
