package org.peerlet.ui.player;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sentences that do not stop the clip: each is shown once, for a while, one after the other. The
 * stream says its own again and again. Pure: time goes in.
 */
final class Notices {
  /** Long enough to be read beside a picture that moves. */
  static final long SHOWN_MILLIS = 8_000;

  private final Set<String> known = new HashSet<>();
  private final Queue<String> waiting = new ArrayDeque<>();
  private @Nullable String last;
  private long lastUntilMillis;

  /** Another sentence to show; one that came before does nothing. */
  void add(String sentence) {
    if (known.add(sentence)) {
      waiting.add(sentence);
    }
  }

  /** What to show now; null for nothing. To be called when it can be seen. */
  @Nullable String show(long nowMillis) {
    boolean over = last == null || nowMillis >= lastUntilMillis;
    if (over && !waiting.isEmpty()) {
      last = waiting.remove();
      lastUntilMillis = nowMillis + SHOWN_MILLIS;
      return last;
    }
    return over ? null : last;
  }

  /** The last sentence that was shown; null if there was none. */
  @Nullable String last() {
    return last;
  }
}
