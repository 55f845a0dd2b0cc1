package org.peerlet.core.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.origin.OriginEvent.Answered;
import org.peerlet.core.origin.OriginEvent.BytesReceived;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.origin.OriginEvent.RequestFailed;
import org.peerlet.core.origin.OriginEvent.WholeFileComes;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** One file, and threats.md F5 to F14. */
final class OriginFetcherTest {
  private static final int PIECE = 16 << 10;
  private static final int PIECES = 10;
  private static final AddressPolicy LAN = new AddressPolicy(true);

  private final TestTorrent torrent =
      TestTorrents.single("clip.mp4", Content.random(7, (PIECES - 1) * PIECE + 1234))
          .pieceLength(PIECE)
          .build();
  private final Metainfo metainfo = Metainfo.parse(torrent.bytes());
  private final FaultyOrigin origin = FaultyOrigin.open();
  private final URI url = origin.serve("clip.mp4", torrent.content());
  private final FetchedEvents events = new FetchedEvents();
  private final OriginFetcher fetcher =
      new OriginFetcher(metainfo, List.of(url.toString()), LAN, events);

  OriginFetcherTest() throws StreamException {}

  @AfterEach
  void close() {
    fetcher.close();
    origin.close();
    events.assertRight(torrent);
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
            metainfo, List.of(url.toString()), new AddressPolicy(false), strictEvents)) {
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
  void mayAskAHostAgainWhereNobodyListens() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    FetchedEvents deadEvents = new FetchedEvents();
    try (OriginFetcher dead =
        new OriginFetcher(
            metainfo, List.of("http://127.0.0.1:" + free + "/clip.mp4"), LAN, deadEvents)) {
      dead.fetch(0, 0, 0, 4);
      deadEvents.untilEnded(1, 10);
      assertThat(deadEvents.of(RequestFailed.class)).hasSize(1);
      assertThat(deadEvents.of(RequestFailed.class).get(0).lasting()).isFalse();
    }
  }

  @Test
  void namesTheOriginThatItAsked() throws Exception {
    origin.fault(new OriginFault.Status(404));
    try (FaultyOrigin second = FaultyOrigin.open()) {
      URI other = second.serve("copy.mp4", torrent.content());
      FetchedEvents both = new FetchedEvents();
      try (OriginFetcher two =
          new OriginFetcher(metainfo, List.of(url.toString(), other.toString()), LAN, both)) {
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

  private static List<Integer> range(int first, int end) {
    return IntStream.range(first, end).boxed().toList();
  }
}
