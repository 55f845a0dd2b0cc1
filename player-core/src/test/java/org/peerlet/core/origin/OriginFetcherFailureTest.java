package org.peerlet.core.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.origin.FetcherScene.LAN;
import static org.peerlet.core.origin.FetcherScene.PIECE;
import static org.peerlet.core.origin.FetcherScene.PIECES;

import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.origin.OriginEvent.BytesReceived;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.origin.OriginEvent.RequestFailed;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.torrent.TestTorrent;

/** One file, from an origin that fails: threats.md F5 to F13. */
final class OriginFetcherFailureTest {
  private final FetcherScene scene = new FetcherScene();
  private final TestTorrent torrent = scene.torrent;
  private final Metainfo metainfo = scene.metainfo;
  private final FaultyOrigin origin = scene.origin;
  private final URI url = scene.url;
  private final FetchedEvents events = scene.events;
  private final OriginFetcher fetcher = scene.fetcher;

  OriginFetcherFailureTest() throws StreamException {}

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void saysThatTheSourceHasMoved(int status) throws Exception {
    origin.fault(new OriginFault.Status(status));
    RequestFailed failed = failed(0, 4);
    assertThat(failed.lasting()).isTrue();
    assertThat(failed.failure().reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failed.failure().sentence()).isEqualTo("The source has moved (" + status + ").");
  }

  @Test
  void saysThatTheSourceHasChanged() throws Exception {
    origin.fault(new OriginFault.Status(416));
    RequestFailed failed = failed(0, 4);
    assertThat(failed.lasting()).isTrue();
    assertThat(failed.failure().reason()).isEqualTo(Reason.CONTENT_DIFFERS);
    assertThat(failed.failure().sentence()).isEqualTo("The source has changed.");
    assertThat(origin.requestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {304, 400, 418})
  void takesAnAnswerThatMeansNothingForAMisconfiguredSource(int status) throws Exception {
    origin.fault(new OriginFault.Status(status));
    RequestFailed failed = failed(0, 4);
    assertThat(failed.lasting()).isTrue();
    assertThat(failed.failure().sentence())
        .isEqualTo("The source is misconfigured (status " + status + ").");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void mayAskABusySourceAgain(int status) throws Exception {
    origin.faultNext(1, new OriginFault.Status(status));
    RequestFailed failed = failed(0, 4);
    assertThat(failed.lasting()).isFalse();
    assertThat(failed.retryAfter()).isEmpty();
    assertThat(failed.failure().sentence()).isEqualTo("The source is busy (" + status + ").");
    fetcher.fetch(1, 0, 0, 4);
    events.untilEnded(2, 10);
    assertThat(events.pieces()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void tellsWhenABusySourceWantsToBeAskedAgain() throws Exception {
    origin.fault(new OriginFault.Busy(Duration.ofSeconds(17)));
    RequestFailed failed = failed(0, 4);
    assertThat(failed.lasting()).isFalse();
    assertThat(failed.retryAfter()).contains(Duration.ofSeconds(17));
    assertThat(failed.failure().sentence()).isEqualTo("The source is busy (503), again in 17 s.");
  }

  @Test
  void mayAskASourceAgainThatDropsTheConnection() throws Exception {
    origin.fault(new OriginFault.Drop());
    RequestFailed failed = failed(0, 4);
    assertThat(failed.lasting()).isFalse();
    assertThat(failed.failure().reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, PIECE - 1, PIECE, 2 * PIECE + 5})
  void keepsPiecesThatCameBeforeTheBodyWasCut(long afterBytes) throws Exception {
    origin.fault(new OriginFault.CutBody(afterBytes));
    RequestFailed failed = failed(0, 4);
    assertThat(failed.lasting()).isFalse();
    // Perhaps not all of them: the Java client drops what it has buffered when a body breaks.
    List<Integer> whole = IntStream.range(0, (int) (afterBytes / PIECE)).boxed().toList();
    assertThat(whole).startsWith(events.pieces().toArray(Integer[]::new));
  }

  @Test
  void givesARedirectLoopUpForGood() throws Exception {
    origin.fault(new OriginFault.RedirectLoop());
    RequestFailed failed = failed(0, 4);
    assertThat(failed.lasting()).isTrue();
    assertThat(failed.failure().sentence()).contains("misconfigured");
    assertThat(origin.requestCount()).isLessThanOrEqualTo(4);
  }

  @Test
  void givesARedirectToAFileUpForGood() throws Exception {
    origin.fault(new OriginFault.Redirect(URI.create("file:///etc/passwd")));
    RequestFailed failed = failed(0, 4);
    assertThat(failed.lasting()).isTrue();
    assertThat(failed.failure().reason()).isEqualTo(Reason.ADDRESS_REFUSED);
  }

  @Test
  void refusesAPrivateAddressForGood() throws Exception {
    FetchedEvents strictEvents = new FetchedEvents();
    try (OriginFetcher strict =
        new OriginFetcher(
            metainfo,
            List.of(url.toString()),
            new CheckedHttp(new AddressPolicy(false)),
            strictEvents)) {
      strict.fetch(0, 0, 0, 4);
      strictEvents.untilEnded(1, 10);
      RequestFailed failed = strictEvents.of(RequestFailed.class).get(0);
      assertThat(failed.lasting()).isTrue();
      assertThat(failed.failure().reason()).isEqualTo(Reason.ADDRESS_REFUSED);
      assertThat(origin.connections()).isZero();
    }
  }

  @Test
  void givesAnotherRangeThanAskedUpForGood() throws Exception {
    origin.fault(new OriginFault.ShiftedRange(1));
    RequestFailed failed = failed(0, 4);
    assertThat(failed.lasting()).isTrue();
    assertThat(events.pieces()).isEmpty();
  }

  @Test
  void noticesAFileThatWasReplacedByALongerOne() throws Exception {
    origin.fault(new OriginFault.Replaced(torrent.content().length() + 1));
    assertDiffers(failed(0, 4));
    assertThat(events.pieces()).isEmpty();
  }

  @Test
  void noticesAFileThatWasReplacedByOneOfTheSameLength() throws Exception {
    origin.fault(new OriginFault.Replaced(torrent.content().length()));
    assertDiffers(failed(0, 4));
    assertThat(events.pieces()).isEmpty();
  }

  @Test
  void handsOverThePiecesBeforeAWrongOne() throws Exception {
    // Bytes 0, 3 * PIECE, 6 * PIECE … are wrong.
    origin.fault(new OriginFault.WrongBits(3 * PIECE));
    assertDiffers(failed(1, 5));
    assertThat(events.pieces()).containsExactly(1, 2);
  }

  @Test
  void saysWithinAPieceThatAWholeFileDiffers() throws Exception {
    origin.fault(new OriginFault.NoRanges(), new OriginFault.WrongBits(1 << 20));
    assertDiffers(failed(0, 4));
    assertThat(events.of(BytesReceived.class).stream().mapToInt(BytesReceived::bytes).sum())
        .isLessThan(PIECES * PIECE);
  }

  @Test
  void mayAskAHostAgainWhereNobodyListens() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    FetchedEvents deadEvents = new FetchedEvents();
    try (OriginFetcher dead =
        new OriginFetcher(
            metainfo,
            List.of("http://127.0.0.1:" + free + "/clip.mp4"),
            new CheckedHttp(LAN),
            deadEvents)) {
      dead.fetch(0, 0, 0, 4);
      deadEvents.untilEnded(1, 10);
      assertThat(deadEvents.of(RequestFailed.class)).hasSize(1);
      assertThat(deadEvents.of(RequestFailed.class).get(0).lasting()).isFalse();
    }
  }

  private RequestFailed failed(int first, int end) throws InterruptedException {
    fetcher.fetch(0, 0, first, end);
    List<OriginEvent> all = events.untilEnded(1, 10);
    assertThat(events.of(RequestFailed.class)).hasSize(1);
    assertThat(all.get(all.size() - 2)).isInstanceOf(RequestFailed.class);
    assertThat(all.get(all.size() - 1)).isEqualTo(new RequestEnded(0));
    return events.of(RequestFailed.class).get(0);
  }

  private static void assertDiffers(RequestFailed failed) {
    assertThat(failed.lasting()).isTrue();
    assertThat(failed.retryAfter()).isEqualTo(Optional.empty());
    assertThat(failed.failure().reason()).isEqualTo(Reason.CONTENT_DIFFERS);
    assertThat(failed.failure().sentence())
        .isEqualTo("The source differs from what was published.");
  }
}
