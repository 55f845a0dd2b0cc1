package org.peerlet.ui.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one download measured, and the line in which a measured process tells it.
 *
 * @param firstByteMillis from the start of the session or the request to the first byte
 * @param bytes of the whole
 * @param nanos from the first byte to the last
 * @param peakKilobytes of the process, in KiB, at the end
 */
record Sample(long firstByteMillis, long bytes, long nanos, long peakKilobytes) {
  private static final Pattern LINE =
      Pattern.compile(
          "sample firstByteMillis=([0-9]+) bytes=([0-9]+) nanos=([0-9]+) peakKilobytes=([0-9]+)");

  /** A regular expression that the line matches. */
  static final String REGEX = LINE.pattern();

  /** What this process has measured. */
  static Sample of(long firstByteMillis, long bytes, long nanos) {
    long peakKilobytes = PeakMemory.kilobytes(ProcessHandle.current().pid());
    return new Sample(firstByteMillis, bytes, nanos, peakKilobytes);
  }

  static Sample parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(line);
    }
    return new Sample(
        Long.parseLong(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)),
        Long.parseLong(matcher.group(4)));
  }

  double bytesPerSecond() {
    return bytes * 1e9 / nanos;
  }

  @Override
  public String toString() {
    return "sample firstByteMillis=%d bytes=%d nanos=%d peakKilobytes=%d"
        .formatted(firstByteMillis, bytes, nanos, peakKilobytes);
  }
}
