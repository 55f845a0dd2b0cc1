package org.peerlet.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.TorrentMaker.Options;

class TorrentMakerTest {
  @TempDir Path folder;

  @Test
  void makesATorrentThatReadsBack() throws Exception {
    byte[] content = content(100_001);
    Path file = write("clip.mp4", content);
    Options options =
        Options.defaults()
            .withPieceLength(32 << 10)
            .withTrackers(List.of("http://t.example/a", "udp://t.example:1"))
            .withWebSeeds(List.of("http://o.example/clip.mp4"));
    byte[] torrent = TorrentMaker.make(file, options);
    Metainfo metainfo = Metainfo.parse(torrent);
    assertThat(metainfo.name()).isEqualTo("clip.mp4");
    assertThat(metainfo.trackers())
        .containsExactly(List.of("http://t.example/a"), List.of("udp://t.example:1"));
    assertThat(metainfo.webSeeds()).containsExactly("http://o.example/clip.mp4");
    assertPieces(metainfo, content);
    assertThat(TorrentMaker.make(file, options)).isEqualTo(torrent);
    assertThat(Metainfo.parse(TorrentMaker.make(file, options.withName("Film"))).name())
        .isEqualTo("Film");
  }

  @Test
  void piecesRunAcrossFiles() throws Exception {
    byte[] content = content(50_000);
    List<Path> files =
        List.of(
            write("b.mp4", Arrays.copyOf(content, 40_001)),
            write("a.vtt", Arrays.copyOfRange(content, 40_001, 40_002)),
            write("c.jpg", Arrays.copyOfRange(content, 40_002, 50_000)));
    Metainfo metainfo =
        Metainfo.parse(TorrentMaker.make(files, Options.defaults().withName("folder")));
    assertThat(metainfo.name()).isEqualTo("folder");
    assertThat(metainfo.files())
        .extracting(FileEntry::displayName)
        .containsExactly("b.mp4", "a.vtt", "c.jpg");
    assertPieces(metainfo, content);
  }

  @Test
  void twoThreadsHashAsOneDoes() throws Exception {
    byte[] content = content((int) PieceHasher.PARALLEL_FROM_BYTES + 5);
    List<Long> hashed = new ArrayList<>();
    Metainfo metainfo =
        Metainfo.parse(
            TorrentMaker.make(
                write("clip.mp4", content),
                Options.defaults()
                    .withPieceLength(1 << 20)
                    .withProgress((bytes, totalBytes) -> hashed.add(bytes))));
    assertPieces(metainfo, content);
    assertThat(hashed).hasSize(33).isSorted().last().isEqualTo((long) content.length);
  }

  @Test
  void refusesWhatItCannotRead() throws Exception {
    Path empty = write("empty.mp4", new byte[0]);
    assertReason(Reason.NO_SUCH_FILE, List.of(empty));
    assertReason(Reason.NO_SUCH_FILE, List.of(folder.resolve("none.mp4")));
    assertReason(Reason.NO_SUCH_FILE, List.of(folder));
    Path file = write("a.mp4", content(10));
    assertReason(Reason.BAD_SOURCE, List.of(file, file));
    assertReason(Reason.BAD_SOURCE, List.of());
  }

  @Test
  void endsWhenInterruptedOrTheFileChanges() throws Exception {
    Path file = write("a.mp4", content(100_000));
    Thread.currentThread().interrupt();
    try {
      assertReason(Reason.CLOSED, List.of(file));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    Options shrinking =
        Options.defaults()
            .withProgress(
                (bytes, totalBytes) -> {
                  try {
                    Files.write(file, new byte[1]);
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
    assertThatThrownBy(() -> TorrentMaker.make(file, shrinking))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SUCH_FILE));
  }

  private void assertReason(Reason reason, List<Path> files) {
    assertThatThrownBy(() -> TorrentMaker.make(files, Options.defaults()))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void assertPieces(Metainfo metainfo, byte[] content) {
    assertThat(metainfo.totalLength()).isEqualTo(content.length);
    for (int piece = 0; piece < metainfo.pieceCount(); piece++) {
      int first = piece * metainfo.pieceLength();
      byte[] data = Arrays.copyOfRange(content, first, first + metainfo.pieceSize(piece));
      assertThat(metainfo.verify(piece, data)).as("piece %d", piece).isTrue();
    }
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }
}
