package org.peerlet.ui.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most memory that a process has had resident, as Linux counts it (proc(5), VmHWM). */
final class PeakMemory {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private PeakMemory() {}

  /** In KiB; 0 when the process has ended. */
  static long kilobytes(long pid) {
    try {
      Path status = Path.of("/proc", Long.toString(pid), "status");
      Matcher peak = PEAK.matcher(Files.readString(status));
      return peak.find() ? Long.parseLong(peak.group(1)) : 0;
    } catch (IOException ended) {
      return 0;
    }
  }
}
