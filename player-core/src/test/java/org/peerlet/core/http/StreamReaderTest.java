package org.peerlet.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.metainfo.FileEntry;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.storage.CacheFolder;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** Also of {@link PieceAvailability}, where its reads wait. */
final class StreamReaderTest {
  private static final int PIECE = 16 << 10;
  private static final int CLIP = 1;

  /** The clip begins in the middle of piece 0 and ends in the middle of piece 5. */
  private final TestTorrent torrent =
      TestTorrents.folder("show")
          .pieceLength(PIECE)
          .file("cover.jpg", Content.random(1, 10_000))
          .file("clip.mp4", Content.random(2, 5 * PIECE))
          .file("notes.txt", Content.random(3, PIECE))
          .build();

  private final Content clip = torrent.files().get(CLIP).content();
  private final List<String> heard = new ArrayList<>();

  @TempDir Path temp;

  private PieceStore store;
  private FileLayout layout;
  private PieceAvailability availability;

  @BeforeEach
  void open() throws Exception {
    Metainfo metainfo = Metainfo.parse(torrent.bytes());
    FileEntry file = metainfo.files().get(CLIP);
    store = PieceStore.open(CacheFolder.open(temp), metainfo);
    layout = new FileLayout(file.offset(), file.length(), PIECE, metainfo.totalLength());
    availability = new PieceAvailability(layout);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readsTheWholeClip() throws Exception {
    arrive(0, 1, 2, 3, 4, 5);
    StreamReader reader = reader(0, clip.length());
    assertThat(readAll(reader)).isEqualTo(clip.bytes());
    assertThat(reader.position()).isEqualTo(clip.length());
    assertThat(reader.bytesRead()).isEqualTo(clip.length());
    assertThat(reader.read(ByteBuffer.allocate(1))).isEqualTo(-1);
  }

  @Test
  void readsFromAnywhereToAnywhere() throws Exception {
    arrive(0, 1, 2, 3, 4, 5);
    assertThat(readAll(reader(7_777, 33_333))).isEqualTo(clip.bytes(7_777, 33_333 - 7_777));
    assertThat(readAll(reader(clip.length() - 1, clip.length()))).hasSize(1);
    assertThat(readAll(reader(clip.length(), clip.length()))).isEmpty();
    assertThat(readAll(reader(5, 5))).isEmpty();
  }

  @Test
  void givesWhatIsThereAndNoByteOfThePieceBehind() throws Exception {
    arrive(0, 1, 3);
    // Written, not verified.
    store.write(2, new byte[PIECE]);
    StreamReader reader = reader(0, clip.length());
    ByteBuffer into = ByteBuffer.allocate(5 * PIECE);
    assertThat(reader.read(into)).isEqualTo(2 * PIECE - 10_000);
    Blocked blocked = new Blocked(reader);
    blocked.awaitWaiting();
    store.write(2, torrent.piece(2));
    availability.add(2);
    assertThat(blocked.bytes()).isEqualTo(clip.bytes(2 * PIECE - 10_000, 100));
  }

  @Test
  void waitsForItsPieceAndNoOther() throws Exception {
    Blocked blocked = new Blocked(reader(0, clip.length()));
    blocked.awaitWaiting();
    arrive(3);
    blocked.awaitWaiting();
    assertThat(blocked.isDone()).isFalse();
    arrive(0);
    assertThat(blocked.bytes()).isEqualTo(clip.bytes(0, 100));
  }

  @Test
  void fillsABufferAsFarAsItHasRoom() throws Exception {
    arrive(0, 1);
    ByteBuffer into = ByteBuffer.allocate(50);
    into.position(20).limit(30);
    assertThat(reader(0, clip.length()).read(into)).isEqualTo(10);
    assertThat(into.position()).isEqualTo(30);
    assertThat(into.slice(20, 10)).isEqualTo(ByteBuffer.wrap(clip.bytes(0, 10)));
    assertThat(reader(0, clip.length()).read(ByteBuffer.allocate(0))).isZero();
  }

  @Test
  void stopsAtTheLimitUntilItMoves() throws Exception {
    arrive(0, 1, 2, 3, 4, 5);
    availability.limit(new ReadLimit(1_000, List.of()));
    StreamReader reader = reader(900, clip.length());
    assertThat(reader.read(ByteBuffer.allocate(500))).isEqualTo(100);
    Blocked blocked = new Blocked(reader);
    blocked.awaitWaiting();
    availability.limit(new ReadLimit(1_000, List.of()));
    blocked.awaitWaiting();
    availability.limit(new ReadLimit(1_060, List.of()));
    assertThat(blocked.bytes()).isEqualTo(clip.bytes(1_000, 60));
    availability.limit(ReadLimit.NONE);
    assertThat(readAll(reader)).hasSize((int) clip.length() - 1_060);
  }

  @Test
  void readsTheIndexBehindTheLimit() throws Exception {
    arrive(0, 1, 2, 3, 4, 5);
    availability.limit(new ReadLimit(1_000, List.of(new ByteSpan(50_000, 51_000))));
    StreamReader reader = reader(50_500, clip.length());
    assertThat(reader.read(ByteBuffer.allocate(5_000))).isEqualTo(500);
    new Blocked(reader).awaitWaiting();
    new Blocked(reader(49_999, clip.length())).awaitWaiting();
  }

  @Test
  void isNotHeldWhereNothingCanBeShownBefore() throws Exception {
    arrive(0, 1, 2, 3, 4, 5);
    availability.limit(new ReadLimit(1_000, List.of()));
    StreamReader reader = reader(50_000, 50_500, true);
    assertThat(reader.read(ByteBuffer.allocate(500))).isEqualTo(500);
  }

  @Test
  void isWokenByItsCloseFromAnotherThread() throws Exception {
    StreamReader reader = reader(0, clip.length());
    Blocked blocked = new Blocked(reader);
    blocked.awaitWaiting();
    reader.close();
    assertThat(blocked.failure().reason()).isEqualTo(Reason.CLOSED);
    reader.close();
    assertThat(heard).containsExactly("closed");
  }

  @Test
  void leavesTheOtherReadersAlone() throws Exception {
    StreamReader reader = reader(0, clip.length());
    Blocked other = new Blocked(reader(0, clip.length()));
    other.awaitWaiting();
    reader.close();
    other.awaitWaiting();
    arrive(0);
    assertThat(other.bytes()).isEqualTo(clip.bytes(0, 100));
  }

  @Test
  void readsNothingAfterItsClose() throws Exception {
    arrive(0);
    StreamReader reader = reader(0, 100);
    reader.close();
    assertThat(failureOf(reader).reason()).isEqualTo(Reason.CLOSED);
    StreamReader atEnd = reader(100, 100);
    atEnd.close();
    assertThat(failureOf(atEnd).reason()).isEqualTo(Reason.CLOSED);
  }

  @Test
  void endsWithTheStreamsFailureWhereItWouldHaveToWait() throws Exception {
    arrive(0);
    StreamException why = new StreamException(Reason.UNREACHABLE, "The source has moved.");
    Blocked blocked = new Blocked(reader(2 * PIECE, clip.length()));
    blocked.awaitWaiting();
    availability.fail(why);
    availability.fail(new StreamException(Reason.INTERNAL, "Too late."));
    assertThat(blocked.failure()).isSameAs(why);
    StreamReader later = reader(0, clip.length());
    assertThat(later.read(ByteBuffer.allocate(100))).isEqualTo(100);
    assertThat(failureOf(reader(3 * PIECE, clip.length()))).isSameAs(why);
  }

  @Test
  void saysThatTheClipWasClosedUnderneath() throws Exception {
    arrive(0);
    store.close();
    assertThat(failureOf(reader(0, 100)).reason()).isEqualTo(Reason.CLOSED);
  }

  @Test
  void saysThatTheCacheIsBroken() throws Exception {
    arrive(0);
    Files.write(store.folder().resolve(PieceStore.fileName(CLIP)), new byte[0]);
    StreamException failure = failureOf(reader(0, 100));
    assertThat(failure.reason()).isEqualTo(Reason.CACHE_NOT_WRITABLE);
    assertThat(failure.sentence()).startsWith("The cache can't be read: ");
  }

  @Test
  void endsWhenItsThreadIsInterruptedAndDisturbsNobody() throws Exception {
    arrive(0);
    Blocked waiting = new Blocked(reader(2 * PIECE, clip.length()));
    waiting.awaitWaiting();
    waiting.interrupt();
    assertThat(waiting.interrupted()).isTrue();
    StreamReader other = reader(0, clip.length());
    other.read(ByteBuffer.allocate(10));
    // Interrupted while the bytes are there: in the file itself.
    Thread.currentThread().interrupt();
    InterruptedException end =
        catchThrowableOfType(
            InterruptedException.class,
            () -> reader(0, clip.length()).read(ByteBuffer.allocate(10)));
    assertThat(end).isNotNull();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    ByteBuffer into = ByteBuffer.allocate(10);
    assertThat(other.read(into)).isEqualTo(10);
    assertThat(into.array()).isEqualTo(clip.bytes(10, 10));
  }

  @Test
  void tellsOfItsFirstByteAndOfEachPiece() throws Exception {
    arrive(0, 1, 2, 3, 4, 5);
    StreamReader reader = reader(0, clip.length());
    int[] reads = {100, 100, PIECE - 10_000 - 200, 100, PIECE};
    for (int bytes : reads) {
      assertThat(reader.read(ByteBuffer.allocate(bytes))).isEqualTo(bytes);
    }
    assertThat(heard)
        .containsExactly(
            "moved 100", "moved " + (PIECE - 10_000), "moved " + (2 * PIECE - 10_000 + 100));
    readAll(reader);
    assertThat(heard).doesNotContain("moved " + clip.length());
    reader.close();
    assertThat(heard).endsWith("closed");
  }

  private void arrive(int... pieces) throws IOException {
    for (int piece : pieces) {
      store.write(piece, torrent.piece(piece));
      availability.add(piece);
    }
  }

  private StreamReader reader(long position, long end) {
    return reader(position, end, false);
  }

  private StreamReader reader(long position, long end, boolean urgent) {
    return new StreamReader(
        layout,
        CLIP,
        store,
        availability,
        position,
        end,
        urgent,
        new StreamReader.Observer() {
          @Override
          public void moved(StreamReader reader) {
            heard.add("moved " + reader.position());
          }

          @Override
          public void closed(StreamReader reader) {
            heard.add("closed");
          }
        });
  }

  private static byte[] readAll(StreamReader reader) throws Exception {
    ByteBuffer all = ByteBuffer.allocate((int) (reader.end() - reader.position()));
    while (reader.read(all.hasRemaining() ? all : ByteBuffer.allocate(1)) >= 0) {
      // Until the end.
    }
    return all.array();
  }

  private static StreamException failureOf(StreamReader reader) {
    StreamException failure =
        catchThrowableOfType(StreamException.class, () -> reader.read(ByteBuffer.allocate(100)));
    assertThat(failure).isNotNull();
    return failure;
  }

  /** A read of up to 100 bytes on a thread of its own. */
  private static final class Blocked {
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private final Thread thread;

    Blocked(StreamReader reader) {
      thread =
          new Thread(
              () -> {
                try {
                  ByteBuffer into = ByteBuffer.allocate(100);
                  byte[] bytes = new byte[reader.read(into)];
                  into.flip().get(bytes);
                  result.complete(bytes);
                } catch (StreamException | InterruptedException | RuntimeException failed) {
                  result.completeExceptionally(failed);
                }
              },
              "blocked reader");
      thread.setDaemon(true);
      thread.start();
    }

    void awaitWaiting() {
      while (thread.getState() != Thread.State.WAITING && !result.isDone()) {
        Thread.onSpinWait();
      }
      assertThat(result).isNotDone();
    }

    boolean isDone() {
      return result.isDone();
    }

    void interrupt() {
      thread.interrupt();
    }

    byte[] bytes() throws Exception {
      return result.get(10, TimeUnit.SECONDS);
    }

    StreamException failure() {
      StreamException failure = catchThrowableOfType(StreamException.class, this::rethrow);
      assertThat(failure).isNotNull();
      return failure;
    }

    boolean interrupted() {
      return catchThrowableOfType(InterruptedException.class, this::rethrow) != null;
    }

    private void rethrow() throws Throwable {
      try {
        bytes();
      } catch (ExecutionException failed) {
        throw failed.getCause() == null ? failed : failed.getCause();
      }
    }
  }
}
