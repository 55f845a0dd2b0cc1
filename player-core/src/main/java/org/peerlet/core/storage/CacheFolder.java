package org.peerlet.core.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's folder for clips in play, readable by nobody else (threats.md T17). A clip's folder
 * lives as long as the clip is open; what a killed player left is cleared when the clip is next
 * opened.
 */
public final class CacheFolder {
  private static final Logger log = LoggerFactory.getLogger(CacheFolder.class);

  private final Path folder;

  private CacheFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the folder, and makes it when it is missing.
   *
   * @throws StreamException {@code CACHE_NOT_WRITABLE}
   */
  public static CacheFolder open(Path folder) throws StreamException {
    try {
      createPrivate(folder);
      Path probe = Files.createTempFile(folder, "probe", ".tmp");
      Files.delete(probe);
      // One name for each folder, whatever way leads there: locks go by it.
      return new CacheFolder(folder.toRealPath());
    } catch (IOException unwritable) {
      throw notWritable(folder, unwritable);
    }
  }

  public Path path() {
    return folder;
  }

  /** A folder inside for files that aren't a clip's, made when missing. */
  public Path subfolder(String name) throws StreamException {
    Path sub = folder.resolve(name);
    try {
      createPrivate(sub);
      return sub;
    } catch (IOException unwritable) {
      throw notWritable(sub, unwritable);
    }
  }

  /**
   * Takes the folder for one clip. Where another player holds it, this one gets a folder of its own
   * beside it, so that two players never write to the same file. What killed players left of the
   * clip is cleared.
   */
  ClipFolder take(String infoHashHex) throws StreamException {
    for (int copy = 0; ; copy++) {
      Path candidate = folder.resolve(copy == 0 ? infoHashHex : infoHashHex + "-" + copy);
      try {
        var taken = ClipFolder.tryTake(candidate);
        if (taken.isPresent()) {
          clearCopies(infoHashHex);
          return taken.get();
        }
      } catch (IOException unwritable) {
        throw notWritable(candidate, unwritable);
      }
    }
  }

  /** Clears the clip's other folders, but for those that a player holds. */
  private void clearCopies(String infoHashHex) {
    Pattern copy = Pattern.compile(Pattern.quote(infoHashHex) + "-[1-9][0-9]*");
    try (Stream<Path> all = Files.list(folder)) {
      List<String> copies =
          all.map(path -> path.getFileName().toString().replaceFirst("\\.lock$", ""))
              .filter(name -> copy.matcher(name).matches())
              .distinct()
              .toList();
      for (String name : copies) {
        var free = ClipFolder.tryTake(folder.resolve(name));
        if (free.isPresent()) {
          free.get().close();
        }
      }
    } catch (IOException | UncheckedIOException left) {
      log.warn("What another player left can't be cleared", left);
    }
  }

  static void createPrivate(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException walking) {
      throw walking.getCause();
    }
  }

  private static StreamException notWritable(Path path, IOException cause) {
    return new StreamException(
        Reason.CACHE_NOT_WRITABLE,
        "The cache folder can't be written: " + Shown.field(path.toString()),
        cause);
  }
}
