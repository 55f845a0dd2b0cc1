package org.peerlet.core.torrent;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.peerlet.core.metainfo.MagnetUri;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.fixtures.torrent.TestTorrent;

/**
 * A session whose torrents are fakes; it may refuse them, and something may happen as it closes.
 */
public final class FakeSession implements PeerSession {
  private final ShareMode share;
  private final TestTorrent content;
  private final List<List<String>> trackers = new ArrayList<>();
  private boolean refusing;
  private Runnable whileClosing = () -> {};

  public FakeSession(ShareMode share, TestTorrent content) {
    this.share = share;
    this.content = content;
  }

  /** Refuses each torrent from now on. */
  public FakeSession refuse() {
    refusing = true;
    return this;
  }

  /** Does this when it is closed, in between: libtorrent takes a second for it. */
  public FakeSession whileClosing(Runnable work) {
    whileClosing = work;
    return this;
  }

  /** The trackers of each torrent that was added. */
  public List<List<String>> trackers() {
    return List.copyOf(trackers);
  }

  @Override
  public ShareMode share() {
    return share;
  }

  @Override
  public Torrent add(
      Metainfo metainfo,
      PieceStore store,
      BitSet have,
      List<Integer> first,
      List<String> named,
      List<InetSocketAddress> peers,
      Consumer<TorrentEvent> listener) {
    if (refusing) {
      throw new IllegalStateException("the fake refuses the torrent");
    }
    trackers.add(List.copyOf(named));
    return new FakeTorrent(content, metainfo, store, have, listener);
  }

  /** Nobody ever answers. */
  @Override
  public CompletableFuture<MagnetMetadata> fetchMetadata(
      MagnetUri magnet, List<String> named, List<InetSocketAddress> peers, Path folder) {
    return new CompletableFuture<>();
  }

  @Override
  public void close() {
    whileClosing.run();
  }
}
