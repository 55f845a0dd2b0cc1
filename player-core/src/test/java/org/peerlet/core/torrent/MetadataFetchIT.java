package org.peerlet.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.MagnetUri;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.peer.FakePeer;
import org.peerlet.fixtures.peer.PeerFault;
import org.peerlet.fixtures.peer.TinyTracker;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** A search for what a magnet URI names, with peers that are none. */
class MetadataFetchIT extends SessionScene {
  @Test
  void asksNoOriginOfAMagnetByItself() throws Exception {
    try (FaultyOrigin origin = FaultyOrigin.open();
        FakePeer peer = FakePeer.open(content)) {
      String url = origin.serve("clip.mp4", content.content()).toString();
      MagnetUri magnet = MagnetUri.parse(content.magnet() + "&ws=" + url);
      assertThat(magnet.webSeeds()).containsExactly(url);
      MagnetMetadata found =
          session(ShareMode.ON)
              .fetchMetadata(magnet, List.of(), List.of(at(peer)), folder)
              .get(20, TimeUnit.SECONDS);
      assertThat(found.metainfo().webSeeds()).containsExactly(url);
      assertThat(origin.connections()).isZero();
    }
  }

  @Test
  void fetchesMetadataAndNothingElse() throws Exception {
    try (FakePeer peer = FakePeer.open(content)) {
      LibtorrentSession session = session(ShareMode.ON);
      MagnetMetadata found =
          session
              .fetchMetadata(
                  MagnetUri.parse(content.magnet()), List.of(), List.of(at(peer)), folder)
              .get(20, TimeUnit.SECONDS);
      assertThat(found.metainfo().rawInfo()).isEqualTo(content.infoBytes());
      assertThat(found.peers()).containsExactly(at(peer));
      await().atMost(LONG).until(() -> peer.openConnections() == 0);
      assertThat(peer.requests()).isEmpty();
      // The clip's torrent takes its place at once, and hears nothing of the search.
      Torrent torrent = add(session, found.metainfo(), store(found.metainfo()), peer);
      torrent.want(all(content), 0);
      awaitAll(torrent, content);
    }
  }

  @Test
  void refusesMetadataBeyondTheLimits() throws Exception {
    // Right for libtorrent; a piece length of no power of two is not right for us.
    TestTorrent odd =
        TestTorrents.single("clip.mp4", content.content()).pieceLength(48 << 10).build();
    try (FakePeer peer = FakePeer.open(odd)) {
      CompletableFuture<MagnetMetadata> search =
          session(ShareMode.ON)
              .fetchMetadata(MagnetUri.parse(odd.magnet()), List.of(), List.of(at(peer)), folder);
      assertThatThrownBy(() -> search.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              StreamException.class,
              unfit -> assertThat(unfit.reason()).isEqualTo(Reason.NOT_A_TORRENT));
      await().atMost(LONG).until(() -> peer.openConnections() == 0);
    }
  }

  @Test
  void endsACancelledSearch() throws Exception {
    try (FakePeer peer = FakePeer.open(content);
        TinyTracker tracker = TinyTracker.open(Duration.ofSeconds(1)).peer(peer)) {
      peer.fault(new PeerFault.SilentAfterAccept());
      CompletableFuture<MagnetMetadata> search =
          session(ShareMode.ON)
              .fetchMetadata(
                  MagnetUri.parse(content.magnet()),
                  List.of(tracker.url()),
                  List.of(at(peer)),
                  folder);
      await().atMost(LONG).until(() -> peer.openConnections() > 0 && tracker.announceCount() > 0);
      search.cancel(false);
      await().atMost(LONG).until(() -> peer.openConnections() == 0);
      // The torrent is gone: it says so to its tracker, and comes back to nobody.
      await().atMost(LONG).until(() -> tracker.announced(content.infoHashHex()).isEmpty());
      int connections = peer.connections();
      await().during(Duration.ofSeconds(2)).until(() -> peer.connections() == connections);
    }
  }

  @Test
  void endsItsSearchesWhenItCloses() throws Exception {
    LibtorrentSession session = session(ShareMode.ON);
    CompletableFuture<MagnetMetadata> search =
        session.fetchMetadata(MagnetUri.parse(content.magnet()), List.of(), List.of(), folder);
    session.close();
    assertThat(search).isCompletedExceptionally();
    CompletableFuture<MagnetMetadata> late =
        session.fetchMetadata(MagnetUri.parse(content.magnet()), List.of(), List.of(), folder);
    assertThat(late).isCompletedExceptionally();
    assertThat(session.listenPort()).isZero();
    session.close();
  }
}
