package org.peerlet.core.torrent;

import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.CacheFolder;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.peer.FakePeer;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** Sessions, torrents and their stores, which a test of libtorrent need not close itself. */
abstract class SessionScene {
  static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  final TestTorrent content = TestTorrents.single("clip.mp4", Content.random(5, 2_000_000)).build();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private @Nullable CacheFolder cache;

  @BeforeEach
  void openCache() throws Exception {
    cache = CacheFolder.open(folder);
  }

  @AfterEach
  void close() throws Exception {
    for (int last = opened.size() - 1; last >= 0; last--) {
      opened.get(last).close();
    }
  }

  <T extends AutoCloseable> T closing(T resource) {
    opened.add(resource);
    return resource;
  }

  LibtorrentSession session(ShareMode share) throws StreamException {
    return closing(LibtorrentSession.open(share, Reach.NAMED, folder));
  }

  PieceStore store(Metainfo metainfo) throws StreamException {
    if (cache == null) {
      throw new IllegalStateException();
    }
    return closing(PieceStore.open(cache, metainfo));
  }

  static InetSocketAddress at(FakePeer peer) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port());
  }

  static Schedule all(TestTorrent torrent) {
    return new Schedule(
        IntStream.range(0, torrent.pieces())
            .mapToObj(piece -> new PieceDeadline(piece, piece * 10L))
            .toList(),
        List.of());
  }

  static void awaitAll(Torrent torrent, TestTorrent content) {
    await()
        .atMost(LONG)
        .until(
            () -> {
              torrent.swarm();
              return torrent.have().cardinality() == content.pieces();
            });
  }

  Torrent add(LibtorrentSession session, Metainfo metainfo, PieceStore store, FakePeer... peers) {
    return add(session, metainfo, store, List.of(0), peers);
  }

  Torrent add(
      LibtorrentSession session,
      Metainfo metainfo,
      PieceStore store,
      List<Integer> first,
      FakePeer... peers) {
    List<InetSocketAddress> addresses = Stream.of(peers).map(SessionScene::at).toList();
    Consumer<TorrentEvent> nobody = event -> {};
    return closing(session.add(metainfo, store, new BitSet(), first, List.of(), addresses, nobody));
  }
}
