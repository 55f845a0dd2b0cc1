package org.peerlet.ui.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.peerlet.core.StreamException;
import org.peerlet.core.media.ByteSource;
import org.peerlet.core.media.Mp4Index;

/**
 * The clip as it lies on the machine that measures: for subjects that don't look into it
 * themselves, the virtual player takes the index from here.
 */
record LocalClip(Mp4Index index, long lengthBytes) {
  static LocalClip of(Path file) throws IOException, StreamException {
    long length = Files.size(file);
    try (FileChannel channel = FileChannel.open(file)) {
      Mp4Index index =
          Mp4Index.read(
              new ByteSource() {
                @Override
                public long length() {
                  return length;
                }

                @Override
                public int read(long position, ByteBuffer into) throws IOException {
                  return channel.read(into, position);
                }
              });
      return new LocalClip(index, length);
    }
  }
}
