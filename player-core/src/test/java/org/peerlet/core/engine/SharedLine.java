package org.peerlet.core.engine;

import java.util.Comparator;
import java.util.TreeSet;

/**
 * A line whose transfers get equal shares of it at each moment, as TCP would give them in the mean.
 * Each transfer ends when the bytes that the line has given to every one of its transfers have
 * grown by its own, so that nothing has to be counted per transfer. Lives in virtual time.
 */
final class SharedLine {
  /** What the sums are wrong by. */
  private static final double ROUNDING_BYTES = 1e-3;

  private final VirtualTime time;
  private final double bytesPerMicro;
  private final TreeSet<Transfer> transfers =
      new TreeSet<>(
          Comparator.comparingDouble((Transfer each) -> each.endsAt)
              .thenComparingLong(each -> each.order));

  /** What each transfer that was there from the beginning on would have got by now. */
  private double given;

  private long givenAtMicros;
  private long nextOrder;
  private long lookAtMicros = Long.MAX_VALUE;
  private double sentBytes;

  SharedLine(VirtualTime time, double bytesPerSecond) {
    this.time = time;
    this.bytesPerMicro = bytesPerSecond / 1e6;
    this.givenAtMicros = time.nowMicros();
  }

  /** Bytes on their way. */
  static final class Transfer {
    private final double bytes;
    private final double endsAt;
    private final long order;
    private final Runnable done;

    private Transfer(double bytes, double endsAt, long order, Runnable done) {
      this.bytes = bytes;
      this.endsAt = endsAt;
      this.order = order;
      this.done = done;
    }
  }

  /**
   * Begins to send.
   *
   * @param done runs when the last byte has left
   */
  Transfer begin(double bytes, Runnable done) {
    advance();
    Transfer transfer = new Transfer(bytes, given + bytes, nextOrder++, done);
    transfers.add(transfer);
    plan();
    return transfer;
  }

  /** What has left of a transfer that is under way. */
  double sentOf(Transfer transfer) {
    return Math.max(0, Math.min(transfer.bytes, transfer.bytes - (transfer.endsAt - givenNow())));
  }

  /** Gives a transfer up; what has left of it has left. */
  void stop(Transfer transfer) {
    advance();
    if (transfers.remove(transfer)) {
      sentBytes += sentOf(transfer);
      plan();
    }
  }

  /** All that has left, but for what is under way. */
  double sentBytes() {
    return sentBytes;
  }

  private double givenNow() {
    return transfers.isEmpty()
        ? given
        : given + (time.nowMicros() - givenAtMicros) * bytesPerMicro / transfers.size();
  }

  private void advance() {
    given = givenNow();
    givenAtMicros = time.nowMicros();
  }

  /** A look that comes too early, since others came meanwhile, plans the next one. */
  private void plan() {
    if (transfers.isEmpty()) {
      return;
    }
    double left = Math.max(0, transfers.first().endsAt - given);
    long at = time.nowMicros() + (long) Math.ceil(left * transfers.size() / bytesPerMicro);
    if (at < lookAtMicros) {
      lookAtMicros = at;
      time.atMicros(at, () -> look(at));
    }
  }

  private void look(long plannedAtMicros) {
    if (plannedAtMicros != lookAtMicros) {
      return;
    }
    advance();
    // What begins meanwhile plans nothing of its own.
    lookAtMicros = Long.MIN_VALUE;
    while (!transfers.isEmpty() && transfers.first().endsAt <= given + ROUNDING_BYTES) {
      Transfer ended = transfers.first();
      transfers.remove(ended);
      sentBytes += ended.bytes;
      ended.done.run();
    }
    lookAtMicros = Long.MAX_VALUE;
    plan();
  }
}
