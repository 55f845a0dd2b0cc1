package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamStatus.State;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.peer.FakePeer;
import org.peerlet.fixtures.peer.TinyTracker;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** Closing works from any thread, at any moment, as often as one likes, and leaves nothing. */
class StreamCloseIT {
  private static final Content CLIP = Content.random(14, 3_000_000);
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @TempDir Path folder;

  private EngineLab lab;
  private FaultyOrigin origin;
  private TinyTracker tracker;
  private TestTorrent torrent;
  private FakePeer peer;

  @BeforeEach
  void open() throws Exception {
    lab = EngineLab.open(folder);
    origin = FaultyOrigin.open();
    tracker = TinyTracker.open();
    torrent =
        TestTorrents.single("clip.mp4", CLIP)
            .tracker(tracker.url())
            .webSeed(origin.serve("clip.mp4", CLIP).toString())
            .build();
    peer = FakePeer.open(torrent).limit(1_000_000);
    tracker.peer(peer);
    origin.fault(new OriginFault.Throttle(500_000));
  }

  @AfterEach
  void close() throws Exception {
    try {
      lab.close();
      await().atMost(Duration.ofSeconds(5)).until(() -> engineThreads().isEmpty());
    } finally {
      peer.close();
      origin.close();
      tracker.close();
    }
  }

  private static List<String> engineThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("peerlet-") || name.startsWith("SessionManager"))
        .toList();
  }

  private static ShareMode any(Random random) {
    return List.of(ShareMode.ON, ShareMode.RECEIVE, ShareMode.OFF).get(random.nextInt(3));
  }

  private static void closeInTime(TorrentStream stream) {
    long start = System.nanoTime();
    stream.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
  }

  @Test
  void closesAtAnyMoment() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String file = torrent.writeTorrent(folder).toString();
    for (int round = 0; round < 15; round++) {
      String source = random.nextInt(3) == 0 ? torrent.magnet() : file;
      ShareMode share = any(random);
      TorrentStream stream = lab.stream(source, Optional.of(share));
      CompletableFuture<byte[]> reader = lab.readAside(stream, 0, 2_000_000);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
      if (random.nextBoolean()) {
        stream.share(any(random));
        TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
      }
      closeInTime(stream);
      assertThat(stream.clip()).isDone();
      assertThat(stream.inspection()).isDone();
      assertThat(stream.status().failure()).isNotNull();
      assertThat(lab.cached()).isEmpty();
      await().atMost(Duration.ofSeconds(5)).until(reader::isDone);
    }
  }

  /** Its search begins on another thread, and must not be what is told last. */
  @Test
  void saysThatAMagnetWasClosedWhoseSearchJustBegan() throws Exception {
    for (int round = 0; round < 300; round++) {
      TorrentStream stream = lab.stream(torrent.magnet(), Optional.empty());
      busy(round * 1_000L);
      stream.close();
      assertThat(stream.status().failure()).as("round %d", round).isNotNull();
    }
  }

  private static void busy(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void closesFromManyThreadsAtOnce() throws Exception {
    TorrentStream stream = lab.stream(torrent, ShareMode.ON);
    EngineLab.clip(stream);
    List<Thread> closers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread closer = new Thread(stream::close);
      closers.add(closer);
      closer.start();
    }
    for (Thread closer : closers) {
      closer.join(LIMIT.toMillis());
      assertThat(closer.isAlive()).isFalse();
    }
    closeInTime(stream);
    stream.share(ShareMode.ON);
    stream.playback(Duration.ZERO, true);
    stream.closeConnections();
    assertThat(stream.status().state()).isEqualTo(State.CLOSED);
  }

  @Test
  void closesFromItsOwnCallbacks() throws Exception {
    TorrentStream stream = lab.stream(torrent, ShareMode.ON);
    CompletableFuture<Void> closed = stream.clip().thenAccept(clip -> closeInTime(stream));
    closed.get(10, TimeUnit.SECONDS);
    TorrentStream failing = lab.stream(TestTorrents.single("a.txt", CLIP).build(), ShareMode.OFF);
    CompletableFuture<Void> afterFailure =
        failing
            .clip()
            .handle(
                (clip, why) -> {
                  closeInTime(failing);
                  return null;
                });
    afterFailure.get(10, TimeUnit.SECONDS);
    assertThat(failing.status().state()).isEqualTo(State.FAILED);
  }

  @Test
  void closesWithAnInterruptedThread() throws Exception {
    TorrentStream stream = lab.stream(torrent, ShareMode.ON);
    EngineLab.clip(stream);
    await().atMost(Duration.ofSeconds(10)).until(() -> peer.connections() > 0);
    Thread.currentThread().interrupt();
    closeInTime(stream);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(lab.cached()).isEmpty();
    assertThat(peer.openConnections()).isZero();
  }

  @Test
  void opensTheSameClipTwice() throws Exception {
    TorrentStream one = lab.stream(torrent, ShareMode.OFF);
    TorrentStream two = lab.stream(torrent, ShareMode.OFF);
    EngineLab.assertSame(lab.read(one, 0, 200_000), CLIP, 0);
    one.close();
    EngineLab.assertSame(lab.read(two, 0, 200_000), CLIP, 0);
    TorrentStream three = lab.stream(torrent, ShareMode.OFF);
    EngineLab.assertSame(lab.read(three, 0, 200_000), CLIP, 0);
  }
}
