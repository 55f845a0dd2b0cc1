package org.peerlet.core.metainfo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * Makes torrents (BEP 3, v1) in pure Java: libtorrent's own maker replaces the JVM's signal
 * handlers (threats.md T22). The same input gives the same bytes; no date and no program name goes
 * in. Blocks its caller, and takes a second thread while it hashes more than {@value
 * PieceHasher#PARALLEL_FROM_BYTES} bytes. An interrupt ends it with {@code CLOSED}.
 */
public final class TorrentMaker {
  private TorrentMaker() {}

  /** Told of the bytes hashed so far, rising; called from either hashing thread, never from two. */
  @FunctionalInterface
  public interface Progress {
    void hashed(long bytes, long totalBytes);
  }

  /**
   * What goes into the torrent besides the files.
   *
   * @param name of the torrent; if empty, the name of the file or, of several, of the first
   * @param pieceLength a power of two from 16 KiB to 16 MiB, or 0 to choose by size
   * @param trackers each becomes a tier of its own, tried in this order
   */
  public record Options(
      String name,
      int pieceLength,
      List<String> trackers,
      List<String> webSeeds,
      Progress progress) {

    public Options {
      boolean chosen = pieceLength == 0;
      boolean inRange =
          pieceLength >= InfoReader.MIN_PIECE_LENGTH
              && pieceLength <= InfoReader.MAX_PIECE_LENGTH
              && Integer.bitCount(pieceLength) == 1;
      if (!chosen && !inRange) {
        throw new IllegalArgumentException("piece length " + pieceLength);
      }
      trackers = List.copyOf(trackers);
      webSeeds = List.copyOf(webSeeds);
    }

    public static Options defaults() {
      return new Options("", 0, List.of(), List.of(), (bytes, totalBytes) -> {});
    }

    public Options withName(String newName) {
      return new Options(newName, pieceLength, trackers, webSeeds, progress);
    }

    public Options withPieceLength(int newPieceLength) {
      return new Options(name, newPieceLength, trackers, webSeeds, progress);
    }

    public Options withTrackers(List<String> newTrackers) {
      return new Options(name, pieceLength, newTrackers, webSeeds, progress);
    }

    public Options withWebSeeds(List<String> newWebSeeds) {
      return new Options(name, pieceLength, trackers, newWebSeeds, progress);
    }

    public Options withProgress(Progress newProgress) {
      return new Options(name, pieceLength, trackers, webSeeds, newProgress);
    }
  }

  /**
   * A single-file torrent.
   *
   * @throws StreamException {@code NO_SUCH_FILE} if the file is missing, unreadable, empty or
   *     changes underneath; {@code CLOSED} on interrupt
   */
  public static byte[] make(Path file, Options options) throws StreamException {
    long length = length(file);
    int pieceLength = pieceLength(options, length);
    Map<String, Bencoded> info = info(options, List.of(file), length, pieceLength);
    info.put("length", Bencoded.number(length));
    return torrent(info, options);
  }

  /**
   * A multi-file torrent: the files stand in one folder, in this order, each under its own file
   * name.
   *
   * @throws StreamException as {@link #make(Path, Options)}, and {@code BAD_SOURCE} for two files
   *     of one name or more than 1000
   */
  public static byte[] make(List<Path> files, Options options) throws StreamException {
    List<Bencoded> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long total = 0;
    for (Path file : files) {
      long length = length(file);
      total += length;
      if (!names.add(fileName(file))) {
        throw new StreamException(
            Reason.BAD_SOURCE, "Two files have the same name: " + shown(file) + ".");
      }
      Bencoded path = Bencoded.items(List.of(Bencoded.text(fileName(file))));
      entries.add(Bencoded.dict(Map.of("length", Bencoded.number(length), "path", path)));
    }
    if (files.isEmpty() || files.size() > InfoReader.MAX_FILES) {
      throw new StreamException(
          Reason.BAD_SOURCE, "A torrent holds 1 to " + InfoReader.MAX_FILES + " files.");
    }
    Map<String, Bencoded> info = info(options, files, total, pieceLength(options, total));
    info.put("files", Bencoded.items(entries));
    return torrent(info, options);
  }

  private static int pieceLength(Options options, long totalBytes) {
    return options.pieceLength() == 0 ? PieceLength.choose(totalBytes, 0) : options.pieceLength();
  }

  private static Map<String, Bencoded> info(
      Options options, List<Path> files, long totalBytes, int pieceLength) throws StreamException {
    if (totalBytes / pieceLength > Bencode.MAX_BYTES / Sha1.BYTES / 2) {
      throw new StreamException(
          Reason.BAD_SOURCE, "This is too large for one torrent with pieces of that length.");
    }
    byte[] pieces = PieceHasher.hash(files, totalBytes, pieceLength, options.progress());
    Map<String, Bencoded> info = new TreeMap<>();
    info.put(
        "name", Bencoded.text(options.name().isEmpty() ? fileName(files.get(0)) : options.name()));
    info.put("piece length", Bencoded.number(pieceLength));
    info.put("pieces", Bencoded.text(pieces));
    return info;
  }

  private static byte[] torrent(Map<String, Bencoded> info, Options options) {
    Map<String, Bencoded> outer = new TreeMap<>();
    outer.put("info", Bencoded.dict(info));
    List<Bencoded.Text> trackers = options.trackers().stream().map(Bencoded::text).toList();
    if (!trackers.isEmpty()) {
      outer.put("announce", trackers.get(0));
    }
    if (trackers.size() > 1) {
      outer.put(
          "announce-list",
          Bencoded.items(trackers.stream().map(url -> Bencoded.items(List.of(url))).toList()));
    }
    if (!options.webSeeds().isEmpty()) {
      outer.put(
          "url-list", Bencoded.items(options.webSeeds().stream().map(Bencoded::text).toList()));
    }
    return Bencode.encode(Bencoded.dict(outer));
  }

  private static long length(Path file) throws StreamException {
    try {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new StreamException(
            Reason.NO_SUCH_FILE, "The file " + shown(file) + " does not exist or can't be read.");
      }
      long length = Files.size(file);
      if (length == 0) {
        throw new StreamException(Reason.NO_SUCH_FILE, "The file " + shown(file) + " is empty.");
      }
      return length;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static StreamException unreadable(Path file, IOException cause) {
    return new StreamException(
        Reason.NO_SUCH_FILE, "The file " + shown(file) + " can't be read.", cause);
  }

  static String shown(Path file) {
    return DisplayName.clean(fileName(file));
  }

  private static String fileName(Path file) {
    Path name = file.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
  }
}
