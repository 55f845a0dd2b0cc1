package org.peerlet.core.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

final class PieceAssemblerTest {
  private static final int PIECE = 16 << 10;

  /** Four pieces, the last one of 100 bytes. */
  private final TestTorrent torrent =
      TestTorrents.single("clip.mp4", Content.random(1, 3 * PIECE + 100))
          .pieceLength(PIECE)
          .build();

  private final Metainfo metainfo = Metainfo.parse(torrent.bytes());
  private final Map<Integer, byte[]> verified = new LinkedHashMap<>();

  PieceAssemblerTest() throws StreamException {}

  @ParameterizedTest
  @ValueSource(ints = {1, 7, PIECE - 1, PIECE, PIECE + 1, 4 * PIECE})
  void cutsPiecesWhateverTheSizeOfTheParts(int part) {
    PieceAssembler pieces = assembler(0, 4);
    feed(pieces, torrent.content().bytes(), part);
    assertThat(verified.keySet()).containsExactly(0, 1, 2, 3);
    verified.forEach((piece, data) -> assertThat(data).isEqualTo(torrent.piece(piece)));
    assertThat(pieces.wrongPieces()).isZero();
  }

  @Test
  void beginsAndEndsAnywhere() {
    PieceAssembler pieces = assembler(1, 3);
    feed(pieces, torrent.content().bytes(PIECE, 2 * PIECE + 100), 1000);
    assertThat(verified.keySet()).containsExactly(1, 2);
  }

  @Test
  void dropsWhatComesAfterTheEnd() {
    PieceAssembler pieces = assembler(3, 4);
    feed(pieces, torrent.piece(3), 30);
    feed(pieces, new byte[PIECE], 1000);
    assertThat(verified.keySet()).containsExactly(3);
    assertThat(pieces.wrongPieces()).isZero();
  }

  @Test
  void keepsWrongPiecesBackAndGoesOn() {
    byte[] content = torrent.content().bytes();
    content[PIECE + 5] ^= 1;
    PieceAssembler pieces = assembler(0, 4);
    feed(pieces, content, 4096);
    assertThat(verified.keySet()).containsExactly(0, 2, 3);
    assertThat(pieces.wrongPieces()).isEqualTo(1);
  }

  @Test
  void givesNothingOfAPieceThatIsNotWhole() {
    PieceAssembler pieces = assembler(0, 1);
    feed(pieces, torrent.content().bytes(0, PIECE - 1), 512);
    assertThat(verified).isEmpty();
    assertThat(pieces.wrongPieces()).isZero();
  }

  @Test
  void goesOnWhereItStoodWhenTheRunGrows() {
    PieceAssembler pieces = assembler(0, 1);
    byte[] content = torrent.content().bytes();
    pieces.accept(content, 0, 100);
    pieces.extendTo(4);
    pieces.accept(content, 100, content.length - 100);
    assertThat(verified.keySet()).containsExactly(0, 1, 2, 3);
  }

  private PieceAssembler assembler(int first, int end) {
    return new PieceAssembler(metainfo, first, end, verified::put);
  }

  private static void feed(PieceAssembler pieces, byte[] bytes, int part) {
    for (int at = 0; at < bytes.length; at += part) {
      pieces.accept(bytes, at, Math.min(part, bytes.length - at));
    }
  }
}
