package org.peerlet.core.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.origin.OriginEvent.RequestFailed;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** What takes seconds: stalls (threats.md F10), and the end of all threads. */
final class OriginFetcherIT {
  private static final int PIECE = 16 << 10;

  private final TestTorrent torrent =
      TestTorrents.single("clip.mp4", Content.random(7, 10 * PIECE)).pieceLength(PIECE).build();
  private final FaultyOrigin origin = FaultyOrigin.open();
  private final URI url = origin.serve("clip.mp4", torrent.content());
  private final FetchedEvents events = new FetchedEvents();
  private final CheckedHttp http = new CheckedHttp(new AddressPolicy(true));
  private final OriginFetcher fetcher =
      new OriginFetcher(Metainfo.parse(torrent.bytes()), List.of(url.toString()), http, events);

  OriginFetcherIT() throws StreamException {}

  @AfterEach
  void close() {
    fetcher.close();
    http.close();
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2 * PIECE + 7})
  void breaksAStalledAnswerWithinSixSeconds(long afterBytes) throws Exception {
    origin.fault(new OriginFault.Stall(afterBytes));
    fetcher.fetch(0, 0, 0, 8);
    events.untilEnded(1, 6);
    assertThat(events.pieces()).hasSize((int) (afterBytes / PIECE));
    assertThat(events.of(RequestFailed.class)).hasSize(1);
    assertThat(events.of(RequestFailed.class).get(0).lasting()).isFalse();
    origin.heal();
    fetcher.fetch(1, 0, 0, 8);
    events.untilEnded(2, 6);
    assertThat(events.pieces()).endsWith(0, 1, 2, 3, 4, 5, 6, 7);
    events.assertRight(torrent);
  }

  @Test
  void doesNotBreakAnAnswerThatIsOnlySlow() throws Exception {
    origin.fault(new OriginFault.Throttle(12 << 10));
    fetcher.fetch(0, 0, 0, 5);
    events.untilEnded(1, 30);
    assertThat(events.pieces()).containsExactly(0, 1, 2, 3, 4);
    assertThat(events.of(RequestFailed.class)).isEmpty();
  }

  @Test
  void leavesNoThreadsBehind() throws Exception {
    origin.fault(new OriginFault.Stall(PIECE));
    fetcher.fetch(0, 0, 0, 4);
    fetcher.fetch(1, 0, 4, 8);
    events.untilPieces(2);
    fetcher.close();
    http.close();
    await().atMost(Duration.ofSeconds(5)).until(() -> threads("peerlet-origin") == 0);
    assertThat(events.of(OriginEvent.RequestEnded.class)).hasSize(2);
    assertThat(origin.openConnections()).isZero();
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }
}
