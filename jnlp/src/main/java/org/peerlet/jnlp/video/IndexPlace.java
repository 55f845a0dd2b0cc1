package org.peerlet.jnlp.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.peerlet.core.media.ByteSource;
import org.peerlet.core.media.Mp4Boxes;

/** Where an MP4 has its index. */
final class IndexPlace {
  private IndexPlace() {}

  /** Whether the index stands before all media; false where there is none. */
  static boolean isBeforeMedia(ByteSource file) throws IOException {
    Mp4Boxes.Step step = Mp4Boxes.begin(file.length());
    while (step instanceof Mp4Boxes.NeedBytes need) {
      ByteBuffer bytes = ByteBuffer.allocate((int) (need.end() - need.first()));
      while (bytes.hasRemaining() && file.read(need.first() + bytes.position(), bytes) >= 0) {
        // Until the range is whole.
      }
      if (bytes.hasRemaining()) {
        return false; // cut off while it was read
      }
      step = Mp4Boxes.next(need, bytes.flip(), file.length());
    }
    return step instanceof Mp4Boxes.Found found && !found.passed().media();
  }
}
