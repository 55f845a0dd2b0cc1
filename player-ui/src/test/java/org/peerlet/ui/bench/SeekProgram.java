package org.peerlet.ui.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.sharing.ShareMode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A viewer who seeks, in a JVM of its own: says {@code ready}, waits for a line, looks at the
 * clip's start and then at one place after another that is not buffered, and prints the {@link
 * SeekResult.Seek}s.
 */
public final class SeekProgram implements Callable<Integer> {
  /** Some seconds of most clips, with which a picture can begin to move. */
  private static final long ENOUGH_BYTES = 512 << 10;

  /** How long each place is looked at. */
  private static final long LOOK_MILLIS = 2_000;

  /** A seek that takes longer counts as so long. */
  private static final long PATIENCE_MILLIS = 30_000;

  private static final long TICK_MILLIS = 100;
  private static final long POLL_MILLIS = 2;

  /** A small clip may be buffered as a whole before there were enough seeks. */
  private static final int MOST_TRIES = 200;

  @Mixin private FeedOptions options;

  @Option(names = "--seed", required = true)
  private long seed;

  @Option(names = "--seeks", required = true)
  private int seeks;

  public static void main(String[] arguments) {
    WatchingProgram.start(new SeekProgram(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    long lengthBytes = LocalClip.of(options.clip).lengthBytes();
    WatchingProgram.watch(
        options.seekingFeed(ShareMode.ON, ENOUGH_BYTES),
        new SeekResult.Seek(0, 0),
        feed -> watch(feed, lengthBytes));
    return 0;
  }

  /** How long a whole run may take. */
  static Duration most(int seeks) {
    return Duration.ofMillis((seeks + 2) * (PATIENCE_MILLIS + LOOK_MILLIS));
  }

  private List<SeekResult.Seek> watch(SeekingFeed feed, long lengthBytes) throws Exception {
    Mp4Index index = feed.open();
    awaitMark(feed, System.nanoTime());
    look(feed, Duration.ZERO);
    Random random = new Random(seed);
    List<SeekResult.Seek> done = new ArrayList<>();
    for (int tries = 0; tries < MOST_TRIES && done.size() < seeks; tries++) {
      Duration target = Duration.ofMillis((long) (random.nextDouble() * millis(index)));
      long first = index.firstByteFor(target);
      if (first + ENOUGH_BYTES <= lengthBytes && !buffered(feed.status(), first)) {
        done.add(seek(feed, target, first));
        look(feed, target);
      }
    }
    return done;
  }

  private static long millis(Mp4Index index) {
    return index.duration().toMillis();
  }

  private static boolean buffered(StreamStatus status, long first) {
    return status.buffered().stream()
        .anyMatch(span -> span.first() < first + ENOUGH_BYTES && span.end() > first);
  }

  private static SeekResult.Seek seek(SeekingFeed feed, Duration target, long first)
      throws InterruptedException {
    long asked = System.nanoTime();
    feed.seek(target, first);
    return new SeekResult.Seek(target.toMillis() / 1000.0, awaitMark(feed, asked));
  }

  private static long awaitMark(ViewerFeed feed, long askedNanos) throws InterruptedException {
    while (feed.markNanos().isEmpty()) {
      if (System.nanoTime() - askedNanos > PATIENCE_MILLIS * 1_000_000) {
        return PATIENCE_MILLIS;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return (feed.markNanos().getAsLong() - askedNanos) / 1_000_000;
  }

  private static void look(ViewerFeed feed, Duration from) throws InterruptedException {
    for (long at = 0; at < LOOK_MILLIS; at += TICK_MILLIS) {
      feed.playback(from.plusMillis(at), true);
      Thread.sleep(TICK_MILLIS);
    }
  }
}
