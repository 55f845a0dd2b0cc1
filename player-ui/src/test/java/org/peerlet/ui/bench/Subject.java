package org.peerlet.ui.bench;

import java.util.Locale;

/** What one can watch with. */
enum Subject {
  PEERLET,
  HTTP,
  BARE,
  /** A browser's video element; it watches alone, from the origin. */
  CHROMIUM;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
