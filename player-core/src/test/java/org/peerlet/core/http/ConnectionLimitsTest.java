package org.peerlet.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
  private static final long GRACE_NANOS = 20_000_000;
  private static final ServerLimits SETTINGS =
      new ServerLimits(
          2, Duration.ofNanos(GRACE_NANOS), 1, Duration.ofSeconds(5), Duration.ofSeconds(30));

  private final ConnectionLimits limits = new ConnectionLimits(SETTINGS);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ServerContext context =
      new ServerContext(
          new RequestGuard(1),
          new Publications(),
          SETTINGS,
          limits,
          new BufferPool(1),
          timer,
          timer);
  private final List<Connection> made = new ArrayList<>();

  @AfterEach
  void close() {
    made.forEach(Connection::close);
    timer.shutdownNow();
  }

  @Test
  void letsTheOldestStrangerGoOnlyAfterItsGrace() throws IOException {
    Connection first = connection();
    Connection second = connection();
    Connection third = connection();
    assertThat(limits.admit(first, 100)).isNull();
    assertThat(limits.admit(second, 200)).isNull();
    assertThat(limits.delayNanos(200)).isEqualTo(GRACE_NANOS - 100);
    assertThat(limits.delayNanos(100 + GRACE_NANOS - 1)).isEqualTo(1);
    assertThat(limits.delayNanos(100 + GRACE_NANOS)).isZero();
    assertThat(limits.admit(third, 100 + GRACE_NANOS)).isSameAs(first);
    assertThat(limits.all()).containsExactly(second, third);
    assertThat(limits.prove(first)).isFalse();
  }

  @Test
  void makesRoomWhenAStrangerLeavesOrShowsTheSecret() throws IOException {
    Connection first = connection();
    Connection second = connection();
    limits.admit(first, 0);
    limits.admit(second, 0);
    assertThat(limits.delayNanos(0)).isEqualTo(GRACE_NANOS);
    assertThat(limits.prove(first)).isTrue();
    assertThat(limits.prove(first)).isTrue();
    assertThat(limits.delayNanos(0)).isZero();
    // One at most, and the first is not idle.
    assertThat(limits.prove(second)).isFalse();
    limits.remove(first);
    assertThat(limits.prove(second)).isTrue();
    assertThat(limits.all()).containsExactly(second);
  }

  private Connection connection() throws IOException {
    Connection connection = new Connection(SocketChannel.open(), context);
    made.add(connection);
    return connection;
  }
}
