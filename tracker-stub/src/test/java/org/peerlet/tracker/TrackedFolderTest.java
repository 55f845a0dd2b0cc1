package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackedFolderTest {
  private static final String INFO =
      "d6:lengthi5e4:name1:a12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae";

  @TempDir private Path folder;
  private final AtomicLong nowMillis = new AtomicLong();

  static byte[] torrent(String name) {
    String info = INFO.replace("1:a", name.length() + ":" + name);
    return ("d8:announce3:url4:info" + info + "8:url-listl1:xee").getBytes(ISO_8859_1);
  }

  static InfoHash infoHash(String name) {
    String info = INFO.replace("1:a", name.length() + ":" + name);
    return digest("SHA-1", info);
  }

  private static InfoHash digest(String algorithm, String info) {
    try {
      return InfoHash.of(MessageDigest.getInstance(algorithm).digest(info.getBytes(ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void findsBothHashesOfATorrent() {
    assertThat(TorrentFile.infoHashes(torrent("a")))
        .containsExactlyInAnyOrder(digest("SHA-1", INFO), digest("SHA-256", INFO));
  }

  @Test
  void findsNoneInGarbage() {
    String deep = "d1:a" + "l".repeat(2_000_000);
    for (String garbage :
        new String[] {
          "",
          "d",
          "de",
          "x",
          "i5e",
          "d4:infoi5ee",
          "d4:info",
          "d4:infod",
          "d4:infod0:0:",
          "d4:info99999999999:",
          "d4:info-1:e",
          "d-4:infodee",
          "li5ee",
          deep,
          deep + "e".repeat(2_000_001)
        }) {
      String shown = garbage.substring(0, Math.min(40, garbage.length()));
      assertThat(TorrentFile.infoHashes(garbage.getBytes(UTF_8))).as(shown).isEmpty();
    }
  }

  @Test
  void survivesMutatedTorrents() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      byte[] mutant = torrent("clip");
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      assertThat(TorrentFile.infoHashes(mutant)).as("seed %d", seed).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void listsTheTorrentsItHolds() throws IOException {
    Files.write(folder.resolve("a.torrent"), torrent("a"));
    Files.createDirectories(folder.resolve("sub"));
    Files.write(folder.resolve("sub/b.TORRENT"), torrent("b"));
    Files.write(folder.resolve(".c.torrent"), torrent("c"));
    Files.writeString(folder.resolve("broken.torrent"), "nonsense");
    OriginFolder origin = OriginFolder.open(folder, nowMillis::get);
    assertThat(origin.lists(infoHash("a"))).isTrue();
    assertThat(origin.lists(infoHash("b"))).isTrue();
    assertThat(origin.lists(infoHash("c"))).isFalse();
  }

  @Test
  void looksAgainForTheUnknownOnceASecond() throws IOException {
    OriginFolder origin = OriginFolder.open(folder, nowMillis::get);
    Files.write(folder.resolve("a.torrent"), torrent("a"));
    nowMillis.set(999);
    assertThat(origin.lists(infoHash("a"))).isFalse();
    assertThat(origin.open("a.torrent")).isEmpty();
    nowMillis.set(1000);
    assertThat(origin.lists(infoHash("a"))).isTrue();
    Files.write(folder.resolve("a.torrent"), torrent("other"));
    nowMillis.set(1999);
    assertThat(origin.lists(infoHash("other"))).isFalse();
    nowMillis.set(2000);
    assertThat(origin.lists(infoHash("other"))).isTrue();
    assertThat(origin.lists(infoHash("a"))).isFalse();
  }

  @Test
  void countsTheSecondFromTheEndOfALongWalk() throws IOException {
    Iterator<Long> clock = List.of(0L, 1000L, 3000L, 3999L, 4000L, 6000L).iterator();
    OriginFolder origin = OriginFolder.open(folder, clock::next);
    assertThat(origin.lists(infoHash("a"))).as("walked from 1000 to 3000").isFalse();
    Files.write(folder.resolve("a.torrent"), torrent("a"));
    assertThat(origin.lists(infoHash("a"))).as("not walked at 3999").isFalse();
    assertThat(origin.lists(infoHash("a"))).as("walked from 4000 to 6000").isTrue();
    assertThat(clock).isExhausted();
  }

  @Test
  void keepsWhatItKnowsWhenTheFolderVanishes() throws IOException {
    Path site = Files.createDirectories(folder.resolve("site"));
    Files.write(site.resolve("a.torrent"), torrent("a"));
    OriginFolder origin = OriginFolder.open(site, nowMillis::get);
    Files.delete(site.resolve("a.torrent"));
    Files.delete(site);
    nowMillis.set(5000);
    assertThat(origin.lists(infoHash("b"))).isFalse();
    assertThat(origin.lists(infoHash("a"))).isTrue();
    assertThat(origin.open("a.torrent")).isEmpty();
  }

  @Test
  void refusesWhatIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> OriginFolder.open(file, nowMillis::get))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> OriginFolder.open(folder.resolve("none"), nowMillis::get))
        .isInstanceOf(NoSuchFileException.class);
  }
}
