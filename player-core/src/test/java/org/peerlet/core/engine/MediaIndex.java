package org.peerlet.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.peerlet.core.StreamException;
import org.peerlet.core.media.ByteSource;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.fixtures.media.Media;

/** The index of a clip of the fixtures. */
final class MediaIndex {
  private MediaIndex() {}

  static Mp4Index of(Media media) throws IOException, StreamException {
    ByteBuffer file = ByteBuffer.wrap(media.bytes());
    return Mp4Index.read(
        new ByteSource() {
          @Override
          public long length() {
            return file.capacity();
          }

          @Override
          public int read(long position, ByteBuffer into) {
            int count = Math.min(into.remaining(), file.capacity() - (int) position);
            into.put(file.slice((int) position, count));
            return count;
          }
        });
  }
}
