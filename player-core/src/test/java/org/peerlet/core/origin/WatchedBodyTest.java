package org.peerlet.core.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** A body that comes slowly is waited for, one that stalls is broken (threats.md F10). */
final class WatchedBodyTest {
  private long nowNanos = 5;
  private final List<Long> brokenAt = new ArrayList<>();
  private Runnable look = () -> {};

  /** Each byte takes its time, and every millisecond somebody looks whether the body stalls. */
  private final class TimedBody extends InputStream {
    private final int length;
    private final LongUnaryOperator millisOfByte;
    private int at;
    private boolean closed;

    TimedBody(int length, LongUnaryOperator millisOfByte) {
      this.length = length;
      this.millisOfByte = millisOfByte;
    }

    @Override
    public int read() {
      throw new AssertionError("a byte at a time");
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
      if (at == length) {
        return -1;
      }
      for (long millis = 0; millis < millisOfByte.applyAsLong(at); millis++) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(1);
        look.run();
        if (closed) {
          brokenAt.add(TimeUnit.NANOSECONDS.toMillis(nowNanos));
          throw new IOException("closed");
        }
      }
      buffer[offset] = (byte) at++;
      return 1;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private byte[] read(TimedBody body, int maxBytes) throws IOException {
    WatchedBody watched = new WatchedBody(body, () -> nowNanos);
    look = watched::breakIfStalled;
    return watched.read(maxBytes);
  }

  @Test
  void waitsForABodyThatIsOnlySlow() throws Exception {
    assertThat(read(new TimedBody(5, at -> 3_999), 100)).containsExactly(0, 1, 2, 3, 4);
    assertThat(brokenAt).isEmpty();
  }

  @Test
  void breaksABodyThatStalls() {
    assertThatThrownBy(() -> read(new TimedBody(5, at -> at == 3 ? 60_000 : 1_000), 100))
        .isInstanceOf(IOException.class);
    assertThat(brokenAt).containsExactly(7_000L);
  }

  @Test
  void breaksABodyThatNeverBegins() {
    assertThatThrownBy(() -> read(new TimedBody(5, at -> 60_000), 100))
        .isInstanceOf(IOException.class);
    assertThat(brokenAt).containsExactly(4_000L);
  }

  @Test
  void readsNoMoreThanItMay() throws Exception {
    assertThat(read(new TimedBody(5, at -> 1), 3)).containsExactly(0, 1, 2);
  }
}
