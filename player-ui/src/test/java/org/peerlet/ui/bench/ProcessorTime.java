package org.peerlet.ui.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How busy the whole machine is: what was measured on one that had no time left tells nothing. */
record ProcessorTime(long busy, long all) {
  static ProcessorTime now() throws IOException {
    // proc(5): user nice system idle iowait irq softirq steal, in ticks since the start.
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +", -1);
    long all = 0;
    for (int field = 1; field <= 8; field++) {
      all += Long.parseLong(fields[field]);
    }
    return new ProcessorTime(all - Long.parseLong(fields[4]) - Long.parseLong(fields[5]), all);
  }

  /** The part of all processors' time between two moments that was used, by whomever. */
  double busyUntil(ProcessorTime later) {
    return later.all == all ? 0 : (later.busy - busy) / (double) (later.all - all);
  }
}
