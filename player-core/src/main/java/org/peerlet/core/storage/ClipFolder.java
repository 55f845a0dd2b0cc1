package org.peerlet.core.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One clip's folder, locked against other players; deleted when closed. */
final class ClipFolder implements Closeable {
  /**
   * The lock files that this process holds. POSIX drops a process's locks on a file when any of its
   * descriptors of it is closed, so a held one must not even be opened again.
   */
  private static final Set<Path> held = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path lockFile;
  private final FileChannel lockChannel;

  private ClipFolder(Path folder, Path lockFile, FileChannel lockChannel) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.lockChannel = lockChannel;
  }

  /** Takes the folder unless another player has it. The lock dies with its process. */
  static Optional<ClipFolder> tryTake(Path folder) throws IOException {
    Path lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
    if (!held.add(lockFile)) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        // A lock on a file that its last owner deleted in this instant protects nothing.
        if (lock != null && Files.exists(lockFile)) {
          CacheFolder.deleteTree(folder);
          CacheFolder.createPrivate(folder);
          taken = true;
          return Optional.of(new ClipFolder(folder, lockFile, channel));
        }
        return Optional.empty();
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    } finally {
      if (!taken) {
        held.remove(lockFile);
      }
    }
  }

  Path path() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    try {
      CacheFolder.deleteTree(folder);
    } finally {
      try {
        Files.deleteIfExists(lockFile);
      } finally {
        lockChannel.close();
        held.remove(lockFile);
      }
    }
  }
}
