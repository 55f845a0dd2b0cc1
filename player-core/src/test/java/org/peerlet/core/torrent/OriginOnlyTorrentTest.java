package org.peerlet.core.torrent;

import java.time.Duration;
import java.util.BitSet;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.storage.PieceStore;

class OriginOnlyTorrentTest extends TorrentContract {
  @Override
  Torrent open(Metainfo metainfo, PieceStore store, BitSet have, RecordedEvents listener) {
    return new OriginOnlyTorrent(metainfo, store, have, listener);
  }

  @Override
  Duration quiet() {
    return Duration.ZERO;
  }
}
