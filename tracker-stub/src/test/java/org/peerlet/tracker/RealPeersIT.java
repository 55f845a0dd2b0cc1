package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real aria2 clients that can find each other through the tracker only. */
class RealPeersIT {
  private static final int PIECE_BYTES = 1 << 16;

  @TempDir private Path folder;

  @Test
  void introducesTwoClientsToEachOther() throws Exception {
    byte[] clip = new byte[1_000_000];
    new Random(5).nextBytes(clip);
    Path site = Files.createDirectories(folder.resolve("site"));
    Path seeding = Files.createDirectories(folder.resolve("seeding"));
    Path fetching = Files.createDirectories(folder.resolve("fetching"));
    Files.write(seeding.resolve("clip.bin"), clip);
    Options options = Options.serving(site).withInterval(Duration.ofSeconds(1));
    try (TrackerServer server = TrackerServer.open(options)) {
      Path torrent = site.resolve("clip.torrent");
      Files.write(torrent, torrent(server.announce().toString(), clip));
      Process seeder = aria2(seeding, torrent, "--seed-ratio=0.0", "--check-integrity=true");
      Process fetcher = aria2(fetching, torrent, "--seed-time=0");
      try {
        assertThat(fetcher.waitFor(60, TimeUnit.SECONDS)).as("finishes").isTrue();
        assertThat(fetcher.exitValue()).isZero();
      } finally {
        fetcher.destroyForcibly();
        seeder.destroyForcibly();
      }
    }
    assertThat(Files.readAllBytes(fetching.resolve("clip.bin"))).isEqualTo(clip);
  }

  private Process aria2(Path download, Path torrent, String... more) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                "aria2c",
                "--no-conf=true",
                "--enable-dht=false",
                "--enable-dht6=false",
                "--bt-enable-lpd=false",
                "--enable-peer-exchange=false",
                "--disable-ipv6=true",
                "--bt-tracker-interval=1",
                "--interface=127.0.0.1",
                "--stop=90",
                "--dir=" + download));
    line.addAll(Arrays.asList(more));
    line.add(torrent.toString());
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(download.getFileName() + ".log").toFile())
        .start();
  }

  private static byte[] torrent(String announce, byte[] clip)
      throws IOException, NoSuchAlgorithmException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (int first = 0; first < clip.length; first += PIECE_BYTES) {
      byte[] piece = Arrays.copyOfRange(clip, first, Math.min(clip.length, first + PIECE_BYTES));
      pieces.write(MessageDigest.getInstance("SHA-1").digest(piece));
    }
    String head =
        "d8:announce%d:%s4:infod6:lengthi%de4:name8:clip.bin12:piece lengthi%de6:pieces%d:"
            .formatted(announce.length(), announce, clip.length, PIECE_BYTES, pieces.size());
    out.write(head.getBytes(ISO_8859_1));
    pieces.writeTo(out);
    out.write("ee".getBytes(ISO_8859_1));
    return out.toByteArray();
  }
}
