package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.State;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.origin.OriginRequest;
import org.peerlet.fixtures.peer.FakePeer;
import org.peerlet.fixtures.peer.TinyTracker;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** Who is contacted depends on the viewer's answer, and on nothing else (threats.md T9). */
class ConsentIT {
  private static final int LENGTH = 4_000_000;
  private static final Content CLIP = Content.random(12, LENGTH);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SILENCE = Duration.ofSeconds(5);

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
    tracker = TinyTracker.open(Duration.ofSeconds(1));
    torrent =
        TestTorrents.single("clip.mp4", CLIP)
            .tracker(tracker.url())
            .webSeed(origin.serve("clip.mp4", CLIP).toString())
            .build();
    peer = FakePeer.open(torrent);
    tracker.peer(peer);
  }

  @AfterEach
  void close() throws Exception {
    try {
      lab.close();
    } finally {
      peer.close();
      origin.close();
      tracker.close();
    }
  }

  private TorrentStream stream(Optional<ShareMode> share) throws Exception {
    return lab.stream(torrent.writeTorrent(folder).toString(), share);
  }

  private int contacts() {
    return tracker.announceCount() + peer.connections();
  }

  @Test
  void contactsNobodyButTheOriginBeforeTheAnswer() throws Exception {
    TorrentStream stream = stream(Optional.empty());
    EngineLab.assertSame(lab.read(stream, 0, 1_000_000), CLIP, 0);
    await().during(SILENCE).atMost(LONG).until(() -> contacts() == 0);
    assertThat(origin.requestCount()).isPositive();
    stream.share(ShareMode.ON);
    await().atMost(LONG).until(() -> tracker.announceCount() > 0 && peer.connections() > 0);
  }

  @Test
  void contactsNobodyButTheOriginWhenSharingIsOff() throws Exception {
    TorrentStream stream = stream(Optional.of(ShareMode.OFF));
    EngineLab.assertSame(lab.read(stream), CLIP, 0);
    await().during(SILENCE).atMost(LONG).until(() -> contacts() == 0);
  }

  @Test
  void contactsNobodyOnceClosed() throws Exception {
    TorrentStream stream = stream(Optional.of(ShareMode.ON));
    EngineLab.assertSame(lab.read(stream, 0, 1_000_000), CLIP, 0);
    await().atMost(LONG).until(() -> peer.connections() > 0);
    stream.close();
    // The tracker was told, within the close.
    assertThat(tracker.announced(torrent.infoHashHex())).isEmpty();
    assertThat(peer.openConnections()).isZero();
    int contacts = contacts();
    int requests = origin.requestCount();
    await()
        .during(SILENCE)
        .atMost(LONG)
        .until(() -> contacts() == contacts && origin.requestCount() == requests);
  }

  @Test
  void contactsNobodyOnceSharingIsSwitchedOff() throws Exception {
    TorrentStream stream = stream(Optional.of(ShareMode.RECEIVE));
    await().atMost(LONG).until(() -> peer.connections() > 0);
    stream.share(ShareMode.OFF);
    await().atMost(LONG).until(() -> peer.openConnections() == 0);
    await().atMost(LONG).until(() -> tracker.announced(torrent.infoHashHex()).isEmpty());
    int contacts = contacts();
    EngineLab.assertSame(lab.read(stream), CLIP, 0);
    await().during(SILENCE).atMost(LONG).until(() -> contacts() == contacts);
  }

  @Test
  void holdsAMagnetUntilTheAnswer() throws Exception {
    TorrentStream stream = lab.stream(torrent.magnet(), Optional.empty());
    await().during(Duration.ofSeconds(3)).atMost(LONG).until(() -> contacts() == 0);
    assertThat(stream.clip()).isNotDone();
    assertThat(stream.status().state()).isEqualTo(State.METADATA);
    stream.share(ShareMode.RECEIVE);
    EngineLab.assertSame(lab.read(stream), CLIP, 0);
  }

  @Test
  void playsNoMagnetWithSharingOff() throws Exception {
    TorrentStream stream = lab.stream(torrent.magnet(), Optional.empty());
    stream.share(ShareMode.OFF);
    assertThat(EngineLab.failure(stream).reason()).isEqualTo(Reason.NO_SOURCE);
    assertThat(contacts()).isZero();
  }

  @Test
  void searchesOnWhenTheAnswerChanges() throws Exception {
    peer.close();
    TorrentStream stream = lab.stream(torrent.magnet(), Optional.of(ShareMode.ON));
    await().atMost(LONG).until(() -> tracker.announceCount() > 0);
    peer = FakePeer.open(torrent);
    tracker.peer(peer);
    stream.share(ShareMode.RECEIVE);
    EngineLab.assertSame(lab.read(stream, 0, 100_000), CLIP, 0);
    assertThat(peer.peerIds()).allMatch(id -> id.startsWith("-PR001R-"));
  }

  /** Of what was there before a switch nothing is asked again, of anybody. */
  @Test
  void losesNothingWhenTheAnswerChangesMidPlay() throws Exception {
    origin.fault(new OriginFault.Throttle(800_000));
    peer.limit(800_000);
    TorrentStream stream = stream(Optional.empty());
    try (InputStream body = lab.open(stream, 0, LENGTH)) {
      EngineLab.assertSame(body.readNBytes(1_000_000), CLIP, 0);

      Set<Integer> early = buffered(stream);
      int asked = peer.requests().size();
      stream.share(ShareMode.ON);
      await().atMost(LONG).until(() -> peer.bytesUploaded() > 0);
      EngineLab.assertSame(body.readNBytes(1_000_000), CLIP, 1_000_000);
      assertThat(peer.requests().subList(asked, peer.requests().size()))
          .noneMatch(request -> early.contains(request.piece()));

      Set<Integer> middle = buffered(stream);
      int requested = origin.requestCount();
      stream.share(ShareMode.OFF);
      await().atMost(LONG).until(() -> peer.openConnections() == 0);
      EngineLab.assertSame(body.readAllBytes(), CLIP, 2_000_000);
      for (OriginRequest request : origin.requests().subList(requested, origin.requestCount())) {
        assertThat(pieces(request)).doesNotContainAnyElementsOf(middle);
      }
    }
    stream.close();
    StreamStatus status = stream.status();
    assertThat(status.bytesFromPeers()).isPositive();
    // A few blocks were under way at each switch.
    assertThat(EngineLab.cost(status)).isLessThan(1.15);
  }

  private Set<Integer> buffered(TorrentStream stream) {
    Set<Integer> pieces = new HashSet<>();
    for (StreamStatus.ByteSpan span : stream.status().buffered()) {
      for (long at = span.first(); at < span.end(); at += torrent.pieceLength()) {
        pieces.add((int) (at / torrent.pieceLength()));
      }
    }
    return pieces;
  }

  private List<Integer> pieces(OriginRequest request) {
    String[] range = request.range().orElseThrow().replace("bytes=", "").split("-", -1);
    int first = (int) (Long.parseLong(range[0]) / torrent.pieceLength());
    int last = (int) (Long.parseLong(range[1]) / torrent.pieceLength());
    return IntStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void survivesAnswersInQuickSuccession() throws Exception {
    TorrentStream stream = stream(Optional.of(ShareMode.ON));
    CompletableFuture<byte[]> read = lab.readAside(stream, 0, LENGTH);
    for (ShareMode mode :
        List.of(ShareMode.OFF, ShareMode.RECEIVE, ShareMode.ON, ShareMode.ON, ShareMode.OFF)) {
      stream.share(mode);
    }
    EngineLab.assertSame(read.get(30, TimeUnit.SECONDS), CLIP, 0);
  }
}
