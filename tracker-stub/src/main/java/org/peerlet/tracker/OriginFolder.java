package org.peerlet.tracker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The files of one folder by name, and the torrents among them. Any thread.
 *
 * <p>A name is looked up in a map built by walking the folder; no request is ever turned into a
 * path, so there is nothing to traverse with. An unknown name or info-hash makes the folder be
 * walked again, a second after the last walk at the earliest, so that what a publisher adds is
 * served without a restart and a flood of wrong names costs nothing.
 */
final class OriginFolder {
  private static final long RESCAN_MILLIS = 1000;

  private final FolderScan scanner;
  private final LongSupplier nowMillis;
  private final Object scanning = new Object();
  private volatile FolderScan.Snapshot snapshot;
  private long scannedMillis;

  /** An open regular file; the caller closes the channel. */
  record OpenFile(SeekableByteChannel channel, BasicFileAttributes attributes) {}

  private OriginFolder(Path realRoot, LongSupplier nowMillis) throws IOException {
    this.nowMillis = nowMillis;
    this.scanner = new FolderScan(realRoot);
    this.snapshot = scanner.scan();
    this.scannedMillis = nowMillis.getAsLong();
  }

  /**
   * Walks a folder for the first time.
   *
   * @param nowMillis a clock that never goes back
   * @throws NotDirectoryException if it is none
   * @throws IOException if it is not there or cannot be read
   */
  static OriginFolder open(Path folder, LongSupplier nowMillis) throws IOException {
    Path real = folder.toRealPath();
    if (!Files.isDirectory(real)) {
      throw new NotDirectoryException(folder.toString());
    }
    return new OriginFolder(real, nowMillis);
  }

  /**
   * Opens the file of a name such as {@code clips/a.mp4}, or nothing if there is none (any more).
   */
  Optional<OpenFile> open(String name) {
    if (!seen(scan -> scan.files().containsKey(name))) {
      return Optional.empty();
    }
    Path file = snapshot.files().get(name);
    return file == null ? Optional.empty() : open(file);
  }

  /** Whether a file of this name was found by the last walk. */
  boolean has(String name) {
    return snapshot.files().containsKey(name);
  }

  /** Whether a {@code .torrent} in the folder has this info-hash. */
  boolean lists(InfoHash infoHash) {
    return seen(scan -> scan.infoHashes().contains(infoHash));
  }

  private boolean seen(Predicate<FolderScan.Snapshot> sought) {
    if (sought.test(snapshot)) {
      return true;
    }
    // The one lock that is held during I/O: who asks for something new waits for the one walk that
    // can find it.
    synchronized (scanning) {
      if (!sought.test(snapshot) && nowMillis.getAsLong() - scannedMillis >= RESCAN_MILLIS) {
        try {
          snapshot = scanner.scan();
        } catch (IOException e) {
          // The folder itself is gone for now: what was known stays known, and opening its files
          // will say so.
          return false;
        } finally {
          // Counted from its end: those who waited for a long walk must not walk again.
          scannedMillis = nowMillis.getAsLong();
        }
      }
    }
    return sought.test(snapshot);
  }

  /**
   * The walk saw a regular file here; since then anyone who may write to the folder may have put a
   * link in its place.
   */
  private static Optional<OpenFile> open(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile() || !file.toRealPath().equals(file)) {
        return Optional.empty();
      }
      return Optional.of(
          new OpenFile(
              FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS),
              attributes));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
