package org.peerlet.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peerlet.core.metainfo.MagnetUri;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.PieceScheduler;
import org.peerlet.core.schedule.ReadWindow;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.peer.FakePeer;
import org.peerlet.fixtures.peer.PeerFault;
import org.peerlet.fixtures.peer.PeerProbe;
import org.peerlet.fixtures.peer.TinyTracker;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** What we rely on of libtorrent, with peers that are none. */
class LibtorrentSessionIT extends SessionScene {
  private static final int BLOCK = 16 << 10;

  /** Two rounds of the choker, at libtorrent's default the first of which comes at once. */
  private static final Duration TWO_ROUNDS = Duration.ofSeconds(16);

  private static BitSet everyPiece(TestTorrent torrent) {
    BitSet all = new BitSet();
    all.set(0, torrent.pieces());
    return all;
  }

  /** A torrent whose store holds everything. */
  private Torrent seed(LibtorrentSession session, List<String> trackers) throws Exception {
    Metainfo metainfo = Metainfo.parse(content.bytes());
    PieceStore store = store(metainfo);
    for (int piece = 0; piece < content.pieces(); piece++) {
      store.write(piece, content.piece(piece));
    }
    return closing(
        session.add(
            metainfo, store, everyPiece(content), List.of(), trackers, List.of(), event -> {}));
  }

  /** A torrent that wants every piece of a peer, in a session that shares. */
  private Torrent wantingAll(FakePeer peer) throws Exception {
    Metainfo metainfo = Metainfo.parse(content.bytes());
    Torrent torrent = add(session(ShareMode.ON), metainfo, store(metainfo), peer);
    torrent.want(all(content), 0);
    return torrent;
  }

  @Test
  void asksNoOriginByItself() throws Exception {
    try (FaultyOrigin origin = FaultyOrigin.open();
        FakePeer peer = FakePeer.open(content).only(0, 3)) {
      String url = origin.serve("clip.mp4", content.content()).toString();
      TestTorrent seeded = TestTorrents.single("clip.mp4", content.content()).webSeed(url).build();
      Metainfo metainfo = Metainfo.parse(seeded.bytes());
      assertThat(metainfo.webSeeds()).containsExactly(url);
      LibtorrentSession session = session(ShareMode.ON);
      Torrent torrent = add(session, metainfo, store(metainfo), peer);
      torrent.want(all(seeded), 0);
      await().atMost(LONG).until(() -> torrent.have().cardinality() == 3);
      // libtorrent alone asks a web seed within a second of adding the torrent.
      await().during(Duration.ofSeconds(3)).until(() -> origin.connections() == 0);
    }
  }

  /** It would ask for the rare first in all that was not wanted when the torrent was added. */
  @Test
  void asksInOrderForWhatIsWantedLater() throws Exception {
    long length = content.content().length();
    FileLayout layout = new FileLayout(0, length, content.pieceLength(), length);
    try (FakePeer peer = FakePeer.open(content).limit(1_000_000)) {
      LibtorrentSession session = session(ShareMode.ON);
      Metainfo metainfo = Metainfo.parse(content.bytes());
      List<Integer> first = plan(layout, new BitSet(), content.pieceLength()).beyond();
      Torrent torrent = add(session, metainfo, store(metainfo), first, peer);
      await().atMost(LONG).until(() -> torrent.have().get(1));
      torrent.want(plan(layout, torrent.have(), length), 0);
      awaitAll(torrent, content);
      int hurried = first.get(0) + PieceWishes.MAX_HURRIED;
      assertThat(peer.requests().stream().map(FakePeer.BlockRequest::piece).distinct())
          .filteredOn(piece -> piece > hurried && !first.contains(piece))
          .hasSizeGreaterThan(10)
          .isSorted();
    }
  }

  /** After a seek: what was asked for before would come first, for seconds. */
  @Test
  void takesBackWhatAPeerWasAskedFor() throws Exception {
    try (FakePeer peer = FakePeer.open(content).limit(200_000)) {
      Torrent torrent = wantingAll(peer);
      await().atMost(LONG).until(() -> torrent.swarm().bytesRequested() >= 160_000);
      long bytesBefore = torrent.swarm().bytesFromPeers();
      int last = content.pieces() - 1;
      torrent.takeBack();
      torrent.want(new Schedule(List.of(new PieceDeadline(last, 0)), List.of()), 0);
      await().atMost(LONG).until(() -> torrent.have().get(last));
      // The piece, and what was on its way.
      assertThat(torrent.swarm().bytesFromPeers() - bytesBefore)
          .isLessThan(content.pieceLength() + 80_000L);
    }
  }

  @Test
  void staysApartFromAPeerAndComesBack() throws Exception {
    try (FakePeer peer = FakePeer.open(content).limit(200_000)) {
      Torrent torrent = wantingAll(peer);
      await().atMost(LONG).until(() -> torrent.swarm().connected().size() == 1);
      String id = torrent.swarm().connected().get(0).id();
      torrent.spare(Set.of("00".repeat(20)));
      torrent.spare(Set.of(id));
      await().atMost(LONG).until(() -> peer.openConnections() == 0);
      int connections = peer.connections();
      torrent.want(all(content), 0);
      await()
          .during(Duration.ofSeconds(4))
          .atMost(LONG)
          .until(() -> peer.connections() == connections);
      assertThat(torrent.swarm().connected()).isEmpty();
      torrent.spare(Set.of());
      torrent.want(all(content), 0);
      peer.limit(10_000_000);
      awaitAll(torrent, content);
    }
  }

  /** Where it listens is not known here, but trackers know. */
  @Test
  void staysApartFromAPeerThatHasComeByItself() throws Exception {
    try (TinyTracker tracker = TinyTracker.open()) {
      LibtorrentSession session = session(ShareMode.ON);
      Torrent torrent = seed(session, List.of(tracker.url()));
      await().atMost(LONG).until(() -> tracker.announceCount() > 0);
      isLeftAlone(session, torrent);
      assertThatThrownBy(() -> PeerProbe.connect(session.listenPort(), content.infoHash()))
          .isInstanceOf(IOException.class);
      int announced = tracker.announceCount();
      torrent.spare(Set.of());
      await().atMost(LONG).until(() -> tracker.announceCount() > announced);
      isServed(session);
    }
  }

  /** A peer comes, and loses its connection as soon as it is spared. */
  private void isLeftAlone(LibtorrentSession session, Torrent torrent) throws IOException {
    try (PeerProbe probe = PeerProbe.connect(session.listenPort(), content.infoHash())) {
      assertThat(probe.awaitUnchoke(TWO_ROUNDS)).isTrue();
      await().atMost(LONG).until(() -> torrent.swarm().connected().size() == 1);
      torrent.spare(Set.of(torrent.swarm().connected().get(0).id()));
      assertThatThrownBy(() -> probe.block(3, 0, BLOCK)).isInstanceOf(IOException.class);
    }
  }

  private void isServed(LibtorrentSession session) throws IOException {
    try (PeerProbe probe = PeerProbe.connect(session.listenPort(), content.infoHash())) {
      assertThat(probe.awaitUnchoke(TWO_ROUNDS)).isTrue();
    }
  }

  @Test
  void staysApartOnlyWhileTheClipIsOpen() throws Exception {
    LibtorrentSession session = session(ShareMode.ON);
    Torrent torrent = seed(session, List.of());
    isLeftAlone(session, torrent);
    torrent.close();
    seed(session, List.of());
    isServed(session);
  }

  /** Others may be there, behind the same router. */
  @Test
  void keepsAPeerWhoseHostOthersAreAt() throws Exception {
    byte[] otherId = "-FK0001-000000000001".getBytes(StandardCharsets.US_ASCII);
    try (FakePeer one = FakePeer.open(content).limit(100_000);
        FakePeer other = FakePeer.open(content, otherId).limit(100_000)) {
      LibtorrentSession session = session(ShareMode.ON);
      Metainfo metainfo = Metainfo.parse(content.bytes());
      Torrent torrent = add(session, metainfo, store(metainfo), one, other);
      torrent.want(all(content), 0);
      await().atMost(LONG).until(() -> torrent.swarm().connected().size() == 2);
      torrent.spare(Set.of(torrent.swarm().connected().get(0).id()));
      await()
          .during(Duration.ofSeconds(2))
          .atMost(LONG)
          .until(() -> torrent.swarm().connected().size() == 2);
    }
  }

  private static Schedule plan(FileLayout layout, BitSet have, long windowEnd) {
    return PieceScheduler.plan(
        layout, have, List.of(new ReadWindow(0, windowEnd, 0, false)), 1_000_000, 0);
  }

  @Test
  void givesNothingWhereTheViewerOnlyReceives() throws Exception {
    LibtorrentSession session = session(ShareMode.RECEIVE);
    Torrent torrent = seed(session, List.of());
    try (PeerProbe probe = PeerProbe.connect(session.listenPort(), content.infoHash())) {
      assertThat(probe.awaitUnchoke(TWO_ROUNDS)).isFalse();
      assertThatThrownBy(() -> probe.block(0, 0, BLOCK)).isInstanceOf(IOException.class);
    }
    assertThat(torrent.swarm().bytesUploaded()).isZero();
  }

  @Test
  void givesWhereTheViewerShares() throws Exception {
    LibtorrentSession session = session(ShareMode.ON);
    seed(session, List.of());
    try (PeerProbe probe = PeerProbe.connect(session.listenPort(), content.infoHash())) {
      assertThat(probe.awaitUnchoke(TWO_ROUNDS)).isTrue();
      assertThat(probe.block(3, 0, BLOCK)).isEqualTo(content.content().bytes(3 * 65_536, BLOCK));
      assertThat(probe.pieces().cardinality()).isEqualTo(content.pieces());
    }
  }

  /** As a stranger would: aria2 finds the viewer through the tracker and wants the file. */
  @ParameterizedTest
  @EnumSource(
      value = ShareMode.class,
      names = {"ON", "RECEIVE"})
  void givesARealClientWhatTheViewerAllowed(ShareMode share) throws Exception {
    Path target = Files.createDirectory(folder.resolve("aria"));
    try (TinyTracker tracker = TinyTracker.open()) {
      Torrent torrent = seed(session(share), List.of(tracker.url()));
      await().atMost(LONG).until(() -> tracker.announceCount() > 0);
      TestTorrent tracked =
          TestTorrents.single("clip.mp4", content.content()).tracker(tracker.url()).build();
      Process aria = aria(tracked.writeTorrent(folder), target);
      try {
        boolean done = aria.waitFor(12, TimeUnit.SECONDS);
        assertThat(done).isEqualTo(share == ShareMode.ON);
      } finally {
        aria.destroyForcibly().waitFor();
      }
      if (share == ShareMode.ON) {
        assertThat(target.resolve("clip.mp4")).hasBinaryContent(content.content().bytes());
      } else {
        // It was there, and got nothing.
        assertThat(tracker.announced(content.infoHashHex())).hasSize(2);
        assertThat(torrent.swarm().bytesUploaded()).isZero();
      }
    }
  }

  private Process aria(Path torrentFile, Path target) throws IOException {
    return new ProcessBuilder(
            "aria2c",
            "--no-conf",
            "--seed-time=0",
            "--enable-dht=false",
            "--enable-dht6=false",
            "--bt-enable-lpd=false",
            "--listen-port=23100-23999",
            "--file-allocation=none",
            "--dir=" + target,
            torrentFile.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("aria.log").toFile())
        .start();
  }

  @ParameterizedTest
  @EnumSource(
      value = ShareMode.class,
      names = {"ON", "RECEIVE"})
  void hasOneNameForAllThatSaysWhetherItShares(ShareMode share) throws Exception {
    LibtorrentSession session = session(share);
    try (FakePeer one = FakePeer.open(content);
        FakePeer other =
            FakePeer.open(content, "-FK0001-000000000001".getBytes(StandardCharsets.US_ASCII));
        TinyTracker tracker = TinyTracker.open().peer(one).peer(other)) {
      MagnetMetadata found =
          session
              .fetchMetadata(
                  MagnetUri.parse(content.magnet()), List.of(tracker.url()), List.of(), folder)
              .get(20, TimeUnit.SECONDS);
      Torrent torrent = add(session, found.metainfo(), store(found.metainfo()), one, other);
      torrent.want(all(content), 0);
      awaitAll(torrent, content);
      List<String> names = new ArrayList<>(one.peerIds());
      names.addAll(other.peerIds());
      tracker.announces().forEach(announce -> names.add(announce.peerId()));
      assertThat(one.peerIds()).isNotEmpty();
      assertThat(other.peerIds()).isNotEmpty();
      assertThat(names.stream().distinct()).hasSize(1);
      String marker = share == ShareMode.ON ? "S" : "R";
      assertThat(names.get(0)).hasSize(20).matches("-PR001" + marker + "-[A-Za-z0-9]{12}");
    }
  }

  @Test
  void showsPeersWhatItWasOpenedWith() throws Exception {
    Metainfo metainfo = Metainfo.parse(content.bytes());
    PieceStore store = store(metainfo);
    BitSet have = new BitSet();
    have.set(2);
    have.set(30);
    store.write(2, content.piece(2));
    store.write(30, content.piece(30));
    LibtorrentSession session = session(ShareMode.ON);
    closing(session.add(metainfo, store, have, List.of(0), List.of(), List.of(), event -> {}));
    try (PeerProbe probe = PeerProbe.connect(session.listenPort(), content.infoHash())) {
      assertThat(probe.awaitUnchoke(TWO_ROUNDS)).isTrue();
      assertThat(probe.block(30, 0, BLOCK)).isEqualTo(content.content().bytes(30 * 65_536, BLOCK));
      assertThat(probe.pieces()).isEqualTo(have);
    }
  }

  @Test
  void closesWhilePiecesComeAndWhileItsThreadIsInterrupted() throws Exception {
    Metainfo metainfo = Metainfo.parse(content.bytes());
    try (FakePeer peer = FakePeer.open(content)) {
      for (int round = 0; round < 5; round++) {
        LibtorrentSession session = session(ShareMode.ON);
        PieceStore store = store(metainfo);
        Torrent torrent = add(session, metainfo, store, peer);
        torrent.want(all(content), 0);
        await().atMost(LONG).until(() -> !torrent.have().isEmpty());
        Thread closing = new Thread(session::close);
        closing.start();
        // In a gap of the close, whichever: none may bring down the JVM.
        closing.interrupt();
        closing.join(200L * round);
        closing.interrupt();
        closing.join();
        torrent.want(Schedule.EMPTY, 0);
        torrent.close();
        store.close();
      }
    }
  }

  @Test
  void neverAddsToAClosedSession() throws Exception {
    LibtorrentSession session = session(ShareMode.ON);
    Metainfo metainfo = Metainfo.parse(content.bytes());
    PieceStore store = store(metainfo);
    session.close();
    assertThatThrownBy(() -> add(session, metainfo, store))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void waitsForNobodyInItsCalls() throws Exception {
    Metainfo metainfo = Metainfo.parse(content.bytes());
    try (FakePeer peer = FakePeer.open(content)) {
      peer.fault(new PeerFault.SilentAfterAccept());
      LibtorrentSession session = session(ShareMode.ON);
      Torrent torrent = add(session, metainfo, store(metainfo), peer);
      long start = System.nanoTime();
      torrent.want(all(content), 0);
      torrent.swarm();
      torrent.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }
}
