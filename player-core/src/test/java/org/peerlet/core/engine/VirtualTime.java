package org.peerlet.core.engine;

import java.util.PriorityQueue;

/**
 * A clock that jumps from one thing that happens to the next. Pure; not safe for several threads.
 */
final class VirtualTime {
  private static final long MICROS = 1_000;

  /** Far from zero: nothing may depend on where a clock began. */
  static final long START_MILLIS = 5_000_000;

  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private long nowMicros = START_MILLIS * MICROS;
  private long nextOrder;

  /** What is due at the same moment comes in the order in which it was planned. */
  private record Due(long atMicros, long order, Runnable work) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int sooner = Long.compare(atMicros, other.atMicros);
      return sooner != 0 ? sooner : Long.compare(order, other.order);
    }
  }

  long nowMillis() {
    return nowMicros / MICROS;
  }

  long nowMicros() {
    return nowMicros;
  }

  void afterMillis(long delayMillis, Runnable work) {
    atMicros(nowMicros + delayMillis * MICROS, work);
  }

  void atMicros(long micros, Runnable work) {
    queue.add(new Due(Math.max(micros, nowMicros), nextOrder++, work));
  }

  /** Goes on to what is due next; false where nothing is. */
  boolean step() {
    Due next = queue.poll();
    if (next == null) {
      return false;
    }
    nowMicros = next.atMicros();
    next.work().run();
    return true;
  }
}
