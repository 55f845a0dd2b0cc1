package org.peerlet.jnlp.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** Brings a video into the folder, by the kernel where that is possible: memory stays flat. */
final class VideoCopy {
  /** Between two words to the progress bar. */
  private static final long STEP_BYTES = 8 << 20;

  private VideoCopy() {}

  /**
   * Copies a file to a new one.
   *
   * @throws StreamException {@code NO_SUCH_FILE} if it became shorter meanwhile
   */
  static void copy(Path from, Path into, String what, Progress progress)
      throws IOException, StreamException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(into, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long total = in.size();
      long done = 0;
      progress.at(what, 0, total);
      while (done < total) {
        long count = in.transferTo(done, Math.min(STEP_BYTES, total - done), out);
        if (count <= 0) {
          throw new StreamException(
              Reason.NO_SUCH_FILE, "The video became shorter while it was copied.");
        }
        done += count;
        progress.at(what, done, total);
      }
    } finally {
      progress.done();
    }
  }

  /** Gives the file a second name; false where the file system or its rules do not allow it. */
  static boolean link(Path from, Path into) {
    try {
      Files.createLink(into, from.toRealPath());
      return true;
    } catch (IOException | UnsupportedOperationException notHere) {
      return false;
    }
  }
}
