package org.peerlet.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.metainfo.TorrentMaker.Options;

/** Against mktorrent, which shares no code with us. */
class TorrentMakerIT {
  @TempDir Path folder;

  @Test
  void namesTheSameSwarmAsMktorrent() throws Exception {
    for (int length : new int[] {1, 32_768, 32_769, 1_000_000}) {
      Path file = write(folder.resolve("clip ü " + length + ".mp4"), length);
      Path torrent = mktorrent(file);
      Metainfo theirs = Metainfo.parse(Files.readAllBytes(torrent));
      Metainfo ours =
          Metainfo.parse(TorrentMaker.make(file, Options.defaults().withPieceLength(32 << 10)));
      assertThat(ours.infoHash()).isEqualTo(theirs.infoHash());
      assertThat(theirs.trackers()).containsExactly(List.of("http://t.example/announce"));
    }
  }

  @Test
  void namesTheSameSwarmForAFolder() throws Exception {
    Path content = Files.createDirectory(folder.resolve("season"));
    List<Path> files =
        List.of(
            write(content.resolve("a.mp4"), 100_000),
            write(content.resolve("b.vtt"), 10),
            write(content.resolve("c.jpg"), 40_000));
    Metainfo theirs = Metainfo.parse(Files.readAllBytes(mktorrent(content)));
    Metainfo ours =
        Metainfo.parse(
            TorrentMaker.make(
                files, Options.defaults().withName("season").withPieceLength(32 << 10)));
    assertThat(ours.infoHash()).isEqualTo(theirs.infoHash());
  }

  private Path mktorrent(Path content) throws Exception {
    Path torrent = folder.resolve(content.getFileName() + ".torrent");
    Process process =
        new ProcessBuilder(
                "mktorrent",
                "-l",
                "15",
                "-a",
                "http://t.example/announce",
                "-o",
                torrent.toString(),
                content.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mktorrent.log").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return torrent;
  }

  private static Path write(Path file, int length) throws Exception {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return Files.write(file, content);
  }
}
