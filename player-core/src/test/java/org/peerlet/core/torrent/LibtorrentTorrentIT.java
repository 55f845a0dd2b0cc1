package org.peerlet.core.torrent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.PieceStore;

/** The contract on real libtorrent; one session for all tests, since one takes a second to end. */
class LibtorrentTorrentIT extends TorrentContract {
  @TempDir static Path nativeFolder;

  private static LibtorrentSession session;

  @BeforeAll
  static void openSession() throws Exception {
    session = LibtorrentSession.open(ShareMode.ON, Reach.NAMED, nativeFolder);
  }

  @AfterAll
  static void closeSession() {
    session.close();
  }

  @Override
  Torrent open(Metainfo metainfo, PieceStore store, BitSet have, RecordedEvents listener) {
    return session.add(
        metainfo, store, have, List.of(have.nextClearBit(0)), List.of(), List.of(), listener);
  }

  /** An added piece is announced within 13 ms. */
  @Override
  Duration quiet() {
    return Duration.ofMillis(300);
  }
}
