package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.media.Media;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.origin.OriginRequest;
import org.peerlet.fixtures.peer.FakePeer;
import org.peerlet.fixtures.peer.PeerFault;
import org.peerlet.fixtures.peer.TinyTracker;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** Every byte that is read from the URL is right, whoever delivers and whoever dies meanwhile. */
class StreamEngineIT {
  private static final int LENGTH = 6_000_000;
  private static final Content CLIP = Content.random(11, LENGTH);

  @TempDir Path folder;

  private EngineLab lab;
  private FaultyOrigin origin;
  private TinyTracker tracker;

  @BeforeEach
  void open() throws Exception {
    lab = EngineLab.open(folder);
    origin = FaultyOrigin.open();
    tracker = TinyTracker.open();
  }

  @AfterEach
  void close() throws Exception {
    try {
      lab.close();
    } finally {
      origin.close();
      tracker.close();
    }
  }

  private TestTorrents clip() {
    return TestTorrents.single("clip.mp4", CLIP);
  }

  private TestTorrents withOrigin() {
    return clip().webSeed(origin.serve("clip.mp4", CLIP).toString());
  }

  private static StreamStatus whole(TorrentStream stream) {
    // The snapshot follows the last byte by a tick or two.
    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> stream.status().buffered().equals(List.of(new StreamStatus.ByteSpan(0, LENGTH))));
    return stream.status();
  }

  @Test
  void playsFromTheOriginAlone() throws Exception {
    TorrentStream stream = lab.stream(withOrigin().build(), ShareMode.OFF);
    EngineLab.assertSame(lab.read(stream), CLIP, 0);
    StreamStatus status = whole(stream);
    assertThat(status.bytesFromOrigin()).isEqualTo(LENGTH);
    assertThat(status.bytesFromPeers()).isZero();
    assertThat(status.notice()).isNull();
    assertThat(origin.bytesSent()).isEqualTo(LENGTH);
  }

  @Test
  void playsFromPeersAlone() throws Exception {
    TestTorrent torrent = clip().tracker(tracker.url()).build();
    try (FakePeer one = FakePeer.open(torrent).only(0, 60);
        FakePeer other = FakePeer.open(torrent).only(40, torrent.pieces())) {
      tracker.peer(one).peer(other);
      TorrentStream stream = lab.stream(torrent, ShareMode.ON);
      EngineLab.assertSame(lab.read(stream), CLIP, 0);
      stream.close();
      // The last count is taken when the swarm is left.
      StreamStatus status = stream.status();
      assertThat(status.bytesFromOrigin()).isZero();
      assertThat(status.bytesFromPeers()).isBetween((long) LENGTH, LENGTH * 12L / 10);
      assertThat(stream.status().state()).isEqualTo(StreamStatus.State.CLOSED);
    }
  }

  @Test
  void asksTheOriginByItsOwnFetcherOnly() throws Exception {
    TestTorrent torrent = withOrigin().tracker(tracker.url()).build();
    try (FakePeer peer = FakePeer.open(torrent).limit(3_000_000)) {
      tracker.peer(peer);
      TorrentStream stream = lab.stream(torrent, ShareMode.ON);
      EngineLab.assertSame(lab.read(stream), CLIP, 0);
      assertThat(origin.requests())
          .allMatch(request -> request.header("user-agent").equals(Optional.of("Peerlet/0.1")));
      assertThat(peer.bytesUploaded()).isPositive();
    }
  }

  @Test
  void goesOnWithPeersWhenTheOriginDies() throws Exception {
    TestTorrent torrent = withOrigin().tracker(tracker.url()).build();
    origin.fault(new OriginFault.Throttle(2_000_000));
    try (FakePeer peer = FakePeer.open(torrent).limit(2_000_000)) {
      tracker.peer(peer);
      TorrentStream stream = lab.stream(torrent, ShareMode.ON);
      try (InputStream body = lab.open(stream, 0, LENGTH)) {
        EngineLab.assertSame(body.readNBytes(LENGTH / 3), CLIP, 0);
        origin.fault(new OriginFault.Drop());
        origin.disconnectAll();
        EngineLab.assertSame(body.readAllBytes(), CLIP, LENGTH / 3);
      }
      assertThat(whole(stream).bytesFromPeers()).isPositive();
    }
  }

  @Test
  void goesOnWithTheOriginWhenPeersDisconnect() throws Exception {
    TestTorrent torrent = withOrigin().tracker(tracker.url()).build();
    busyAtFirst();
    FakePeer peer = FakePeer.open(torrent).limit(500_000);
    try {
      tracker.peer(peer);
      TorrentStream stream = lab.stream(torrent, ShareMode.ON);
      playsOn(stream, peer::close);
    } finally {
      peer.close();
    }
  }

  @Test
  void goesOnWithTheOriginWhenPeersFallSilent() throws Exception {
    TestTorrent torrent = withOrigin().tracker(tracker.url()).build();
    busyAtFirst();
    try (FakePeer peer = FakePeer.open(torrent).limit(500_000)) {
      tracker.peer(peer);
      TorrentStream stream = lab.stream(torrent, ShareMode.ON);
      playsOn(stream, () -> peer.fault(new PeerFault.NeverAnswer()));
    }
  }

  /** The first pieces come from peers; more failures would make the fetcher wait for longer. */
  private void busyAtFirst() {
    origin.faultNext(2, new OriginFault.Status(503));
  }

  /**
   * Reads as a player does that started with two seconds in hand, and lets all peers die early: the
   * origin is asked just in time, so no byte may come later than its turn on the screen.
   */
  private void playsOn(TorrentStream stream, Runnable peersDie) throws Exception {
    int dies = 400_000;
    int end = 1_600_000;
    long bytesPerSecond = 187_500; // what the engine takes an unknown clip for
    try (InputStream body = lab.open(stream, 0, end)) {
      EngineLab.assertSame(body.readNBytes(1), CLIP, 0);
      long first = System.nanoTime();
      EngineLab.assertSame(body.readNBytes(dies - 1), CLIP, 1);
      peersDie.run();
      for (int at = dies; at < end; at += 100_000) {
        EngineLab.assertSame(body.readNBytes(100_000), CLIP, at);
        long lateMillis = (System.nanoTime() - first) / 1_000_000 - at * 1000L / bytesPerSecond;
        assertThat(lateMillis).as("the player waits at " + at).isLessThan(3_000);
      }
    }
    stream.close();
    assertThat(stream.status().bytesFromOrigin()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 100})
  void servesNoByteOfACorruptPeer(int percent) throws Exception {
    TestTorrent torrent = withOrigin().tracker(tracker.url()).build();
    // The origin comes late, or it would bring all before a piece of the peer's fails.
    origin.fault(new OriginFault.Status(503));
    try (FakePeer liar = FakePeer.open(torrent)) {
      liar.fault(new PeerFault.Corrupt(percent));
      tracker.peer(liar);
      TorrentStream stream = lab.stream(torrent, ShareMode.ON);
      CompletableFuture<byte[]> read = lab.readAside(stream, 0, LENGTH);
      await().atMost(Duration.ofSeconds(20)).until(() -> liar.bytesCorrupted() > 0);
      origin.heal();
      EngineLab.assertSame(read.get(40, TimeUnit.SECONDS), CLIP, 0);
      assertThat(whole(stream).bytesDuplicate()).isPositive();
    }
  }

  @Test
  void playsTheVideoAmongOtherFiles() throws Exception {
    Content cover = Content.random(1, 100_001);
    Content extra = Content.random(2, 700_000);
    TestTorrent torrent =
        TestTorrents.folder("show")
            .file("a-cover.jpg", cover)
            .padding()
            .file("clip.mp4", CLIP)
            .padding()
            .file("z-extra.bin", extra)
            .webSeed(origin.uri("").toString())
            .build();
    origin.serve("show/clip.mp4", CLIP);
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    assertThat(EngineLab.clip(stream).lengthBytes()).isEqualTo(LENGTH);
    EngineLab.assertSame(lab.read(stream), CLIP, 0);
    assertThat(origin.requests()).extracting(OriginRequest::path).containsOnly("/show/clip.mp4");
    assertThat(origin.bytesSent()).isEqualTo(LENGTH);
  }

  @Test
  void fetchesNoMoreOfItsNeighboursThanItsPieces() throws Exception {
    Content before = Content.random(3, 500_000);
    Content after = Content.random(4, 500_000);
    TestTorrent torrent =
        TestTorrents.folder("show")
            .file("a.jpg", before)
            .file("clip.mp4", CLIP)
            .file("z.bin", after)
            .tracker(tracker.url())
            .build();
    try (FakePeer peer = FakePeer.open(torrent)) {
      tracker.peer(peer);
      TorrentStream stream = lab.stream(torrent, ShareMode.ON);
      EngineLab.assertSame(lab.read(stream), CLIP, 0);
      int first = 500_000 / torrent.pieceLength();
      int last = (500_000 + LENGTH - 1) / torrent.pieceLength();
      assertThat(peer.requests()).allMatch(r -> first <= r.piece() && r.piece() <= last);
    }
  }

  @Test
  void findsAnIndexAtTheEndFirst() throws Exception {
    Content media = Content.of(Media.CLIP_10S_INDEX_LAST.bytes());
    String url = origin.serve("clip.mp4", media).toString();
    TestTorrent torrent =
        TestTorrents.single("clip.mp4", media).pieceLength(16 << 10).webSeed(url).build();
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    ClipInspection found = stream.inspection().get(10, TimeUnit.SECONDS);
    assertThat(found.index()).isPresent();
    // All that was fetched is the beginning and the index.
    assertThat(origin.bytesSent()).isLessThan(media.length() / 2);
  }

  @Test
  void servesTwoReadersFarApart() throws Exception {
    TestTorrent torrent = withOrigin().tracker(tracker.url()).build();
    try (FakePeer peer = FakePeer.open(torrent).limit(4_000_000)) {
      tracker.peer(peer);
      TorrentStream stream = lab.stream(torrent, ShareMode.ON);
      CompletableFuture<byte[]> start = lab.readAside(stream, 0, LENGTH / 2);
      CompletableFuture<byte[]> end = lab.readAside(stream, LENGTH / 2, LENGTH);
      EngineLab.assertSame(start.get(30, TimeUnit.SECONDS), CLIP, 0);
      EngineLab.assertSame(end.get(30, TimeUnit.SECONDS), CLIP, LENGTH / 2);
    }
  }

  @Test
  void seeksToWhereNothingIsYet() throws Exception {
    TestTorrent torrent = withOrigin().build();
    origin.fault(new OriginFault.Throttle(1_000_000));
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    try (InputStream body = lab.open(stream, 0, LENGTH)) {
      EngineLab.assertSame(body.readNBytes(100_000), CLIP, 0);
    }
    long start = System.nanoTime();
    try (InputStream body = lab.open(stream, 5_000_000, LENGTH)) {
      EngineLab.assertSame(body.readNBytes(100_000), CLIP, 5_000_000);
    }
    // The whole would take five seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void playsAMagnetFromPeers() throws Exception {
    TestTorrent torrent = clip().tracker(tracker.url()).build();
    try (FakePeer peer = FakePeer.open(torrent)) {
      tracker.peer(peer);
      TorrentStream stream = lab.stream(torrent.magnet(), Optional.of(ShareMode.RECEIVE));
      EngineLab.assertSame(lab.read(stream), CLIP, 0);
      stream.close();
      assertThat(stream.status().bytesFromPeers()).isGreaterThanOrEqualTo(LENGTH);
    }
  }

  @Test
  void playsATorrentByUrl() throws Exception {
    TestTorrent torrent = withOrigin().build();
    String url = origin.serve("clip.torrent", Content.of(torrent.bytes())).toString();
    TorrentStream stream = lab.stream(url, Optional.of(ShareMode.OFF));
    EngineLab.assertSame(lab.read(stream), CLIP, 0);
  }
}
