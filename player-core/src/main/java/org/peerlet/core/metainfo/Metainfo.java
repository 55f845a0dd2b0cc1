package org.peerlet.core.metainfo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.peerlet.core.StreamException;

/**
 * What a .torrent says (BEP 3), checked against the limits of threats.md T4 and T5 before native
 * code sees it. Immutable. A hybrid torrent (BEP 52) is read as v1.
 */
public final class Metainfo {
  private final InfoHash infoHash;
  private final byte[] rawInfo;
  private final String name;
  private final int pieceLength;
  private final long totalLength;
  private final int piecesOffset;
  private final int pieceCount;
  private final boolean multiFile;
  private final boolean isPrivate;
  private final List<FileEntry> files;
  private final List<List<String>> urlPaths;
  private final List<List<String>> trackers;
  private final List<String> webSeeds;

  Metainfo(InfoReader info, List<List<String>> trackers, List<String> webSeeds) {
    this.rawInfo = info.rawInfo;
    this.infoHash = InfoHash.of(Sha1.digest().digest(rawInfo));
    this.name = info.displayName;
    this.pieceLength = info.pieceLength;
    this.totalLength = info.totalLength;
    this.piecesOffset = info.piecesOffset;
    this.pieceCount = info.pieceCount;
    this.multiFile = info.multiFile;
    this.isPrivate = info.isPrivate;
    this.files = List.copyOf(info.files);
    this.urlPaths = List.copyOf(info.urlPaths);
    this.trackers = Urls.trackerTiers(trackers);
    this.webSeeds = Urls.webSeeds(webSeeds);
  }

  /**
   * Reads a .torrent file.
   *
   * @throws StreamException {@code NOT_A_TORRENT}; {@code UNSUPPORTED_TORRENT} for v2 only; {@code
   *     NO_PLAYABLE_FILE} where all files are empty
   */
  public static Metainfo parse(byte[] torrent) throws StreamException {
    return TorrentReader.read(torrent);
  }

  /**
   * Reads the info dictionary that peers sent for a magnet URI (BEP 9).
   *
   * @param trackers each becomes a tier of its own
   * @throws StreamException as {@link #parse}
   */
  public static Metainfo ofInfo(byte[] rawInfoDict, List<String> trackers, List<String> webSeeds)
      throws StreamException {
    byte[] copy = rawInfoDict.clone();
    if (!(Bencode.decode(copy) instanceof Bencoded.Dict info)) {
      throw Bencode.bad("its info is no dictionary");
    }
    return new Metainfo(
        new InfoReader(info, copy), trackers.stream().map(List::of).toList(), webSeeds);
  }

  public InfoHash infoHash() {
    return infoHash;
  }

  /** The info dictionary, byte for byte as it was published; a new array. */
  public byte[] rawInfo() {
    return rawInfo.clone();
  }

  /** For eyes only, never empty. */
  public String name() {
    return name;
  }

  /** Bytes of every piece but the last: a power of two, 16 KiB to 16 MiB. */
  public int pieceLength() {
    return pieceLength;
  }

  /** Bytes of all files, from 1. */
  public long totalLength() {
    return totalLength;
  }

  public int pieceCount() {
    return pieceCount;
  }

  /**
   * Bytes of a piece.
   *
   * @throws IndexOutOfBoundsException if there is no such piece
   */
  public int pieceSize(int piece) {
    Objects.checkIndex(piece, pieceCount);
    return (int) Math.min(pieceLength, totalLength - (long) piece * pieceLength);
  }

  /**
   * The SHA-1 of a piece; a new array of 20 bytes.
   *
   * @throws IndexOutOfBoundsException if there is no such piece
   */
  public byte[] pieceHash(int piece) {
    Objects.checkIndex(piece, pieceCount);
    int at = piecesOffset + piece * Sha1.BYTES;
    return Arrays.copyOfRange(rawInfo, at, at + Sha1.BYTES);
  }

  /**
   * Whether this is the whole piece, as published.
   *
   * @throws IndexOutOfBoundsException if there is no such piece
   */
  public boolean verify(int piece, byte[] data) {
    return verify(piece, ByteBuffer.wrap(data));
  }

  /** As {@link #verify(int, byte[])}, of the buffer's remaining bytes; its position stays. */
  public boolean verify(int piece, ByteBuffer data) {
    if (data.remaining() != pieceSize(piece)) {
      return false;
    }
    MessageDigest sha1 = Sha1.digest();
    sha1.update(data.duplicate());
    return MessageDigest.isEqual(sha1.digest(), pieceHash(piece));
  }

  /** In the order of the torrent, 1 to 1000 of them, padding included. */
  public List<FileEntry> files() {
    return files;
  }

  /** Tiers (BEP 12) of udp, http and https trackers, at most 8 in all. */
  public List<List<String>> trackers() {
    return trackers;
  }

  /** Origins (BEP 19), at most 8, http and https only; where they lead is not checked yet. */
  public List<String> webSeeds() {
    return webSeeds;
  }

  /** Whether peers may come from trackers only (BEP 27). */
  public boolean isPrivate() {
    return isPrivate;
  }

  /**
   * A torrent of the info dictionary and nothing else. Web seeds never reach libtorrent, which
   * would take almost every byte from them (facts.md), and trackers are added once they are
   * checked.
   */
  public byte[] forLibtorrent() {
    byte[] head = "d4:info".getBytes(StandardCharsets.US_ASCII);
    byte[] torrent = Arrays.copyOf(head, head.length + rawInfo.length + 1);
    System.arraycopy(rawInfo, 0, torrent, head.length, rawInfo.length);
    torrent[torrent.length - 1] = 'e';
    return torrent;
  }

  /** Whether a web seed is a folder with the torrent's name in it (BEP 19). */
  boolean isMultiFile() {
    return multiFile;
  }

  /** The torrent's name and the file's path as published: for URLs only, hostile otherwise. */
  List<String> urlPath(int file) {
    return urlPaths.get(file);
  }
}
