package org.peerlet.core.media;

import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;

/** Where a track's chunks stand and how many samples each has; read in ascending order. */
final class ChunkTable {
  private final Box offsets;
  private final boolean wide;
  private final int count;
  private final Box runs;
  private final int runCount;
  private int run;

  ChunkTable(Box stbl) throws StreamException {
    @Nullable Box narrow = stbl.child("stco");
    this.wide = narrow == null;
    this.offsets = narrow == null ? stbl.required("co64") : narrow;
    this.count = offsets.tableCount(4, wide ? 8 : 4);
    this.runs = stbl.required("stsc");
    this.runCount = runs.tableCount(4, 12);
    if (count > 0 && (runCount == 0 || firstChunk(0) != 0)) {
      throw Damaged.file();
    }
  }

  int count() {
    return count;
  }

  /** In the file; negative or past its end in a damaged one. */
  long offset(int chunk) throws StreamException {
    return wide ? offsets.i64(8 + chunk * 8) : offsets.u32(8 + chunk * 4);
  }

  /** Chunks must be asked for in ascending order. */
  long samplesIn(int chunk) throws StreamException {
    while (run + 1 < runCount && firstChunk(run + 1) <= chunk) {
      run++;
    }
    return runs.u32(12 + run * 12);
  }

  private long firstChunk(int atRun) throws StreamException {
    return runs.u32(8 + atRun * 12) - 1;
  }
}
