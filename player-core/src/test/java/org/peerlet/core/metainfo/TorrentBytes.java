package org.peerlet.core.metainfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds torrents by hand, right ones and, by overwriting a key, wrong ones. */
final class TorrentBytes {
  static final int PIECE_LENGTH = 16 << 10;

  private final Map<String, Bencoded> info = new TreeMap<>();
  private final Map<String, Bencoded> outer = new TreeMap<>();

  static TorrentBytes ofFile(String name, long length) {
    TorrentBytes torrent = new TorrentBytes();
    torrent.head(name, length);
    torrent.info.put("length", Bencoded.number(length));
    return torrent;
  }

  static TorrentBytes ofFiles(String name, List<Bencoded.Dict> files) {
    TorrentBytes torrent = new TorrentBytes();
    long total = 0;
    for (Bencoded.Dict file : files) {
      Bencoded.Num length = file.number("length");
      total += length == null ? 0 : length.value();
    }
    torrent.head(name, total);
    torrent.info.put("files", Bencoded.items(files));
    return torrent;
  }

  static Bencoded.Dict file(long length, String... path) {
    return file(length, "", path);
  }

  static Bencoded.Dict file(long length, String attributes, String[] path) {
    List<Bencoded> segments = new ArrayList<>();
    for (String segment : path) {
      segments.add(Bencoded.text(segment));
    }
    return Bencoded.dict(
        Map.of(
            "length", Bencoded.number(length),
            "path", Bencoded.items(segments),
            "attr", Bencoded.text(attributes)));
  }

  private void head(String name, long length) {
    long pieces = Math.max(0, Math.min(100_000, (length + PIECE_LENGTH - 1) / PIECE_LENGTH));
    info.put("name", Bencoded.text(name));
    info.put("piece length", Bencoded.number(PIECE_LENGTH));
    info.put("pieces", Bencoded.text(new byte[(int) pieces * Sha1.BYTES]));
  }

  TorrentBytes info(String key, Bencoded value) {
    info.put(key, value);
    return this;
  }

  TorrentBytes outer(String key, Bencoded value) {
    outer.put(key, value);
    return this;
  }

  TorrentBytes without(String key) {
    info.remove(key);
    return this;
  }

  byte[] infoBytes() {
    return Bencode.encode(Bencoded.dict(info));
  }

  byte[] bytes() {
    outer.put("info", Bencoded.dict(info));
    return Bencode.encode(Bencoded.dict(outer));
  }
}
