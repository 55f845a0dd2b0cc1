package org.peerlet.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.metainfo.TorrentBytes.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.peerlet.core.StreamException;

/** threats.md T5: whatever the bytes, a torrent or a {@link StreamException} comes out. */
class MetainfoMutationTest {
  /** More with {@code -Dpeerlet.mutants=10000000}, for the long run that threats.md asks for. */
  private static final int MUTANTS = Integer.getInteger("peerlet.mutants", 250_000);

  /** Pieces of bencoding that change the structure when they land in the middle. */
  private static final List<String> TOKENS =
      List.of("e", "d", "l", "i-1e", "i9223372036854775807e", "0:", "4:info", "5:filesl", "99999:");

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // That none hangs; not a measure of speed.
  void onlyStreamExceptionsEscape() {
    long seed = System.nanoTime();
    System.out.println("MetainfoMutationTest seed " + seed);
    Random random = new Random(seed);
    List<byte[]> originals = originals();
    int accepted = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutate(originals.get(random.nextInt(originals.size())), random);
      try {
        use(Metainfo.parse(mutant));
        accepted++;
      } catch (StreamException e) {
        assertThat(e.sentence()).endsWith(".");
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutant " + i + " of seed " + seed, e);
      }
    }
    // Both outcomes must be common, or the test tests nothing.
    assertThat(accepted).isBetween(MUTANTS / 100, MUTANTS / 100 * 99);
  }

  private static void use(Metainfo metainfo) throws StreamException {
    for (FileEntry file : metainfo.files()) {
      assertThat(file.offset() >= 0 && file.end() <= metainfo.totalLength()).isTrue();
      assertThat(file.displayName().isEmpty()).isFalse();
    }
    int last = metainfo.pieceCount() - 1;
    metainfo.pieceHash(last);
    assertThat(metainfo.pieceSize(last)).isPositive();
    try {
      int clip = ClipChoice.playableFile(metainfo);
      for (String webSeed : metainfo.webSeeds()) {
        WebSeedUrl.forFile(webSeed, metainfo, clip);
      }
    } catch (StreamException e) {
      assertThat(e.sentence()).endsWith(".");
    }
    Metainfo.parse(metainfo.forLibtorrent());
  }

  private static List<byte[]> originals() {
    Bencoded urls =
        Bencoded.items(
            List.of(Bencoded.text("http://o.example/a/"), Bencoded.text("https://p.example/a")));
    Bencoded tree =
        Bencoded.dict(
            Map.of(
                "a.mp4",
                Bencoded.dict(
                    Map.of("", Bencoded.dict(Map.of("length", Bencoded.number(40_000)))))));
    return List.of(
        TorrentBytes.ofFile("clip.mp4", 40_000)
            .outer("announce", Bencoded.text("udp://t.example:6969/announce"))
            .outer("url-list", urls)
            .bytes(),
        TorrentBytes.ofFiles(
                "folder",
                List.of(
                    file(20_000, "a", "clip.mkv"),
                    file(96, "p", new String[] {".pad", "96"}),
                    file(20_000, "subtitles.vtt")))
            .outer("announce-list", Bencoded.items(List.of(urls, urls)))
            .outer("url-list", urls)
            .bytes(),
        TorrentBytes.ofFile("a.mp4", 40_000)
            .info("meta version", Bencoded.number(2))
            .info("file tree", tree)
            .bytes());
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] mutant = original.clone();
    for (int n = 1 + random.nextInt(3); n > 0 && mutant.length > 0; n--) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(6)) {
        case 0 -> mutant[at] = (byte) random.nextInt(256);
        case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> mutant[at] = (byte) ('0' + random.nextInt(10));
        case 3 -> mutant = Arrays.copyOf(mutant, at);
        case 4 -> {
          String token = TOKENS.get(random.nextInt(TOKENS.size()));
          mutant = splice(mutant, at, at, token.getBytes(StandardCharsets.US_ASCII));
        }
        default -> {
          int end = at + random.nextInt(mutant.length - at);
          int from = random.nextInt(mutant.length - (end - at) + 1);
          byte[] moved = Arrays.copyOfRange(mutant, from, from + end - at);
          mutant = splice(mutant, at, end, moved);
        }
      }
    }
    return mutant;
  }

  private static byte[] splice(byte[] source, int first, int end, byte[] replacement) {
    byte[] result = Arrays.copyOf(source, first + replacement.length + source.length - end);
    System.arraycopy(replacement, 0, result, first, replacement.length);
    System.arraycopy(source, end, result, first + replacement.length, source.length - end);
    return result;
  }
}
