package org.peerlet.core.origin;

import java.util.function.BiConsumer;
import org.peerlet.core.metainfo.Metainfo;

/** Cuts a run of bytes into pieces and checks each. Lives on one request's thread. */
final class PieceAssembler {
  private final Metainfo metainfo;
  private final BiConsumer<Integer, byte[]> verified;
  private int endPiece;
  private int piece;
  private byte[] data;
  private int filled;
  private int wrong;

  /**
   * @param verified hears of each right piece
   */
  PieceAssembler(
      Metainfo metainfo, int firstPiece, int endPiece, BiConsumer<Integer, byte[]> verified) {
    this.metainfo = metainfo;
    this.piece = firstPiece;
    this.endPiece = endPiece;
    this.verified = verified;
    this.data = new byte[metainfo.pieceSize(firstPiece)];
  }

  /** Makes the run longer, before its end is reached. */
  void extendTo(int newEndPiece) {
    endPiece = Math.max(endPiece, newEndPiece);
  }

  /** Takes the next bytes of the run; what comes after its end is dropped. */
  void accept(byte[] buffer, int from, int count) {
    int at = from;
    int left = count;
    while (left > 0 && piece < endPiece) {
      int part = Math.min(left, data.length - filled);
      System.arraycopy(buffer, at, data, filled, part);
      filled += part;
      at += part;
      left -= part;
      if (filled == data.length) {
        finishPiece();
      }
    }
  }

  private void finishPiece() {
    byte[] complete = data;
    int index = piece;
    piece++;
    filled = 0;
    if (piece < endPiece) {
      data = new byte[metainfo.pieceSize(piece)];
    }
    if (metainfo.verify(index, complete)) {
      verified.accept(index, complete);
    } else {
      wrong++;
    }
  }

  /** The pieces whose hash was wrong. */
  int wrongPieces() {
    return wrong;
  }
}
