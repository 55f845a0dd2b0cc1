package org.peerlet.core.metainfo;

/** How long a new torrent's pieces are. */
public final class PieceLength {
  /** Below it, hashes and HAVE messages outweigh what shorter pieces gain. */
  private static final int MIN = 32 << 10;

  /** Above it, a young swarm waits for whole pieces. */
  private static final int MAX = 4 << 20;

  /** Keeps the torrent below 2 MiB of hashes, well within {@link Bencode#MAX_BYTES}. */
  private static final int MAX_PIECES = 100_000;

  /** Where no duration is known: as many pieces as common torrent makers aim at. */
  private static final int USUAL_PIECES = 2000;

  private PieceLength() {}

  /**
   * The largest power of two that is at most a quarter of a second of video, within 32 KiB to 4
   * MiB: every hop of a young swarm passes whole pieces on (architecture.md). A clip so long that
   * the hashes would not fit a torrent gets longer ones.
   *
   * @param lengthBytes of the clip
   * @param durationSeconds of the clip, 0 or less if unknown
   */
  public static int choose(long lengthBytes, double durationSeconds) {
    double target =
        durationSeconds > 0
            ? lengthBytes / durationSeconds / 4
            : (double) lengthBytes / USUAL_PIECES;
    int length = MIN;
    while (length < MAX && length * 2.0 <= target) {
      length *= 2;
    }
    while (length < InfoReader.MAX_PIECE_LENGTH && lengthBytes / length >= MAX_PIECES) {
      length *= 2;
    }
    return length;
  }
}
