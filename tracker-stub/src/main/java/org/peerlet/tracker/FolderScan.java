package org.peerlet.tracker;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;
import static java.nio.file.FileVisitResult.TERMINATE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks a folder for regular files whose names, and whose folders' names, do not start with a dot.
 * Symbolic links are left out, not followed. One thread at a time ({@link OriginFolder} sees to
 * it).
 */
final class FolderScan {
  private static final Logger LOG = LoggerFactory.getLogger(FolderScan.class);

  /** Far more than a site of clips has; keeps an accidental {@code serve /} finite. */
  private static final int MAX_FILES = 100_000;

  private static final int MAX_DEPTH = 16;

  /** A torrent of a clip has some ten kilobytes; the player refuses more than this as well. */
  private static final int MAX_TORRENT_BYTES = 4 << 20;

  private final Path realRoot;
  private final String rootUriPath;
  private Map<Path, KnownTorrent> torrents = Map.of();

  /** What one walk found. Names use {@code /}; paths are real. */
  record Snapshot(Map<String, Path> files, Set<InfoHash> infoHashes) {}

  private record KnownTorrent(long sizeBytes, FileTime modified, Set<InfoHash> infoHashes) {}

  FolderScan(Path realRoot) {
    this.realRoot = realRoot;
    this.rootUriPath = realRoot.toUri().getRawPath();
  }

  /**
   * @throws IOException if the folder itself cannot be read; what cannot be read inside it is left
   *     out
   */
  Snapshot scan() throws IOException {
    Map<String, Path> files = new HashMap<>();
    Map<Path, KnownTorrent> seenTorrents = new HashMap<>();
    Files.walkFileTree(
        realRoot,
        EnumSet.noneOf(FileVisitOption.class),
        MAX_DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(realRoot) || !isHidden(folder) ? CONTINUE : SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isRegularFile() || isHidden(file)) {
              return CONTINUE;
            }
            if (files.size() == MAX_FILES) {
              LOG.warn("more than {} files: the rest is not served", MAX_FILES);
              return TERMINATE;
            }
            name(file, files);
            if (lowerCaseName(file).endsWith(".torrent")) {
              seenTorrents.put(file, torrent(file, attributes));
            }
            return CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (file.equals(realRoot)) {
              throw failure;
            }
            return CONTINUE;
          }
        });
    torrents = seenTorrents;
    Set<InfoHash> infoHashes = new HashSet<>();
    seenTorrents.values().forEach(torrent -> infoHashes.addAll(torrent.infoHashes()));
    return new Snapshot(Map.copyOf(files), Set.copyOf(infoHashes));
  }

  /**
   * Takes the name's bytes from the file's URI, not from its text: under {@code LANG=C} Java cannot
   * turn the bytes of {@code ä.mp4} into text, but the URI still has them.
   */
  private void name(Path file, Map<String, Path> files) {
    String uriPath = file.toUri().getRawPath();
    if (uriPath.startsWith(rootUriPath)) {
      RequestPath.decode(uriPath.substring(rootUriPath.length()))
          .ifPresent(name -> files.put(name, file));
    }
  }

  private KnownTorrent torrent(Path file, BasicFileAttributes attributes) {
    KnownTorrent known = torrents.get(file);
    if (known != null
        && known.sizeBytes() == attributes.size()
        && known.modified().equals(attributes.lastModifiedTime())) {
      return known;
    }
    return new KnownTorrent(attributes.size(), attributes.lastModifiedTime(), infoHashes(file));
  }

  private static Set<InfoHash> infoHashes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_TORRENT_BYTES + 1);
      Set<InfoHash> found =
          bytes.length > MAX_TORRENT_BYTES ? Set.of() : TorrentFile.infoHashes(bytes);
      if (found.isEmpty()) {
        LOG.warn(
            "a .torrent file is not one, so it is not tracked: {}", LogText.clean(file.toString()));
      }
      return found;
    } catch (IOException e) {
      LOG.warn("cannot read a .torrent file: {}", LogText.clean(String.valueOf(e.getMessage())));
      return Set.of();
    }
  }

  private static boolean isHidden(Path file) {
    return fileName(file).startsWith(".");
  }

  private static String lowerCaseName(Path file) {
    return fileName(file).toLowerCase(Locale.ROOT);
  }

  private static String fileName(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }
}
