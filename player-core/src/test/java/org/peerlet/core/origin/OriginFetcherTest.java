package org.peerlet.core.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.origin.FetcherScene.LAN;
import static org.peerlet.core.origin.FetcherScene.PIECE;
import static org.peerlet.core.origin.FetcherScene.PIECES;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.origin.OriginEvent.Answered;
import org.peerlet.core.origin.OriginEvent.BytesReceived;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.origin.OriginEvent.RequestFailed;
import org.peerlet.core.origin.OriginEvent.WholeFileComes;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.torrent.TestTorrent;

/** One file, from an origin that works, and threats.md F14. */
final class OriginFetcherTest {
  private final FetcherScene scene = new FetcherScene();
  private final TestTorrent torrent = scene.torrent;
  private final Metainfo metainfo = scene.metainfo;
  private final FaultyOrigin origin = scene.origin;
  private final URI url = scene.url;
  private final FetchedEvents events = scene.events;
  private final OriginFetcher fetcher = scene.fetcher;

  OriginFetcherTest() throws StreamException {}

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void fetchesARunAsOneRange() throws Exception {
    fetcher.fetch(42, 0, 2, 5);
    List<OriginEvent> all = events.untilEnded(1, 10);
    assertThat(events.pieces()).containsExactly(2, 3, 4);
    assertThat(origin.requestCount()).isEqualTo(1);
    assertThat(origin.requests().get(0).range())
        .contains("bytes=" + 2 * PIECE + "-" + (5 * PIECE - 1));
    assertThat(all.get(0)).isInstanceOf(Answered.class);
    assertThat(all.get(all.size() - 1)).isEqualTo(new RequestEnded(42));
    assertThat(events.of(BytesReceived.class).stream().mapToInt(BytesReceived::bytes).sum())
        .isEqualTo(3 * PIECE);
    assertThat(events.of(RequestFailed.class)).isEmpty();
  }

  @Test
  void fetchesTheShortLastPiece() throws Exception {
    fetcher.fetch(0, 0, PIECES - 1, PIECES);
    events.untilEnded(1, 10);
    assertThat(events.pieces()).containsExactly(PIECES - 1);
    assertThat(origin.requests().get(0).range())
        .contains("bytes=" + (PIECES - 1) * PIECE + "-" + (torrent.content().length() - 1));
  }

  @Test
  void usesAConnectionAgain() throws Exception {
    for (int piece = 0; piece < PIECES; piece++) {
      fetcher.fetch(piece, 0, piece, piece + 1);
      events.untilEnded(piece + 1, 10);
    }
    assertThat(events.pieces()).hasSize(PIECES);
    assertThat(origin.connections()).isEqualTo(1);
  }

  /** F14, F11, and what merely delays. */
  static Stream<OriginFault> harmless() {
    return Stream.of(
        new OriginFault.Chunked(),
        new OriginFault.Http10(),
        new OriginFault.NoKeepAlive(),
        new OriginFault.SlowHeaders(Duration.ofMillis(2)),
        new OriginFault.Delay(Duration.ofMillis(50)),
        new OriginFault.Throttle(1 << 20));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void bringsTheSameBytesInSpiteOf(OriginFault fault) throws Exception {
    origin.fault(fault);
    fetcher.fetch(0, 0, 0, 4);
    fetcher.fetch(1, 0, 4, PIECES);
    events.untilEnded(2, 10);
    assertThat(events.pieces()).hasSize(PIECES).doesNotHaveDuplicates();
    assertThat(events.of(RequestFailed.class)).isEmpty();
    assertThat(origin.requestCount()).isEqualTo(2);
  }

  @Test
  void followsARedirect() throws Exception {
    try (FaultyOrigin mirror = FaultyOrigin.open()) {
      origin.fault(new OriginFault.Redirect(mirror.serve("mirror.mp4", torrent.content())));
      fetcher.fetch(0, 0, 0, 4);
      events.untilEnded(1, 10);
      assertThat(events.pieces()).containsExactly(0, 1, 2, 3);
      assertThat(mirror.requestCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, PIECES - 1})
  void takesTheWholeFileWhereThereAreNoRanges(int first) throws Exception {
    origin.fault(new OriginFault.NoRanges());
    fetcher.fetch(5, 0, first, first + 1);
    events.untilEnded(1, 10);
    assertThat(events.of(WholeFileComes.class)).containsExactly(new WholeFileComes(5, 0, PIECES));
    assertThat(events.pieces()).containsExactlyElementsOf(range(0, PIECES));
    assertThat(origin.requestCount()).isEqualTo(1);
  }

  @Test
  void takesTheWholeFileWhereThePartsAreCompressed() throws Exception {
    origin.fault(new OriginFault.Gzip());
    fetcher.fetch(5, 0, 3, 6);
    events.untilEnded(1, 10);
    assertThat(events.pieces()).containsExactlyElementsOf(range(0, PIECES));
    assertThat(origin.requestCount()).isEqualTo(2);
  }

  @Test
  void unpacksAWholeFile() throws Exception {
    origin.fault(new OriginFault.Gzip(), new OriginFault.NoRanges(), new OriginFault.Chunked());
    fetcher.fetch(5, 0, 3, 6);
    events.untilEnded(1, 10);
    assertThat(events.pieces()).containsExactlyElementsOf(range(0, PIECES));
    assertThat(origin.requestCount()).isEqualTo(1);
  }

  @Test
  void namesTheOriginThatItAsked() throws Exception {
    origin.fault(new OriginFault.Status(404));
    try (FaultyOrigin second = FaultyOrigin.open()) {
      URI other = second.serve("copy.mp4", torrent.content());
      FetchedEvents both = new FetchedEvents();
      try (OriginFetcher two =
          new OriginFetcher(
              metainfo, List.of(url.toString(), other.toString()), new CheckedHttp(LAN), both)) {
        two.fetch(10, 0, 0, 2);
        two.fetch(11, 1, 0, 2);
        both.untilEnded(2, 10);
        assertThat(both.of(RequestFailed.class).get(0).origin()).isZero();
        assertThat(both.of(RequestFailed.class).get(0).request()).isEqualTo(10);
        assertThat(both.of(OriginEvent.PieceFetched.class))
            .hasSize(2)
            .allMatch(fetched -> fetched.origin() == 1);
      }
    }
  }

  @Test
  void endsACancelledRequestWithoutAFailure() throws Exception {
    origin.fault(new OriginFault.Stall(2 * PIECE));
    fetcher.fetch(3, 0, 0, 8);
    events.untilPieces(2);
    fetcher.cancel(3);
    events.untilEnded(1, 2);
    assertThat(events.of(RequestFailed.class)).isEmpty();
    assertThat(events.of(RequestEnded.class)).containsExactly(new RequestEnded(3));
  }

  @Test
  void endsARequestThatIsCancelledBeforeAnAnswer() throws Exception {
    origin.fault(new OriginFault.Stall(0));
    fetcher.fetch(3, 0, 0, 8);
    fetcher.cancel(3);
    events.untilEnded(1, 2);
    assertThat(events.of(RequestFailed.class)).isEmpty();
    origin.heal();
    fetcher.fetch(4, 0, 0, 1);
    events.untilEnded(2, 10);
    assertThat(events.pieces()).containsExactly(0);
  }

  @Test
  void ignoresCancelsOfWhatIsOverOrNeverWas() throws Exception {
    fetcher.fetch(3, 0, 0, 1);
    events.untilEnded(1, 10);
    fetcher.cancel(3);
    fetcher.cancel(99);
    fetcher.fetch(4, 0, 1, 2);
    events.untilEnded(2, 10);
    assertThat(events.pieces()).containsExactly(0, 1);
    assertThat(events.of(RequestFailed.class)).isEmpty();
  }

  @Test
  void endsEverythingWhenItIsClosed() throws Exception {
    origin.fault(new OriginFault.Stall(PIECE));
    fetcher.fetch(0, 0, 0, 4);
    fetcher.fetch(1, 0, 4, 8);
    events.untilPieces(2);
    fetcher.close();
    events.untilEnded(2, 2);
    fetcher.close();
    fetcher.fetch(2, 0, 0, 1);
    fetcher.cancel(2);
    assertThat(events.of(RequestFailed.class)).isEmpty();
    assertThat(events.of(RequestEnded.class)).hasSize(2);
  }

  private static List<Integer> range(int first, int end) {
    return IntStream.range(first, end).boxed().toList();
  }
}
