package org.peerlet.ui.bench;

import java.util.Locale;

/**
 * What a figure has to reach.
 *
 * @param value as measured; infinite or not a number when it could not be
 * @param most how large it may be
 */
record Bar(LoneSetting setting, String what, double value, double most) {
  boolean holds() {
    return value <= most;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-14s %-52s %9.2f of at most %9.2f  %s",
        setting,
        what,
        value,
        most,
        holds() ? "holds" : "MISSED");
  }
}
