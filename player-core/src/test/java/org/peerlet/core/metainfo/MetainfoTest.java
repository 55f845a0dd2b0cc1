package org.peerlet.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.peerlet.core.metainfo.TorrentBytes.PIECE_LENGTH;
import static org.peerlet.core.metainfo.TorrentBytes.file;
import static org.peerlet.core.metainfo.TorrentBytes.ofFile;
import static org.peerlet.core.metainfo.TorrentBytes.ofFiles;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

class MetainfoTest {

  @Test
  void readsOneFile() throws StreamException {
    Metainfo metainfo = Metainfo.parse(ofFile("clip.mp4", 2 * PIECE_LENGTH + 1).bytes());
    assertThat(metainfo.name()).isEqualTo("clip.mp4");
    assertThat(metainfo.pieceLength()).isEqualTo(PIECE_LENGTH);
    assertThat(metainfo.totalLength()).isEqualTo(2 * PIECE_LENGTH + 1);
    assertThat(metainfo.pieceCount()).isEqualTo(3);
    assertThat(metainfo.pieceSize(0)).isEqualTo(PIECE_LENGTH);
    assertThat(metainfo.pieceSize(2)).isEqualTo(1);
    assertThat(metainfo.files())
        .containsExactly(new FileEntry(0, List.of("clip.mp4"), 0, 2 * PIECE_LENGTH + 1, false));
    assertThat(metainfo.isPrivate()).isFalse();
    assertThatThrownBy(() -> metainfo.pieceHash(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> metainfo.pieceHash(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> metainfo.pieceSize(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void readsManyFilesWithPadding() throws StreamException {
    byte[] torrent =
        ofFiles(
                "season",
                List.of(
                    file(5, "a", "b.mp4"),
                    file(PIECE_LENGTH - 5, "p", new String[] {".pad", "1"}),
                    file(0, "empty"),
                    file(7, "x", new String[] {"c.mp4"}),
                    file(1, "_____padding_file_0_")))
            .info("private", Bencoded.number(1))
            .bytes();
    Metainfo metainfo = Metainfo.parse(torrent);
    assertThat(metainfo.files())
        .containsExactly(
            new FileEntry(0, List.of("a", "b.mp4"), 0, 5, false),
            new FileEntry(1, List.of(".pad", "1"), 5, PIECE_LENGTH - 5, true),
            new FileEntry(2, List.of("empty"), PIECE_LENGTH, 0, false),
            new FileEntry(3, List.of("c.mp4"), PIECE_LENGTH, 7, false),
            new FileEntry(4, List.of("_____padding_file_0_"), PIECE_LENGTH + 7, 1, true));
    assertThat(metainfo.isPrivate()).isTrue();
  }

  @Test
  void hashesTheOriginalBytesOfInfo() throws StreamException {
    // Keys out of order: encoded anew, it would be another torrent.
    String info =
        "d6:lengthi1e4:name5:a.mp46:pieces20:" + "x".repeat(20) + "12:piece lengthi16384ee";
    byte[] raw = info.getBytes(StandardCharsets.US_ASCII);
    byte[] torrent = ("d4:info" + info + "e").getBytes(StandardCharsets.US_ASCII);
    Metainfo parsed = Metainfo.parse(torrent);
    assertThat(parsed.infoHash()).isEqualTo(InfoHash.of(Sha1.digest().digest(raw)));
    assertThat(parsed.rawInfo()).isEqualTo(raw);
    assertThat(parsed.pieceHash(0)).isEqualTo("x".repeat(20).getBytes(StandardCharsets.US_ASCII));

    Metainfo fromPeers = Metainfo.ofInfo(raw, List.of("udp://t.example:1"), List.of());
    assertThat(fromPeers.infoHash()).isEqualTo(parsed.infoHash());
    assertThat(fromPeers.trackers()).containsExactly(List.of("udp://t.example:1"));
    assertThat(fromPeers.pieceHash(0)).isEqualTo(parsed.pieceHash(0));
  }

  @Test
  void givesLibtorrentTheInfoAlone() throws StreamException {
    TorrentBytes torrent = ofFile("a.mp4", 1);
    byte[] bare = torrent.bytes();
    byte[] full =
        torrent
            .outer("announce", Bencoded.text("http://t.example/announce"))
            .outer("url-list", Bencoded.text("http://o.example/a.mp4"))
            .outer("httpseeds", Bencoded.items(List.of(Bencoded.text("http://o.example/"))))
            .bytes();
    assertThat(Metainfo.parse(full).forLibtorrent()).isEqualTo(bare);
  }

  @Test
  void verifiesPieces() throws StreamException {
    byte[] data = new byte[PIECE_LENGTH + 3];
    data[0] = 1;
    data[PIECE_LENGTH] = 2;
    ByteBuffer hashes =
        ByteBuffer.allocate(40)
            .put(Sha1.digest().digest(Arrays.copyOf(data, PIECE_LENGTH)))
            .put(Sha1.digest().digest(new byte[] {2, 0, 0}));
    Metainfo metainfo =
        Metainfo.parse(
            ofFile("a", data.length).info("pieces", Bencoded.text(hashes.array())).bytes());
    ByteBuffer first = ByteBuffer.wrap(data, 0, PIECE_LENGTH);
    assertThat(metainfo.verify(0, first)).isTrue();
    assertThat(first.remaining()).isEqualTo(PIECE_LENGTH);
    assertThat(metainfo.verify(1, new byte[] {2, 0, 0})).isTrue();
    assertThat(metainfo.verify(1, new byte[] {2, 0, 1})).isFalse();
    assertThat(metainfo.verify(1, new byte[] {2, 0, 0, 0})).isFalse();
    assertThatThrownBy(() -> metainfo.verify(2, new byte[0]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void keepsUsableTrackersAndWebSeeds() throws StreamException {
    List<Bencoded> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add(Bencoded.text("https://o" + i + ".example/ü b.mp4"));
    }
    Bencoded tiers =
        Bencoded.items(
            List.of(
                Bencoded.items(List.of(Bencoded.text("wss://t.example"), Bencoded.number(1))),
                Bencoded.items(
                    List.of(
                        Bencoded.text("udp://t.example:80/announce"),
                        Bencoded.text("udp://t.example:80/announce"),
                        Bencoded.text("http://user:word@t.example/"),
                        Bencoded.text("http://[::1]:6969/announce"))),
                Bencoded.items(many)));
    Metainfo metainfo =
        Metainfo.parse(
            ofFile("a", 1)
                .outer("announce", Bencoded.text("http://ignored.example/"))
                .outer("announce-list", tiers)
                .outer("url-list", Bencoded.items(many))
                .bytes());
    assertThat(metainfo.trackers()).hasSize(2);
    assertThat(metainfo.trackers().get(0))
        .containsExactly("udp://t.example:80/announce", "http://[::1]:6969/announce");
    assertThat(metainfo.trackers().get(1)).hasSize(6);
    assertThat(metainfo.webSeeds()).hasSize(8).contains("https://o0.example/%C3%BC%20b.mp4");

    Metainfo announced =
        Metainfo.parse(
            ofFile("a", 1)
                .outer("announce", Bencoded.text("http://t.example/"))
                .outer("announce-list", Bencoded.items(List.of()))
                .outer("url-list", Bencoded.text("ftp://o.example/"))
                .bytes());
    assertThat(announced.trackers()).containsExactly(List.of("http://t.example/"));
    assertThat(announced.webSeeds()).isEmpty();
  }

  @Test
  void readsHybridAsVersion1AndRefusesVersion2Only() throws StreamException {
    Bencoded tree = Bencoded.dict(Map.of("a.mp4", Bencoded.dict(Map.of())));
    TorrentBytes torrent =
        ofFile("a.mp4", 1).info("meta version", Bencoded.number(2)).info("file tree", tree);
    assertThat(Metainfo.parse(torrent.bytes()).pieceCount()).isEqualTo(1);
    assertReason(Reason.UNSUPPORTED_TORRENT, torrent.without("pieces").bytes());
    Bencoded link = Bencoded.dict(Map.of("", Bencoded.dict(Map.of("attr", Bencoded.text("l")))));
    assertReason(
        Reason.NOT_A_TORRENT,
        ofFile("a", 1).info("file tree", Bencoded.dict(Map.of("a", link))).bytes());
  }

  @Test
  void cleansNames() throws StreamException {
    String hostile = "\u202Egpj.4pm\u0000\n<b>";
    Metainfo metainfo =
        Metainfo.parse(ofFiles(hostile, List.of(file(1, "..", "\u0007", hostile))).bytes());
    assertThat(metainfo.name()).isEqualTo("gpj.4pm <b>");
    assertThat(metainfo.files().get(0).displayPath())
        .containsExactly("..", "Untitled", "gpj.4pm <b>");
  }

  @Test
  void anEmptyTorrentHasNothingToPlay() {
    assertReason(Reason.NO_PLAYABLE_FILE, ofFile("a.mp4", 0).bytes());
  }

  @Test
  void refusesWhatIsBeyondTheLimits() throws StreamException {
    String[] deepest = Collections.nCopies(8, "d").toArray(new String[0]);
    String[] tooDeep = Collections.nCopies(9, "d").toArray(new String[0]);
    Metainfo.parse(ofFiles("a", List.of(file(1, deepest))).bytes());
    Metainfo.parse(ofFiles("a", Collections.nCopies(1000, file(1, "f"))).bytes());
    List<TorrentBytes> refused =
        List.of(
            ofFiles("a", List.of(file(1, tooDeep))),
            ofFiles("a", List.of(file(1))),
            ofFiles("a", List.of()),
            ofFiles("a", Collections.nCopies(1001, file(1, "f"))),
            ofFiles("a", List.of(file(Long.MAX_VALUE, "f"), file(Long.MAX_VALUE, "g"))),
            ofFiles("a", List.of(file(-1, "f"), file(2, "g"))),
            ofFiles("a", List.of(file(1, "l", new String[] {"f"}))),
            ofFiles("a", List.of(file(1, "f"))).info("length", Bencoded.number(1)),
            ofFile("a", 1).info("attr", Bencoded.text("l")),
            ofFile("a", 1).info("symlink path", Bencoded.items(List.of())),
            ofFile("a", -1),
            ofFile("a", Long.MAX_VALUE),
            ofFile("a", 1).info("piece length", Bencoded.number(8 << 10)),
            ofFile("a", 1).info("piece length", Bencoded.number(32 << 20)),
            ofFile("a", 1).info("piece length", Bencoded.number(PIECE_LENGTH + 1)),
            ofFile("a", 1).info("piece length", Bencoded.number(-PIECE_LENGTH)),
            ofFile("a", 1).info("piece length", Bencoded.number(Long.MIN_VALUE)),
            ofFile("a", 1).info("pieces", Bencoded.text(new byte[19])),
            ofFile("a", 1).info("pieces", Bencoded.text(new byte[40])),
            ofFile("a", 1).info("pieces", Bencoded.number(20)),
            ofFile("a", 1).info("length", Bencoded.text("1")),
            ofFile("a", 1).info("name", Bencoded.number(1)),
            ofFile("a", 1).without("name"),
            ofFile("a", 1).without("length"));
    for (TorrentBytes torrent : refused) {
      assertReason(Reason.NOT_A_TORRENT, torrent.bytes());
    }
    assertReason(Reason.NOT_A_TORRENT, new byte[0]);
    assertReason(Reason.NOT_A_TORRENT, new byte[Bencode.MAX_BYTES + 1]);
    assertReason(Reason.NOT_A_TORRENT, "de".getBytes(StandardCharsets.US_ASCII));
    assertReason(Reason.NOT_A_TORRENT, "i1e".getBytes(StandardCharsets.US_ASCII));
  }

  private static void assertReason(Reason reason, byte[] torrent) {
    assertThatThrownBy(() -> Metainfo.parse(torrent))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
