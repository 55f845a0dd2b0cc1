package org.peerlet.core.metainfo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * Reads and checks an info dictionary (BEP 3, 27, 47), and holds what it read until {@link
 * Metainfo} takes it over.
 */
final class InfoReader {
  static final int MAX_FILES = 1000;
  static final int MAX_PATH_DEPTH = 8;
  static final int MIN_PIECE_LENGTH = 16 << 10;
  static final int MAX_PIECE_LENGTH = 16 << 20;

  final byte[] rawInfo;
  final String displayName;
  final int pieceLength;
  final int piecesOffset;
  final int pieceCount;
  final boolean multiFile;
  final boolean isPrivate;
  final List<FileEntry> files = new ArrayList<>();
  final List<List<String>> urlPaths = new ArrayList<>();
  long totalLength;

  private final String name;

  /**
   * @param rawInfo the dictionary's own bytes, not copied
   */
  InfoReader(Bencoded.Dict info, byte[] rawInfo) throws StreamException {
    this.rawInfo = rawInfo;
    Bencoded.Text pieces = info.text("pieces");
    if (pieces == null) {
      throw info.has("file tree") || info.has("meta version")
          ? new StreamException(
              Reason.UNSUPPORTED_TORRENT,
              "This torrent is of version 2 only, which Peerlet does not support.")
          : Bencode.bad("it has no piece hashes");
    }
    refuseSymlinksInTree(info.dict("file tree"));
    this.name = text(info, "name");
    this.displayName = DisplayName.cleanOr(name, "Untitled");
    this.pieceLength = pieceLength(info);
    this.multiFile = info.has("files");
    this.isPrivate = isOne(info.number("private"));
    if (multiFile) {
      readFiles(info);
    } else {
      add(info, List.of(), List.of(name));
    }
    this.piecesOffset = pieces.first() - info.first();
    this.pieceCount = pieceCount(pieces);
  }

  private static int pieceLength(Bencoded.Dict info) throws StreamException {
    long length = nonNegative(info, "piece length");
    if (length < MIN_PIECE_LENGTH || length > MAX_PIECE_LENGTH || Long.bitCount(length) != 1) {
      throw Bencode.bad("its piece length is no power of two from 16 KiB to 16 MiB");
    }
    return (int) length;
  }

  private int pieceCount(Bencoded.Text pieces) throws StreamException {
    if (totalLength == 0) {
      throw new StreamException(Reason.NO_PLAYABLE_FILE, "This torrent's files are all empty.");
    }
    // No overflow: a sum of file lengths that large failed in add().
    long needed = (totalLength - 1) / pieceLength + 1;
    if (pieces.length() % Sha1.BYTES != 0 || pieces.length() / Sha1.BYTES != needed) {
      throw Bencode.bad("it has not one hash for each piece");
    }
    return (int) needed;
  }

  private void readFiles(Bencoded.Dict info) throws StreamException {
    Bencoded.Items list = info.items("files");
    if (list == null || info.has("length")) {
      throw Bencode.bad("its list of files is malformed");
    }
    if (list.items().isEmpty() || list.items().size() > MAX_FILES) {
      throw Bencode.bad("it has no files, or more than " + MAX_FILES);
    }
    for (Bencoded item : list.items()) {
      if (!(item instanceof Bencoded.Dict file)) {
        throw Bencode.bad("its list of files is malformed");
      }
      List<String> path = path(file);
      List<String> urlPath = new ArrayList<>(List.of(name));
      urlPath.addAll(path);
      add(file, path, urlPath);
    }
  }

  private void add(Bencoded.Dict file, List<String> path, List<String> urlPath)
      throws StreamException {
    String attributes = attributes(file);
    refuseSymlink(file, attributes);
    long length = nonNegative(file, "length");
    List<String> shown = new ArrayList<>();
    for (String segment : path) {
      shown.add(DisplayName.cleanOr(segment, "Untitled"));
    }
    if (shown.isEmpty()) {
      shown.add(displayName);
    }
    // BitComet marks its fillers by name alone.
    boolean padding =
        attributes.indexOf('p') >= 0
            || urlPath.get(urlPath.size() - 1).startsWith("_____padding_file");
    files.add(new FileEntry(files.size(), shown, totalLength, length, padding));
    urlPaths.add(List.copyOf(urlPath));
    if (length > Long.MAX_VALUE - totalLength) {
      throw Bencode.bad("its files are too long");
    }
    totalLength += length;
  }

  private static List<String> path(Bencoded.Dict file) throws StreamException {
    Bencoded.Items segments = file.items(file.has("path.utf-8") ? "path.utf-8" : "path");
    if (segments == null || segments.items().isEmpty()) {
      throw Bencode.bad("a file has no name");
    }
    if (segments.items().size() > MAX_PATH_DEPTH) {
      throw Bencode.bad("a file is more than " + MAX_PATH_DEPTH + " folders deep");
    }
    List<String> path = new ArrayList<>();
    for (Bencoded segment : segments.items()) {
      if (!(segment instanceof Bencoded.Text text)) {
        throw Bencode.bad("a file has no name");
      }
      path.add(text.utf8());
    }
    return path;
  }

  /** BEP 47; executable and hidden mean nothing here. */
  private static String attributes(Bencoded.Dict file) {
    Bencoded.Text attributes = file.text("attr");
    return attributes == null ? "" : attributes.utf8();
  }

  private static boolean isOne(Bencoded.@Nullable Num number) {
    return number != null && number.value() == 1;
  }

  private static void refuseSymlink(Bencoded.Dict file, String attributes) throws StreamException {
    if (attributes.indexOf('l') >= 0 || file.has("symlink path")) {
      throw Bencode.bad("it holds a symbolic link");
    }
  }

  /** A hybrid torrent is read as v1 here, but libtorrent reads its v2 file tree as well. */
  private static void refuseSymlinksInTree(Bencoded.@Nullable Dict node) throws StreamException {
    if (node == null) {
      return;
    }
    refuseSymlink(node, attributes(node));
    for (Bencoded child : node.entries().values()) {
      if (child instanceof Bencoded.Dict dict) {
        refuseSymlinksInTree(dict);
      }
    }
  }

  private static String text(Bencoded.Dict dict, String key) throws StreamException {
    Bencoded.Text text = dict.text(dict.has(key + ".utf-8") ? key + ".utf-8" : key);
    if (text == null) {
      throw Bencode.bad("it has no " + key);
    }
    return text.utf8();
  }

  private static long nonNegative(Bencoded.Dict dict, String key) throws StreamException {
    Bencoded.Num number = dict.number(key);
    if (number == null || number.value() < 0) {
      throw Bencode.bad("it has no " + key);
    }
    return number.value();
  }
}
