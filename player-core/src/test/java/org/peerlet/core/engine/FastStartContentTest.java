package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.http.ContentReader;
import org.peerlet.core.media.FastStartView;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.fixtures.media.Media;

@Timeout(20)
final class FastStartContentTest {
  private static final byte[] FILE = Media.CLIP_10S_INDEX_LAST.bytes();
  private static final int LENGTH = FILE.length;

  private final ArrayContent file = new ArrayContent(FILE);
  private final CompletableFuture<FastStartView> view = new CompletableFuture<>();
  private final FastStartContent content = new FastStartContent(file, view);
  private FastStartView front;
  private ClipInspection inspection;
  private int frontEnd;
  private int indexEnd;

  @BeforeEach
  void inspect() throws Exception {
    CompletableFuture<FastStartView> told = new CompletableFuture<>();
    ArrayContent seen = new ArrayContent(FILE);
    inspection = new ClipInspector(LENGTH, seen::open, told).inspect();
    front = told.getNow(null);
    frontEnd = (int) front.segments().get(0).end();
    indexEnd = (int) front.segments().get(1).end();
  }

  @Test
  void readsTheSameWhereverAReadBeginsAndEnds() throws Exception {
    view.complete(front);
    byte[] whole = read(0, LENGTH, 8192);
    assertThat(whole).hasSize(LENGTH);
    assertThat(whole).isNotEqualTo(FILE);
    long seed = System.nanoTime();
    System.out.println("FastStartContentTest seed " + seed);
    Random random = new Random(seed);
    int[] edges = {0, frontEnd, indexEnd, LENGTH};
    for (int i = 0; i < 500; i++) {
      int around = edges[random.nextInt(edges.length)] + random.nextInt(41) - 20;
      int first = Math.max(0, Math.min(LENGTH, around));
      int end = first + random.nextInt(Math.min(20_000, LENGTH - first) + 1);
      assertThat(read(first, end, 1 + random.nextInt(2000)))
          .as("[%d, %d)", first, end)
          .isEqualTo(Arrays.copyOfRange(whole, first, end));
    }
    assertThat(file.open()).isZero();
  }

  @Test
  void servesAClipWhoseSamplesAreTheSame() throws Exception {
    view.complete(front);
    byte[] whole = read(0, LENGTH, 8192);
    Mp4Index moved =
        new ClipInspector(LENGTH, new ArrayContent(whole)::open, new CompletableFuture<>())
            .inspect()
            .index()
            .orElseThrow();
    Mp4Index original = inspection.index().orElseThrow();
    assertThat(moved.mediaFirst()).isEqualTo(original.mediaFirst() + indexEnd - frontEnd);
    assertThat(moved.duration()).isEqualTo(original.duration());
    int first = (int) original.mediaFirst();
    int moves = indexEnd - frontEnd;
    assertThat(Arrays.copyOfRange(whole, first + moves, LENGTH))
        .isEqualTo(Arrays.copyOfRange(FILE, first, LENGTH - moves));
  }

  @Test
  void readsTheFileAtItsOwnOffsetsWithOneReader() throws Exception {
    view.complete(front);
    int moves = indexEnd - frontEnd;
    int mediaEnd = LENGTH - moves;
    read(0, LENGTH, 8192);
    // The window of a reader goes on from the boxes in front to the media: no byte is between.
    assertThat(file.opened()).containsExactly(new ByteSpan(0, mediaEnd));

    read(100_000, LENGTH, 8192);
    read(100_000, 100_010, 8192);
    assertThat(file.opened())
        .endsWith(
            new ByteSpan(100_000 - moves, mediaEnd),
            new ByteSpan(100_000 - moves, 100_010 - moves));
  }

  @Test
  void fetchesTheMediaWhileTheIndexIsServed() throws Exception {
    view.complete(front);
    try (ContentReader reader = content.open(frontEnd + 10, LENGTH)) {
      reader.read(ByteBuffer.allocate(1));
      assertThat(file.opened())
          .containsExactly(new ByteSpan(frontEnd, LENGTH - (indexEnd - frontEnd)));
    }
    assertThat(file.open()).isZero();
    try (ContentReader reader = content.open(frontEnd + 10, indexEnd)) {
      reader.read(ByteBuffer.allocate(1));
      assertThat(file.opened()).hasSize(1);
    }
  }

  @Test
  void opensNothingBeforeItIsKnownHowTheClipIsServed() throws Exception {
    try (ContentReader reader = content.open(0, LENGTH)) {
      CompletableFuture<Integer> read = readAside(reader);
      assertThat(read).isNotDone();
      assertThat(file.opened()).isEmpty();
      view.complete(front);
      assertThat(read.get(5, TimeUnit.SECONDS)).isPositive();
    }
  }

  @Test
  void servesAFileAsItIsWhereNothingIsToBeMoved() throws Exception {
    view.complete(FastStartView.asItIs(LENGTH));
    assertThat(read(0, LENGTH, 8192)).isEqualTo(FILE);
    assertThat(read(5, 17, 3)).isEqualTo(Arrays.copyOfRange(FILE, 5, 17));
    assertThat(file.opened()).containsExactly(new ByteSpan(0, LENGTH), new ByteSpan(5, 17));
  }

  @Test
  void endsTheWaitWhenItIsClosed() {
    ContentReader reader = content.open(0, LENGTH);
    CompletableFuture<Integer> read = readAside(reader);
    reader.close();
    assertThat(failure(read).reason()).isEqualTo(Reason.CLOSED);
    view.complete(front);
    assertThat(failure(readAside(reader)).reason()).isEqualTo(Reason.CLOSED);
    assertThat(file.opened()).isEmpty();
  }

  @Test
  void endsWithWhatEndsTheStream() {
    CompletableFuture<Integer> read = readAside(content.open(0, LENGTH));
    StreamException why = new StreamException(Reason.CACHE_NOT_WRITABLE, "The disk is full.");
    view.completeExceptionally(why);
    assertThat(failure(read)).isSameAs(why);
  }

  @Test
  void closesTheReaderOfTheFile() throws Exception {
    view.complete(front);
    ContentReader reader = content.open(indexEnd + 5, LENGTH);
    assertThat(reader.read(ByteBuffer.allocate(10))).isEqualTo(10);
    reader.close();
    reader.close();
    assertThat(file.open()).isZero();
    assertThat(
            catchThrowableOfType(StreamException.class, () -> reader.read(ByteBuffer.allocate(1))))
        .extracting(StreamException::reason)
        .isEqualTo(Reason.CLOSED);
  }

  @Test
  void isAnotherEntityOfTheSameLengthAndKind() {
    assertThat(content.lengthBytes()).isEqualTo(LENGTH);
    assertThat(content.entityTag()).isEqualTo("\"tag-front\"");
    assertThat(content.mediaType()).isEqualTo("video/mp4");
    assertThat(content.lastModified()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void losesItsSoundWhereItIsServed() throws Exception {
    view.complete(front);
    SilentContent silent = new SilentContent(content, inspection.silent());
    assertThat(silent.entityTag()).isEqualTo("\"tag-front-silent\"");
    byte[] bytes = new byte[LENGTH];
    try (ContentReader reader = silent.open(0, LENGTH)) {
      ByteBuffer into = ByteBuffer.wrap(bytes);
      while (into.hasRemaining()) {
        reader.read(into);
      }
    }
    ClipInspection found =
        new ClipInspector(LENGTH, new ArrayContent(bytes)::open, new CompletableFuture<>())
            .inspect();
    assertThat(found.index().orElseThrow().tracks()).hasSize(1);
    assertThat(found.silent()).isEmpty();
    assertThat(found.indexSpan()).isEqualTo(new ByteSpan(frontEnd, indexEnd));
  }

  private byte[] read(int first, int end, int step) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (ContentReader reader = content.open(first, end)) {
      ByteBuffer into = ByteBuffer.allocate(step);
      while (reader.read(into) >= 0) {
        all.write(into.array(), 0, into.position());
        into.clear();
      }
    }
    return all.toByteArray();
  }

  private static CompletableFuture<Integer> readAside(ContentReader reader) {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                done.complete(reader.read(ByteBuffer.allocate(10)));
              } catch (StreamException | InterruptedException failed) {
                done.completeExceptionally(failed);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private static StreamException failure(CompletableFuture<Integer> read) {
    ExecutionException failed =
        catchThrowableOfType(ExecutionException.class, () -> read.get(5, TimeUnit.SECONDS));
    assertThat(failed.getCause()).isInstanceOf(StreamException.class);
    return failed.getCause() instanceof StreamException why
        ? why
        : new StreamException(Reason.INTERNAL, "Never.");
  }
}
