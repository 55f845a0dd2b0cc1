package org.peerlet.jnlp.page;

import java.util.Locale;

/** A number of bytes for a person, in decimal units as web pages have them. */
public final class ByteText {
  private ByteText() {}

  /** Such as {@code 812 bytes}, {@code 1.5 MB} or {@code 12 GB}. */
  public static String of(long bytes) {
    if (bytes < 1000) {
      return bytes + " bytes";
    }
    String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= 999.5) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }
}
