package org.peerlet.core.schedule;

/**
 * Where a clip lies among the pieces of its torrent.
 *
 * @param fileFirst offset of the clip's first byte in the torrent
 * @param fileLength length of the clip in bytes, at least 1
 * @param pieceLength length of every piece but the last, in bytes
 * @param torrentLength length of all files of the torrent, in bytes
 */
public record FileLayout(long fileFirst, long fileLength, int pieceLength, long torrentLength) {

  public FileLayout {
    if (fileFirst < 0
        || fileLength < 1
        || pieceLength < 1
        || torrentLength - fileLength < fileFirst) {
      throw new IllegalArgumentException(
          "file %d+%d, pieces of %d, torrent %d"
              .formatted(fileFirst, fileLength, pieceLength, torrentLength));
    }
  }

  /** The piece that holds a clip offset in [0, {@link #fileLength}). */
  public int pieceAt(long filePosition) {
    if (filePosition < 0 || filePosition >= fileLength) {
      throw new IndexOutOfBoundsException(filePosition + " of " + fileLength);
    }
    return (int) ((fileFirst + filePosition) / pieceLength);
  }

  /** The clip's first piece. */
  public int firstPiece() {
    return pieceAt(0);
  }

  /** The piece after the clip's last. */
  public int endPiece() {
    return pieceAt(fileLength - 1) + 1;
  }

  /** The number of pieces in the torrent. */
  public int pieceCount() {
    return (int) ((torrentLength + pieceLength - 1) / pieceLength);
  }

  /** The clip offset where a piece begins, 0 for a piece that begins before the clip. */
  public long filePositionOf(int piece) {
    return Math.max(0, (long) piece * pieceLength - fileFirst);
  }

  /** The clip offset after a piece's last byte, at most {@link #fileLength}. */
  public long fileEndOf(int piece) {
    return Math.min(fileLength, (piece + 1L) * pieceLength - fileFirst);
  }

  /** The length of a piece in bytes. */
  public int pieceSize(int piece) {
    return (int) Math.min(pieceLength, torrentLength - (long) piece * pieceLength);
  }
}
