package org.peerlet.core.http;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who may stay connected (threats.md T3). Strangers are few and the oldest gives way to a newcomer;
 * those who have shown the secret are never closed for strangers, and for each other only while
 * idle. Any thread.
 */
final class ConnectionLimits {
  private final ServerLimits limits;
  // Both oldest first.
  private final Map<Connection, Long> unproven = new LinkedHashMap<>();
  private final Set<Connection> proved = new LinkedHashSet<>();

  ConnectionLimits(ServerLimits limits) {
    this.limits = limits;
  }

  /** Waits until {@link #delayNanos} is 0. */
  synchronized void awaitRoom() throws InterruptedException {
    for (long delay; (delay = delayNanos(System.nanoTime())) > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, delay);
    }
  }

  /** How long a newcomer has to wait: until the oldest stranger has had its grace. */
  synchronized long delayNanos(long nowNanos) {
    if (unproven.size() < limits.maxUnproven()) {
      return 0;
    }
    long oldest = unproven.values().iterator().next();
    return Math.max(0, limits.grace().toNanos() - (nowNanos - oldest));
  }

  /** Adds a stranger; returns the connection to close for it, if any. */
  synchronized @Nullable Connection admit(Connection newcomer, long nowNanos) {
    Connection evicted = null;
    if (unproven.size() >= limits.maxUnproven()) {
      evicted = unproven.keySet().iterator().next();
      unproven.remove(evicted);
    }
    unproven.put(newcomer, nowNanos);
    return evicted;
  }

  /**
   * Takes a connection from the strangers to those who have shown the secret.
   *
   * @return false if there are too many of them and none is idle, or if it was evicted meanwhile
   */
  boolean prove(Connection connection) {
    Connection evicted = null;
    synchronized (this) {
      if (proved.contains(connection)) {
        return true;
      }
      if (!unproven.containsKey(connection)) {
        return false;
      }
      if (proved.size() >= limits.maxProved()) {
        evicted = proved.stream().filter(Connection::isIdle).findFirst().orElse(null);
        if (evicted == null) {
          return false;
        }
        proved.remove(evicted);
      }
      unproven.remove(connection);
      proved.add(connection);
      notifyAll();
    }
    if (evicted != null) {
      evicted.close();
    }
    return true;
  }

  synchronized void remove(Connection connection) {
    if (unproven.remove(connection) != null) {
      notifyAll();
    }
    proved.remove(connection);
  }

  synchronized List<Connection> all() {
    Set<Connection> all = new LinkedHashSet<>(unproven.keySet());
    all.addAll(proved);
    return List.copyOf(all);
  }
}
