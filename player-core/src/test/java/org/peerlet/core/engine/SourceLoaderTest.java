package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.MagnetUri;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.origin.AddressPolicy;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.torrent.TestTorrents;

/** Whom a source may make us contact, and what becomes of the rest. */
final class SourceLoaderTest {
  private static final String SITE = "http://site.example/clip.mp4";
  private static final String AWAY = "http://away.example/clip.mp4";
  private static final String ROUTER = "http://router.example/clip.mp4";

  private final NameServer names =
      new NameServer()
          .knows("site.example", "93.184.216.34")
          .knows("router.example", "192.168.1.1");
  private final AddressPolicy policy = new AddressPolicy(false, names);

  private static TestTorrents clip() {
    return TestTorrents.single("clip.mp4", Content.random(1, 100_000));
  }

  private LoadedSource check(TestTorrents torrents) throws StreamException {
    return SourceLoader.check(Metainfo.parse(torrents.build().bytes()), policy, List.of());
  }

  @Test
  void keepsAnOriginThatNoNameServerKnowsNow() throws Exception {
    LoadedSource loaded = check(clip().webSeed(AWAY).webSeed(SITE));
    assertThat(loaded.origins()).containsExactly(AWAY, SITE);
    assertThat(loaded.notice()).isEmpty();
  }

  @Test
  void leavesOutAnOriginOnTheViewersNetworkAndSaysSo() throws Exception {
    LoadedSource loaded = check(clip().webSeed(ROUTER).webSeed(SITE).webSeed("no url"));
    assertThat(loaded.origins()).containsExactly(SITE);
    assertThat(loaded.notice()).hasValueSatisfying(n -> assertThat(n).contains(ROUTER, "--lan"));
  }

  @Test
  void looksNoTrackerUpBeforeTheViewersAnswer() throws Exception {
    LoadedSource loaded =
        check(
            clip().tracker("http://router.example/announce").tracker("http://127.0.0.1/announce"));
    assertThat(loaded.trackers()).containsExactly("http://router.example/announce");
    assertThat(loaded.notice()).hasValueSatisfying(n -> assertThat(n).contains("127.0.0.1"));
  }

  private SortedUrls trackers(TestTorrents torrents) throws StreamException {
    return SourceLoader.trackers(MagnetUri.parse(torrents.build().magnet()), policy);
  }

  @Test
  void takesATrackerThatNoNameServerKnowsForNoneThatIsRefused() throws Exception {
    String site = "http://site.example/announce";
    String away = "http://away.example/announce";
    String router = "http://router.example/announce";
    assertThat(trackers(clip().tracker(away).tracker(site)).allowed()).containsExactly(site);
    SortedUrls unknown = trackers(clip().tracker(away).tracker(router));
    assertThat(unknown.allowed()).isEmpty();
    assertThat(unknown.unknownHost())
        .hasValueSatisfying(
            why -> assertThat(why.sentence()).isEqualTo("The host can't be found: away.example"));
    assertThatExceptionOfType(StreamException.class)
        .isThrownBy(() -> trackers(clip().tracker(router)))
        .satisfies(why -> assertThat(why.reason()).isEqualTo(Reason.ADDRESS_REFUSED));
  }
}
