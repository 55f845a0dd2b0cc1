package org.peerlet.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.storage.CacheFolder;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.core.torrent.FakeTorrent.Step;
import org.peerlet.core.torrent.TorrentEvent.PieceRejected;
import org.peerlet.core.torrent.TorrentEvent.PieceVerified;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** The fake passes the same contract as the torrents that it stands for. */
class FakeTorrentTest extends TorrentContract {
  @Override
  Torrent open(Metainfo metainfo, PieceStore store, BitSet have, RecordedEvents listener) {
    return new FakeTorrent(listener.content(), metainfo, store, have, listener);
  }

  @Override
  Duration quiet() {
    return Duration.ZERO;
  }

  @Test
  void playsItsScript(@TempDir Path cache) throws Exception {
    TestTorrent content = TestTorrents.single("clip.mp4", Content.random(1, 300_000)).build();
    Metainfo metainfo = Metainfo.parse(content.bytes());
    try (PieceStore store = PieceStore.open(CacheFolder.open(cache), metainfo)) {
      RecordedEvents events = new RecordedEvents(content, store);
      FakeTorrent torrent = new FakeTorrent(content, metainfo, store, new BitSet(), events);
      torrent.then(
          new Step.Stall(), new Step.Corrupt(1), new Step.Deliver(1), new Step.DeliverSoonest());
      torrent.want(
          new Schedule(List.of(new PieceDeadline(1, 0), new PieceDeadline(3, 9)), List.of()), 0);
      assertThat(torrent.step()).isTrue();
      events.assertQuiet(Duration.ZERO);
      assertThat(torrent.step()).isTrue();
      assertThat(events.next()).isEqualTo(new PieceRejected(1));
      assertThat(torrent.step()).isTrue();
      assertThat(events.next()).isEqualTo(new PieceVerified(1));
      assertThat(torrent.step()).isTrue();
      assertThat(events.next()).isEqualTo(new PieceVerified(3));
      assertThat(torrent.step()).isFalse();
      assertThat(torrent.swarm().bytesFromPeers()).isEqualTo(3 * 65_536);
      assertThat(torrent.swarm().bytesDuplicate()).isEqualTo(65_536);
    }
  }
}
