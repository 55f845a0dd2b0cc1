package org.peerlet.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.torrent.HostileTorrent;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

final class PieceStoreTest {
  private static final int PIECE = 16 << 10;

  @TempDir Path temp;

  private final TestTorrent show =
      TestTorrents.folder("show")
          .pieceLength(PIECE)
          .file("cover.jpg", Content.random(1, 10_000))
          .padding()
          .file("clip.mp4", Content.random(2, 3 * PIECE + 99))
          .file("empty.txt", Content.zeros(0))
          .file("notes.txt", Content.random(3, 2 * PIECE))
          .build();

  @Test
  void putsEachFileUnderItsIndex() throws Exception {
    try (PieceStore store = open(show)) {
      writeAll(store, show);
      assertThat(store.folder()).isEqualTo(temp.toRealPath().resolve(show.infoHashHex()));
      assertThat(filesBelow(store.folder())).containsExactlyInAnyOrder("0", "2", "4");
      for (int file : new int[] {0, 2, 4}) {
        assertThat(Files.readAllBytes(store.folder().resolve(PieceStore.fileName(file))))
            .isEqualTo(show.files().get(file).content().bytes());
      }
    }
  }

  @Test
  void readsWhereverAndAsMuchAsFits() throws Exception {
    try (PieceStore store = open(show)) {
      writeAll(store, show);
      ByteBuffer into = ByteBuffer.allocate(100);
      into.position(10).limit(60);
      assertThat(store.read(2, PIECE - 20, into)).isEqualTo(50);
      assertThat(into.position()).isEqualTo(60);
      byte[] expected = show.files().get(2).content().bytes(PIECE - 20, 50);
      assertThat(into.slice(10, 50)).isEqualTo(ByteBuffer.wrap(expected));
      assertThat(store.read(2, 0, into)).isZero();
    }
  }

  @Test
  void writesNothingOfPaddingOrAnEmptyFile() throws Exception {
    try (PieceStore store = open(show)) {
      store.write(0, show.piece(0));
      assertThat(filesBelow(store.folder())).containsExactly("0");
      assertThat(Files.size(store.folder().resolve("0"))).isEqualTo(10_000);
    }
  }

  @Test
  void saysThatAFileEndsEarly() throws Exception {
    try (PieceStore store = open(show)) {
      writeAll(store, show);
      Files.write(store.folder().resolve("2"), new byte[10]);
      assertThatIOException()
          .isThrownBy(() -> store.read(2, 20, ByteBuffer.allocate(1)))
          .withMessage("The cache file 2 ends before 20");
    }
  }

  @Test
  void bearsAFileThatWasDeletedUnderneath() throws Exception {
    try (PieceStore store = open(show)) {
      writeAll(store, show);
      Files.delete(store.folder().resolve("2"));
      ByteBuffer into = ByteBuffer.allocate(10);
      // The open file lives on.
      assertThat(store.read(2, 0, into)).isEqualTo(10);
      store.write(1, show.piece(1));
    }
  }

  @Test
  void reachesBeyondFourGibibytes() throws Exception {
    int large = 1 << 20;
    TestTorrent film =
        TestTorrents.folder("film")
            .pieceLength(large)
            .file("readme.txt", Content.random(4, large / 2))
            .file("film.mp4", Content.sparse(5, (1L << 32) + 3L * large))
            .build();
    Content content = film.files().get(1).content();
    try (PieceStore store = open(film)) {
      for (long position : new long[] {0, 1L << 31, (1L << 32) - 1, content.length() - 1}) {
        int piece = (int) ((position + large / 2) / large);
        store.write(piece, film.piece(piece));
        int count = (int) Math.min(1000, content.length() - position);
        count = (int) Math.min(count, (piece + 1L) * large - large / 2 - position);
        ByteBuffer into = ByteBuffer.allocate(count);
        while (into.hasRemaining()) {
          store.read(1, position + into.position(), into);
        }
        assertThat(into.array()).isEqualTo(content.bytes(position, count));
      }
      assertThat(Files.size(store.folder().resolve("1"))).isEqualTo(content.length());
    }
  }

  @Test
  void deletesItsFilesWhenItIsClosed() throws Exception {
    PieceStore store = open(show);
    writeAll(store, show);
    store.close();
    store.close();
    assertThat(filesBelow(temp)).isEmpty();
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> store.read(2, 0, ByteBuffer.allocate(1)));
    assertThatExceptionOfType(ClosedChannelException.class)
        .isThrownBy(() -> store.write(0, show.piece(0)));
    assertThat(filesBelow(temp)).isEmpty();
  }

  @Test
  void closesThoughItsThreadIsInterrupted() throws Exception {
    PieceStore store = open(show);
    writeAll(store, show);
    Thread.currentThread().interrupt();
    store.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(filesBelow(temp)).isEmpty();
  }

  @Test
  void doesNotLetAnInterruptedReaderDisturbTheOthers() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean done = new AtomicBoolean();
    try (PieceStore store = open(show)) {
      writeAll(store, show);
      Callable<Integer> interrupted =
          () -> {
            int times = 0;
            while (!done.get()) {
              Thread.currentThread().interrupt();
              ClosedByInterruptException end =
                  catchThrowableOfType(
                      ClosedByInterruptException.class,
                      () -> store.read(2, 0, ByteBuffer.allocate(9)));
              assertThat(Thread.interrupted()).isTrue();
              assertThat(end).isNotNull();
              times++;
            }
            return times;
          };
      byte[] expected = show.files().get(2).content().bytes(0, 1000);
      Callable<Integer> reading =
          () -> {
            for (int i = 0; i < 3_000; i++) {
              byte[] got = new byte[1000];
              assertThat(store.read(2, 0, ByteBuffer.wrap(got))).isEqualTo(1000);
              assertThat(got).isEqualTo(expected);
            }
            return 0;
          };
      Callable<Integer> writing =
          () -> {
            for (int i = 0; i < 3_000; i++) {
              store.write(1, show.piece(1));
            }
            return 0;
          };
      Future<Integer> times = threads.submit(interrupted);
      List<Future<Integer>> undisturbed =
          List.of(threads.submit(reading), threads.submit(reading), threads.submit(writing));
      for (Future<Integer> each : undisturbed) {
        each.get();
      }
      done.set(true);
      assertThat(times.get()).isPositive();
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  /** threats.md T4: whatever the names, the disk sees an info-hash and a number. */
  @ParameterizedTest
  @MethodSource("readableHostileTorrents")
  void neverMakesAPathOfAName(HostileTorrent hostile) throws Exception {
    Metainfo metainfo = Metainfo.parse(hostile.bytes());
    Path cache = temp.resolve("cache");
    PieceStore store = PieceStore.open(CacheFolder.open(cache), metainfo);
    for (int piece = 0; piece < metainfo.pieceCount(); piece++) {
      store.write(piece, new byte[metainfo.pieceSize(piece)]);
    }
    String folder = metainfo.infoHash().hex();
    assertThat(filesBelow(temp))
        .isNotEmpty()
        .allMatch(
            file ->
                file.matches("cache/" + folder + "/[0-9]+")
                    || file.equals("cache/" + folder + ".lock"));
    store.close();
    assertThat(filesBelow(temp)).isEmpty();
    assertThat(Path.of("/tmp/peerlet-escaped.mp4")).doesNotExist();
    assertThat(Path.of("peerlet-escaped")).doesNotExist();
  }

  static Stream<HostileTorrent> readableHostileTorrents() {
    return HostileTorrent.all().stream().filter(PieceStoreTest::isReadable);
  }

  private static boolean isReadable(HostileTorrent hostile) {
    try {
      Metainfo.parse(hostile.bytes());
      return true;
    } catch (StreamException refused) {
      return false;
    }
  }

  private PieceStore open(TestTorrent torrent) throws StreamException {
    return PieceStore.open(CacheFolder.open(temp), Metainfo.parse(torrent.bytes()));
  }

  private static void writeAll(PieceStore store, TestTorrent torrent) throws IOException {
    for (int piece = torrent.pieces() - 1; piece >= 0; piece--) {
      store.write(piece, torrent.piece(piece));
    }
  }

  /** Relative names of all that is no folder. */
  private static List<String> filesBelow(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !Files.isDirectory(path))
          .map(path -> folder.relativize(path).toString())
          .toList();
    }
  }
}
