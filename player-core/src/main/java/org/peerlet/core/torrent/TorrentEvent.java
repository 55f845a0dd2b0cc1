package org.peerlet.core.torrent;

/** What a torrent announces. */
public sealed interface TorrentEvent {
  /** The piece's hash is right and its bytes can be read. */
  record PieceVerified(int piece) implements TorrentEvent {}

  /** The piece's hash was wrong; its bytes are gone. */
  record PieceRejected(int piece) implements TorrentEvent {}

  /**
   * The disk refused a write.
   *
   * @param sentence what it said
   */
  record StorageFailed(String sentence) implements TorrentEvent {}
}
