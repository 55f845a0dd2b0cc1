package org.peerlet.core.torrent;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.peerlet.core.metainfo.MagnetUri;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.PieceStore;

/**
 * What the engine needs of a session with other viewers. It exists only once the viewer has
 * consented to meet them.
 */
public interface PeerSession extends AutoCloseable {
  /** What this session may do for others. */
  ShareMode share();

  /**
   * Adds a torrent.
   *
   * @param store where its pieces lie
   * @param have pieces that the store already holds, verified
   * @param first pieces that are wanted at once; at least one that is missing, unless none is
   * @param trackers checked against the address policy
   * @param listener hears the torrent's events, on a thread of the session's
   * @throws IllegalStateException when the session is closed, or refuses the torrent
   */
  Torrent add(
      Metainfo metainfo,
      PieceStore store,
      BitSet have,
      List<Integer> first,
      List<String> trackers,
      List<InetSocketAddress> peers,
      Consumer<TorrentEvent> listener);

  /**
   * Asks peers for the metadata of a magnet URI (BEP 9). The future may be cancelled, which ends
   * the search; it fails with reason {@code CLOSED} when the session is closed.
   *
   * @param trackers checked against the address policy
   * @param folder where files may be put; nothing is downloaded there
   */
  CompletableFuture<MagnetMetadata> fetchMetadata(
      MagnetUri magnet, List<String> trackers, List<InetSocketAddress> peers, Path folder);

  /** Leaves all swarms. Takes up to a second, while trackers are told. */
  @Override
  void close();
}
