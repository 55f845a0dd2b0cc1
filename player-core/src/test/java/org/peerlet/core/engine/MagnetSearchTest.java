package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.MagnetUri;
import org.peerlet.core.origin.AddressPolicy;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.CacheFolder;
import org.peerlet.core.torrent.FakeSession;
import org.peerlet.core.torrent.Reach;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** Why a search found nothing. */
@Timeout(20)
final class MagnetSearchTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Reach DHT = new Reach(true, false);

  @TempDir Path temp;

  private final NameServer names = new NameServer().knows("tracker.example", "93.184.216.34");
  private final EngineLoop loop = new EngineLoop(() -> {});
  private final TestTorrent torrent = torrent("http://away.example/announce");
  private final Peers peers =
      new Peers(mode -> new FakeSession(mode, torrent), loop, Reach.NAMED, why -> {});
  private final SharingThread sharing = new SharingThread(peers, why -> {});

  private static TestTorrent torrent(String tracker) {
    return TestTorrents.single("clip.mp4", Content.random(1, 1000)).tracker(tracker).build();
  }

  @AfterEach
  void close() {
    sharing.close();
    loop.close();
  }

  private StreamException failure(TestTorrent wanted, Reach reach, Duration timeout)
      throws StreamException {
    MagnetSearch search = new MagnetSearch(sharing, CacheFolder.open(temp), reach, timeout);
    MagnetUri magnet = MagnetUri.parse(wanted.magnet());
    StreamException why =
        catchThrowableOfType(
            StreamException.class, () -> search.load(magnet, new AddressPolicy(false, names)));
    assertThat(why).isNotNull();
    return why;
  }

  @Test
  void saysAtOnceThatTheHostOfTheOnlyTrackerCantBeFound() throws Exception {
    sharing.share(ShareMode.ON);
    StreamException why = failure(torrent, Reach.NAMED, LONG);
    assertThat(why.sentence()).isEqualTo("The host can't be found: away.example");
  }

  @Test
  void searchesTheDhtAllTheSame() throws Exception {
    sharing.share(ShareMode.ON);
    assertThat(failure(torrent, DHT, Duration.ZERO).reason()).isEqualTo(Reason.UNKNOWN_HOST);
  }

  @Test
  void saysThatNobodyAnswered() throws Exception {
    sharing.share(ShareMode.ON);
    TestTorrent known = torrent("http://tracker.example/announce");
    assertThat(failure(known, DHT, Duration.ZERO).reason()).isEqualTo(Reason.METADATA_TIMEOUT);
  }

  @Test
  void saysThatSharingIsOffBeforeAnythingElse() throws Exception {
    sharing.share(ShareMode.OFF);
    assertThat(failure(torrent, Reach.NAMED, LONG).reason()).isEqualTo(Reason.NO_SOURCE);
  }
}
