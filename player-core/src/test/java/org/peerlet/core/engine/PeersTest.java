package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.origin.AddressPolicy;
import org.peerlet.core.origin.CheckedHttp;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.CacheFolder;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.core.torrent.FakeSession;
import org.peerlet.core.torrent.Reach;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** What the viewer is told when others can't be met, and what goes on without them. */
@Timeout(20)
final class PeersTest {
  private static final String TRACKER = "http://tracker.example/announce";
  private static final String AWAY = "http://away.example/announce";
  private static final String ROUTER = "http://router.example/announce";
  private static final Reach DHT = new Reach(true, false);

  /** No name server knows it. */
  private static final String ORIGIN = "http://site.example/clip.mp4";

  @TempDir Path temp;

  private final NameServer names =
      new NameServer()
          .knows("tracker.example", "93.184.216.34")
          .knows("router.example", "192.168.1.1");
  private final AddressPolicy policy = new AddressPolicy(false, names);
  private final CheckedHttp http = new CheckedHttp(policy);
  private final EngineLoop loop = new EngineLoop(() -> {});
  private final List<StreamException> failures = new CopyOnWriteArrayList<>();
  private final List<FakeSession> sessions = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    loop.close();
    http.close();
  }

  private static TestTorrents clip() {
    return TestTorrents.single("clip.mp4", Content.random(1, 1_000_000));
  }

  private Peers peers(TestTorrent torrent, Reach reach, UnaryOperator<FakeSession> session) {
    Peers.Opener opener =
        mode -> {
          FakeSession made = session.apply(new FakeSession(mode, torrent));
          sessions.add(made);
          return made;
        };
    return new Peers(opener, loop, reach, failures::add);
  }

  private RunningClip start(Peers peers, LoadedSource source) throws Exception {
    PieceStore store = PieceStore.open(CacheFolder.open(temp), source.metainfo());
    opened.add(store);
    RunningClip clip =
        new RunningClip(source, source.metainfo().files().get(0), store, http, loop, failures::add);
    opened.add(0, () -> loop.run(() -> clip.stop(TorrentStream.closedException())));
    peers.start(clip, source);
    loop.run(() -> {}); // what it posted is done
    return clip;
  }

  /** A viewer who shares opens a clip. */
  private Peers share(TestTorrents torrents, Reach reach) throws Exception {
    TestTorrent torrent = torrents.build();
    Peers peers = peers(torrent, reach, session -> session);
    peers.change(ShareMode.ON);
    start(peers, SourceLoader.check(Metainfo.parse(torrent.bytes()), policy, List.of()));
    return peers;
  }

  private StreamException failure() {
    assertThat(failures).hasSize(1);
    return failures.get(0);
  }

  private List<List<String>> joined() {
    return sessions.get(0).trackers();
  }

  @Test
  void joinsTheSwarmOfTheTrackersThatMayBeAsked() throws Exception {
    Peers peers = share(clip().tracker(AWAY).tracker(TRACKER), Reach.NAMED);
    assertThat(joined()).containsExactly(List.of(TRACKER));
    assertThat(failures).isEmpty();
    assertThat(peers.leftOut()).isNull();
    assertThat(peers.notice()).isNull();
  }

  @Test
  void saysThatTheHostOfTheOnlyTrackerCantBeFound() throws Exception {
    share(clip().tracker(ROUTER).tracker(AWAY), Reach.NAMED);
    assertThat(failure().reason()).isEqualTo(Reason.UNKNOWN_HOST);
    assertThat(failure().sentence()).isEqualTo("The host can't be found: away.example");
    assertThat(joined()).isEmpty();
  }

  @Test
  void saysThatTheOnlyTrackerIsRefused() throws Exception {
    share(clip().tracker(ROUTER), Reach.NAMED);
    assertThat(failure().reason()).isEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(failure().sentence()).contains(ROUTER, "--lan");
  }

  @Test
  void saysThatATorrentNamesNobody() throws Exception {
    share(clip(), Reach.NAMED);
    assertThat(failure().reason()).isEqualTo(Reason.NO_SOURCE);
  }

  @Test
  void looksForOthersWithoutATrackerWhereThereIsTheDht() throws Exception {
    Peers peers = share(clip().tracker(AWAY), DHT);
    assertThat(joined()).containsExactly(List.of());
    assertThat(failures).isEmpty();
    assertThat(peers.leftOut()).isNull();
  }

  @Test
  void playsFromTheOriginAndTellsWhyNobodyElseIsAsked() throws Exception {
    Peers peers = share(clip().webSeed(ORIGIN).tracker(AWAY), Reach.NAMED);
    assertThat(failures).isEmpty();
    assertThat(peers.leftOut()).isEqualTo("The host can't be found: away.example");
  }

  @Test
  void tellsOfATrackerThatIsRefusedOnceItWasLookedUp() throws Exception {
    Peers peers = share(clip().tracker(TRACKER).tracker(ROUTER), Reach.NAMED);
    assertThat(joined()).containsExactly(List.of(TRACKER));
    assertThat(peers.leftOut()).contains(ROUTER, "--lan");
    peers.change(ShareMode.OFF);
    assertThat(peers.leftOut()).isNull();
  }

  /** An origin that has failed for good: each request is refused. */
  private LoadedSource withLostOrigin(TestTorrent torrent) throws StreamException {
    return new LoadedSource(
        Metainfo.parse(torrent.bytes()),
        policy,
        List.of(TRACKER),
        List.of("http://127.0.0.1:9/clip.mp4"),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Waits until the origin is lost; the clip goes on with peers. */
  private void loseOrigin(RunningClip clip) {
    loop.run(clip::expectReader);
    boolean[] lost = {false};
    while (!lost[0]) {
      loop.run(() -> lost[0] = clip.originNotice() != null);
    }
    loop.run(clip::tick);
    assertThat(failures).isEmpty();
  }

  @Test
  void playsOnFromPeersWhileSharingBecomesReceiving() throws Exception {
    TestTorrent torrent = clip().tracker(TRACKER).build();
    List<RunningClip> playing = new ArrayList<>();
    Peers peers =
        peers(
            torrent,
            Reach.NAMED,
            session -> session.whileClosing(() -> playing.forEach(clip -> loop.run(clip::tick))));
    peers.change(ShareMode.ON);
    playing.add(start(peers, withLostOrigin(torrent)));
    loseOrigin(playing.get(0));
    peers.change(ShareMode.RECEIVE);
    loop.run(playing.get(0)::tick);
    assertThat(failures).isEmpty();
    assertThat(sessions.get(1).trackers()).hasSize(1);
    peers.change(ShareMode.OFF);
    loop.run(playing.get(0)::tick);
    assertThat(failures).isNotEmpty();
    assertThat(failures.get(0).reason()).isEqualTo(Reason.ADDRESS_REFUSED);
  }

  @Test
  void saysThatTheTorrentWasRefusedWhereNobodyElseDelivers() throws Exception {
    TestTorrent torrent = clip().tracker(TRACKER).build();
    Peers peers = peers(torrent, Reach.NAMED, FakeSession::refuse);
    peers.change(ShareMode.ON);
    start(peers, SourceLoader.check(Metainfo.parse(torrent.bytes()), policy, List.of()));
    assertThat(failure().reason()).isEqualTo(Reason.INTERNAL);
    assertThat(failure().sentence()).contains("refuses");
  }

  @Test
  void playsFromTheSiteAndSaysSoWhereTheTorrentWasRefused() throws Exception {
    TestTorrent torrent = clip().tracker(TRACKER).webSeed(ORIGIN).build();
    Peers peers =
        peers(torrent, Reach.NAMED, session -> sessions.isEmpty() ? session.refuse() : session);
    peers.change(ShareMode.ON);
    start(peers, SourceLoader.check(Metainfo.parse(torrent.bytes()), policy, List.of()));
    assertThat(failures).isEmpty();
    assertThat(peers.notice()).contains("refuses").endsWith("The video comes from the site alone.");
    peers.change(ShareMode.ON); // nothing new
    assertThat(peers.notice()).isNotNull();
    peers.change(ShareMode.RECEIVE);
    loop.run(() -> {});
    assertThat(peers.notice()).isNull();
    assertThat(sessions.get(1).trackers()).hasSize(1);
  }
}
