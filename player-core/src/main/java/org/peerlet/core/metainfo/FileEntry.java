package org.peerlet.core.metainfo;

import java.util.List;

/**
 * One file of a torrent.
 *
 * @param index its place in the torrent, which also names it on disk
 * @param displayPath folders and name, for eyes only (threats.md T4): never part of a disk path;
 *     for the one file of a single-file torrent, the torrent's name
 * @param offset of its first byte in the torrent
 * @param length in bytes, from 0
 * @param padding a filler that nobody wants (BEP 47)
 */
public record FileEntry(
    int index, List<String> displayPath, long offset, long length, boolean padding) {

  public FileEntry {
    displayPath = List.copyOf(displayPath);
  }

  /** The last part of the path. */
  public String displayName() {
    return displayPath.get(displayPath.size() - 1);
  }

  /** Offset in the torrent after its last byte. */
  public long end() {
    return offset + length;
  }
}
