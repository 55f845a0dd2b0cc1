package org.peerlet.jnlp.publish;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.peerlet.jnlp.page.ByteText;

/** Plain lines for a log: one as a step begins, and one every ten seconds. */
final class ProgressLines implements Progress {
  private static final long PERIOD_NANOS = 10_000_000_000L;

  private final PrintStream log;
  private final LongSupplier nanoTime;
  private String step = "";
  private long printedNanos;

  ProgressLines(PrintStream log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  @Override
  public void at(String what, long done, long total) {
    long now = nanoTime.getAsLong();
    if (!what.equals(step)) {
      step = what;
      printedNanos = now;
      log.println(what + " (" + ByteText.of(total) + ")");
    } else if (now - printedNanos >= PERIOD_NANOS) {
      printedNanos = now;
      log.printf("%s: %d %%%n", what, total <= 0 ? 100 : 100 * done / total);
    }
  }

  @Override
  public void done() {
    step = "";
  }
}
