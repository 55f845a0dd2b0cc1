package org.peerlet.jnlp.publish;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.peerlet.jnlp.page.ByteText;

/** A bar on a terminal, drawn over itself. */
final class ProgressBar implements Progress {
  private static final int CELLS = 24;

  /** Faster than anyone reads, slow enough to cost nothing. */
  private static final long REDRAW_NANOS = 100_000_000;

  /** Back to the line's begin, and the rest of it cleared (ECMA-48). */
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream terminal;
  private final LongSupplier nanoTime;
  private long drawnNanos;
  private boolean drawn;

  ProgressBar(PrintStream terminal, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.nanoTime = nanoTime;
  }

  @Override
  public void at(String what, long done, long total) {
    long now = nanoTime.getAsLong();
    if (drawn && now - drawnNanos < REDRAW_NANOS) {
      return;
    }
    drawn = true;
    drawnNanos = now;
    terminal.print(CLEAR + line(what, done, total));
    terminal.flush();
  }

  @Override
  public void done() {
    if (drawn) {
      terminal.print(CLEAR);
      terminal.flush();
    }
    drawn = false;
  }

  /** Such as {@code [######------] 50 % hashing film.mp4 (1.2 GB)}. */
  static String line(String what, long done, long total) {
    double part = total <= 0 ? 1 : Math.min(1, (double) done / total);
    int full = (int) (part * CELLS);
    return "[%s%s] %3d %%  %s (%s)"
        .formatted(
            "#".repeat(full),
            "-".repeat(CELLS - full),
            (int) (part * 100),
            what,
            ByteText.of(total));
  }
}
