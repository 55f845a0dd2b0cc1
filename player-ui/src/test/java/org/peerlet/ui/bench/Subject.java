package org.peerlet.ui.bench;

import java.util.Locale;

/** What a crowd can watch with. */
enum Subject {
  PEERLET,
  HTTP,
  BARE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
