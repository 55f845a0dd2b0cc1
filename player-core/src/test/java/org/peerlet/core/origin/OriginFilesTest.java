package org.peerlet.core.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.origin.OriginEvent.RequestFailed;
import org.peerlet.core.origin.OriginEvent.WholeFileComes;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.origin.OriginRequest;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** Torrents of several files: pieces that two files share, padding, and origins without ranges. */
final class OriginFilesTest {
  private static final int PIECE = 16 << 10;

  private final FaultyOrigin origin = FaultyOrigin.open();
  private final FetchedEvents events = new FetchedEvents();

  /** Piece 0 ends in the clip, pieces 1 to 4 are the clip's own, piece 5 begins the notes. */
  private final TestTorrent packed =
      TestTorrents.folder("show")
          .pieceLength(PIECE)
          .file("cover.jpg", Content.random(1, 10_000))
          .file("clip one.mp4", Content.random(2, 5 * PIECE))
          .file("notes/read me.txt", Content.random(3, 2 * PIECE))
          .build();

  /** The same, with each file at a piece of its own: 0, 1 to 5, 6 to 7. */
  private final TestTorrent padded =
      TestTorrents.folder("show")
          .pieceLength(PIECE)
          .file("cover.jpg", Content.random(1, 10_000))
          .padding()
          .file("clip one.mp4", Content.random(2, 4 * PIECE + 99))
          .padding()
          .file("notes/read me.txt", Content.random(3, 2 * PIECE))
          .build();

  @AfterEach
  void close() {
    origin.close();
  }

  @Test
  void joinsAPieceOfTwoFiles() throws Exception {
    fetch(packed, 0, 2);
    assertThat(events.pieces()).containsExactly(0, 1);
    assertThat(origin.requests())
        .extracting(OriginRequest::path)
        .containsExactly("/show/cover.jpg", "/show/clip%20one.mp4");
    assertThat(origin.requests())
        .extracting(request -> request.range().orElse(""))
        .containsExactly("bytes=0-9999", "bytes=0-" + (2 * PIECE - 10_000 - 1));
  }

  @Test
  void fetchesAllPiecesOfATorrentWithoutPadding() throws Exception {
    fetch(packed, 0, packed.pieces());
    assertThat(events.pieces()).containsExactlyElementsOf(range(0, packed.pieces()));
    assertThat(events.of(RequestFailed.class)).isEmpty();
  }

  @Test
  void neverAsksForPadding() throws Exception {
    fetch(padded, 0, padded.pieces());
    assertThat(events.pieces()).containsExactlyElementsOf(range(0, padded.pieces()));
    assertThat(origin.requests())
        .extracting(OriginRequest::path)
        .containsExactly("/show/cover.jpg", "/show/clip%20one.mp4", "/show/notes/read%20me.txt");
  }

  @Test
  void takesAWholeClipBesidePaddingInOneRequest() throws Exception {
    origin.fault(new OriginFault.NoRanges());
    fetch(padded, 1, 3);
    assertThat(events.of(WholeFileComes.class)).containsExactly(new WholeFileComes(0, 1, 6));
    assertThat(events.pieces()).containsExactly(1, 2, 3, 4, 5);
    assertThat(origin.requestCount()).isEqualTo(1);
  }

  @Test
  void takesAWholeClipWithThePiecesThatItShares() throws Exception {
    origin.fault(new OriginFault.NoRanges());
    fetch(packed, 0, 3);
    assertThat(events.of(WholeFileComes.class)).containsExactly(new WholeFileComes(0, 0, 6));
    assertThat(events.pieces()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(events.of(RequestFailed.class)).isEmpty();
    assertThat(origin.requestCount()).isEqualTo(3);
  }

  @Test
  void takesAWholeClipFromTheMiddleOfIt() throws Exception {
    origin.fault(new OriginFault.NoRanges());
    fetch(packed, 3, 4);
    assertThat(events.of(WholeFileComes.class)).containsExactly(new WholeFileComes(0, 1, 6));
    assertThat(events.pieces()).containsExactly(1, 2, 3, 4, 5);
    assertThat(origin.requestCount()).isEqualTo(2);
  }

  @Test
  void takesNoWholeFileForASharedPieceAlone() throws Exception {
    origin.fault(new OriginFault.NoRanges());
    fetch(packed, 5, 6);
    assertThat(events.of(WholeFileComes.class)).isEmpty();
    assertThat(events.pieces()).containsExactly(5);
    assertThat(origin.requestCount()).isEqualTo(2);
  }

  @Test
  void doesNotReadThroughAFilmForTheEndOfIt() throws Exception {
    TestTorrent films =
        TestTorrents.folder("films")
            .pieceLength(16 << 20)
            .file("first.mp4", Content.zeros((48L << 20) + 1))
            .file("second.mp4", Content.zeros(1 << 20))
            .build();
    origin.fault(new OriginFault.NoRanges());
    fetch(films, 3, 4);
    RequestFailed failed = events.of(RequestFailed.class).get(0);
    assertThat(failed.lasting()).isTrue();
    assertThat(failed.failure().reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(origin.bytesSent()).isLessThan(16 << 20);
  }

  @Test
  void saysThatANameCannotBeAskedFor() throws Exception {
    TestTorrent traversal =
        TestTorrents.folder("..").pieceLength(PIECE).file("a.mp4", Content.zeros(PIECE)).build();
    fetch(traversal, 0, 1);
    RequestFailed failed = events.of(RequestFailed.class).get(0);
    assertThat(failed.lasting()).isTrue();
    assertThat(origin.connections()).isZero();
  }

  private void fetch(TestTorrent torrent, int first, int end)
      throws StreamException, InterruptedException {
    for (TestTorrent.File file : torrent.files()) {
      origin.serve(torrent.name() + "/" + file.path().replace(" ", "%20"), file.content());
    }
    try (OriginFetcher fetcher =
        new OriginFetcher(
            Metainfo.parse(torrent.bytes()),
            List.of(origin.uri("").toString()),
            new CheckedHttp(new AddressPolicy(true)),
            events)) {
      fetcher.fetch(0, 0, first, end);
      events.untilEnded(1, 10);
    }
    events.assertRight(torrent);
  }

  private static List<Integer> range(int first, int end) {
    return IntStream.range(first, end).boxed().toList();
  }
}
