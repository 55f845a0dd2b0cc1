package org.peerlet.ui.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.LaunchArguments;

/**
 * Held by the one player of this user that takes launches over. The system gives it back when a
 * player dies, however it dies.
 */
public final class PlayerLock implements AutoCloseable {
  private final FileChannel file;
  private final Path folder;
  private @Nullable LaunchListener listener;
  private boolean closing;

  private PlayerLock(FileChannel file, Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /**
   * Takes the lock.
   *
   * @param folder readable by this user alone
   * @return empty where another player has it
   */
  public static Optional<PlayerLock> claim(Path folder) throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return Optional.of(new PlayerLock(file, folder));
      }
    } catch (OverlappingFileLockException takenByThisProcess) {
      // As by another.
    } catch (IOException | RuntimeException failed) {
      file.close();
      throw failed;
    }
    file.close();
    return Optional.empty();
  }

  /**
   * From now on, other launches are handed to this player.
   *
   * @param launched hears of each, on the listener's thread, and says whether the player shows it
   */
  public synchronized void listen(Predicate<LaunchArguments> launched) throws IOException {
    if (listener == null && !closing) {
      listener = LaunchListener.open(folder, launched);
    }
  }

  /**
   * Takes no more launches over, for good. The lock stays: who launches meanwhile waits for it, and
   * is the next player.
   */
  public synchronized void stopListening() throws IOException {
    closing = true;
    LaunchListener open = listener;
    listener = null;
    if (open != null) {
      open.close();
    }
  }

  /** Takes no more launches over, and lets another player have the lock. */
  @Override
  public synchronized void close() throws IOException {
    try (file) {
      stopListening();
    }
  }
}
