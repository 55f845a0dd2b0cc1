package org.peerlet.core.torrent;

import java.io.IOException;
import java.util.BitSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.storage.PieceStore;

/**
 * A torrent without peers: pieces come through {@link #addPiece} alone, are verified in Java and
 * written to the same store. It serves where the native library is missing, where the viewer has
 * not consented yet, and where they chose the site only. No code below it can reach a peer.
 */
public final class OriginOnlyTorrent implements Torrent {
  private final Metainfo metainfo;
  private final PieceStore store;
  private final Consumer<TorrentEvent> listener;
  private final BitSet have;
  private boolean closed;

  /**
   * @param have pieces that the store already holds, verified
   */
  public OriginOnlyTorrent(
      Metainfo metainfo, PieceStore store, BitSet have, Consumer<TorrentEvent> listener) {
    this.metainfo = metainfo;
    this.store = store;
    this.have = (BitSet) have.clone();
    this.listener = listener;
  }

  @Override
  public void want(Schedule schedule, long nowMillis) {}

  @Override
  public void spare(Set<String> peers) {}

  @Override
  public void unchoke(int slots) {}

  @Override
  public void takeBack() {}

  @Override
  public void addPiece(int piece, byte[] data) {
    Objects.checkIndex(piece, metainfo.pieceCount());
    if (closed || have.get(piece)) {
      return;
    }
    if (!metainfo.verify(piece, data)) {
      listener.accept(new TorrentEvent.PieceRejected(piece));
      return;
    }
    try {
      store.write(piece, data);
    } catch (IOException failed) {
      listener.accept(
          new TorrentEvent.StorageFailed("The cache can't be written: " + failed.getMessage()));
      return;
    }
    have.set(piece);
    listener.accept(new TorrentEvent.PieceVerified(piece));
  }

  @Override
  public BitSet have() {
    return (BitSet) have.clone();
  }

  @Override
  public SwarmStatus swarm() {
    return SwarmStatus.NONE;
  }

  @Override
  public void close() {
    closed = true;
  }
}
