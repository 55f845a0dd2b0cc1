package org.peerlet.core.metainfo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * Hashes files that follow each other, piece by piece. Reading is in file order, by one thread at a
 * time, for the sake of spinning disks; hashing overlaps it. Memory: one piece a thread.
 */
final class PieceHasher {
  /** Below it a second thread costs more than it saves. */
  static final long PARALLEL_FROM_BYTES = 32 << 20;

  private final List<Path> files;
  private final long totalBytes;
  private final int pieceLength;
  private final TorrentMaker.Progress progress;
  private final byte[] hashes;

  // The fields below belong to whoever holds this object's monitor.
  private int nextFile;
  private @Nullable InputStream input;
  private long readBytes;
  private long hashedBytes;
  private boolean failed;

  private PieceHasher(
      List<Path> files, long totalBytes, int pieceLength, TorrentMaker.Progress progress) {
    this.files = files;
    this.totalBytes = totalBytes;
    this.pieceLength = pieceLength;
    this.progress = progress;
    this.hashes = new byte[(int) ((totalBytes - 1) / pieceLength + 1) * Sha1.BYTES];
  }

  /** The hashes of all pieces, one after the other. */
  static byte[] hash(
      List<Path> files, long totalBytes, int pieceLength, TorrentMaker.Progress progress)
      throws StreamException {
    PieceHasher hasher = new PieceHasher(files, totalBytes, pieceLength, progress);
    FutureTask<@Nullable Void> second =
        new FutureTask<>(
            () -> {
              hasher.run();
              return null;
            });
    if (totalBytes >= PARALLEL_FROM_BYTES) {
      Thread thread = new Thread(second, "peerlet-hash");
      thread.setDaemon(true);
      thread.start();
    } else {
      second.cancel(false);
    }
    try {
      hasher.run();
      join(second);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } finally {
      hasher.fail();
      hasher.closeInput();
    }
    return hasher.hashes;
  }

  private static void join(FutureTask<@Nullable Void> second)
      throws StreamException, InterruptedException {
    try {
      if (!second.isCancelled()) {
        second.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StreamException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static StreamException interrupted(@Nullable Exception cause) {
    return new StreamException(Reason.CLOSED, "Making the torrent was interrupted.", cause);
  }

  private void run() throws StreamException {
    byte[] piece = new byte[(int) Math.min(pieceLength, totalBytes)];
    MessageDigest sha1 = Sha1.digest();
    boolean done = false;
    try {
      for (long first = read(piece); first >= 0; first = read(piece)) {
        int size = (int) Math.min(pieceLength, totalBytes - first);
        sha1.update(piece, 0, size);
        byte[] hash = sha1.digest();
        System.arraycopy(hash, 0, hashes, (int) (first / pieceLength) * Sha1.BYTES, Sha1.BYTES);
        report(size);
      }
      done = true;
    } finally {
      if (!done) {
        fail();
      }
    }
  }

  private synchronized void report(int size) {
    hashedBytes += size;
    progress.hashed(hashedBytes, totalBytes);
  }

  private synchronized void fail() {
    failed = true;
  }

  /** Reads the next piece; its offset, or -1 at the end and after a failure of the other thread. */
  private synchronized long read(byte[] piece) throws StreamException {
    if (failed || readBytes == totalBytes) {
      return -1;
    }
    long first = readBytes;
    int wanted = (int) Math.min(pieceLength, totalBytes - first);
    int size = 0;
    while (size < wanted) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(null);
      }
      Path file = files.get(input == null ? nextFile : nextFile - 1);
      try {
        if (input == null) {
          input = Files.newInputStream(file);
          nextFile++;
        }
        int count = input.read(piece, size, wanted - size);
        if (count >= 0) {
          size += count;
        } else {
          closeInput();
          if (nextFile == files.size()) {
            throw changed();
          }
        }
      } catch (ClosedByInterruptException e) {
        throw interrupted(e);
      } catch (IOException e) {
        throw TorrentMaker.unreadable(file, e);
      }
    }
    readBytes += size;
    if (readBytes == totalBytes) {
      requireEnd();
    }
    return first;
  }

  private void requireEnd() throws StreamException {
    try {
      if (nextFile != files.size() || input == null || input.read() >= 0) {
        throw changed();
      }
    } catch (IOException e) {
      throw TorrentMaker.unreadable(files.get(nextFile - 1), e);
    }
  }

  private static StreamException changed() {
    return new StreamException(
        Reason.NO_SUCH_FILE, "A file changed while the torrent was being made.");
  }

  private synchronized void closeInput() {
    InputStream open = input;
    input = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing was written; what was read is in hand.
        input = null;
      }
    }
  }
}
