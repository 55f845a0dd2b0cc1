package org.peerlet.core.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.FileEntry;
import org.peerlet.core.metainfo.Metainfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of one torrent on disk, one file per file of the torrent, named by its index: a name in
 * a torrent never becomes a path (threats.md T4). Knows nothing of what is verified; that is the
 * torrent's business.
 *
 * <p>Safe for several threads. Files are opened when first needed, since libtorrent may make them.
 */
public final class PieceStore implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PieceStore.class);

  private final ClipFolder folder;
  private final Metainfo metainfo;
  private final Map<Integer, FileChannel> channels = new HashMap<>();
  private boolean closed;

  private PieceStore(ClipFolder folder, Metainfo metainfo) {
    this.folder = folder;
    this.metainfo = metainfo;
  }

  /** Takes an empty folder for the torrent. */
  public static PieceStore open(CacheFolder cache, Metainfo metainfo) throws StreamException {
    return new PieceStore(cache.take(metainfo.infoHash().hex()), metainfo);
  }

  /** The folder, for libtorrent to write into; files are named by {@link #fileName}. */
  public Path folder() {
    return folder.path();
  }

  public static String fileName(int fileIndex) {
    return Integer.toString(fileIndex);
  }

  /**
   * Reads from one file of the torrent.
   *
   * @param position offset in the file
   * @return the number of bytes read, at least 1 unless the buffer is full
   * @throws ClosedByInterruptException if the calling thread is interrupted
   * @throws ClosedChannelException after {@link #close}
   * @throws IOException also when the file ends early: somebody cut it underneath us
   */
  public int read(int fileIndex, long position, ByteBuffer into) throws IOException {
    if (!into.hasRemaining()) {
      return 0;
    }
    int count = onChannel(fileIndex, channel -> channel.read(into, position));
    if (count < 0) {
      throw new IOException("The cache file " + fileIndex + " ends before " + position);
    }
    return count;
  }

  /** Writes a verified piece into the files that it spans. */
  public void write(int piece, byte[] data) throws IOException {
    long first = (long) piece * metainfo.pieceLength();
    long end = first + data.length;
    List<FileEntry> files = metainfo.files();
    for (FileEntry file : files) {
      long from = Math.max(first, file.offset());
      long to = Math.min(end, file.offset() + file.length());
      if (from < to && !file.padding()) {
        ByteBuffer part = ByteBuffer.wrap(data, (int) (from - first), (int) (to - from));
        writeFully(file.index(), from - file.offset(), part);
      }
    }
  }

  private void writeFully(int fileIndex, long position, ByteBuffer part) throws IOException {
    long at = position;
    while (part.hasRemaining()) {
      long next = at;
      at += onChannel(fileIndex, channel -> channel.write(part, next));
    }
  }

  private interface Transfer {
    int on(FileChannel channel) throws IOException;
  }

  /** A thread interrupted in a transfer closes the file for all others (NIO); they try again. */
  private int onChannel(int fileIndex, Transfer transfer) throws IOException {
    while (true) {
      try {
        return transfer.on(channel(fileIndex));
      } catch (ClosedByInterruptException ours) {
        throw ours;
      } catch (ClosedChannelException interruptedElsewhere) {
        if (isClosed()) {
          throw interruptedElsewhere;
        }
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized FileChannel channel(int fileIndex) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    FileChannel open = channels.get(fileIndex);
    if (open == null || !open.isOpen()) {
      open =
          FileChannel.open(
              folder.path().resolve(fileName(fileIndex)),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      channels.put(fileIndex, open);
    }
    return open;
  }

  /** Closes the files and deletes them. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (FileChannel channel : channels.values()) {
      closeOrLog(channel);
    }
    closeOrLog(folder);
  }

  private static void closeOrLog(Closeable part) {
    try {
      part.close();
    } catch (IOException failed) {
      log.warn("Something of the clip's cache is left behind: {}", failed.toString());
    }
  }
}
