package org.peerlet.core.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.peerlet.fixtures.torrent.TestTorrent;

/** Hears what a fetcher says, and lets a test wait for the end of its requests. */
final class FetchedEvents implements Consumer<OriginEvent> {
  private final List<OriginEvent> events = new ArrayList<>();

  @Override
  public synchronized void accept(OriginEvent event) {
    events.add(event);
    notifyAll();
  }

  /** Waits until so many requests have ended. */
  synchronized List<OriginEvent> untilEnded(int requests, int seconds) throws InterruptedException {
    return until(
        () -> of(OriginEvent.RequestEnded.class).size() >= requests,
        requests + " requests to end",
        seconds);
  }

  /** Waits until so many pieces have come. */
  synchronized void untilPieces(int pieces) throws InterruptedException {
    until(() -> pieces().size() >= pieces, pieces + " pieces", 10);
  }

  private List<OriginEvent> until(Condition condition, String what, int seconds)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.holds()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("waited for " + what + ", got " + events);
      }
      wait(left);
    }
    return List.copyOf(events);
  }

  private interface Condition {
    boolean holds();
  }

  synchronized <E extends OriginEvent> List<E> of(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The pieces in the order of arrival. */
  List<Integer> pieces() {
    return of(OriginEvent.PieceFetched.class).stream()
        .map(OriginEvent.PieceFetched::piece)
        .toList();
  }

  /** No byte that a fetcher hands over may be wrong. */
  void assertRight(TestTorrent torrent) {
    for (OriginEvent.PieceFetched fetched : of(OriginEvent.PieceFetched.class)) {
      assertThat(fetched.data())
          .as("piece %d", fetched.piece())
          .isEqualTo(torrent.piece(fetched.piece()));
    }
  }
}
