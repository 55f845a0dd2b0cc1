package org.peerlet.core.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.http.ContentReader;
import org.peerlet.core.http.StreamContent;
import org.peerlet.core.media.SilentView.Patch;

final class SilentContentTest {
  private final ArrayContent clip = new ArrayContent("0123456789abcdefghij");
  private final SilentContent silent =
      new SilentContent(clip, List.of(new Patch(3, "free"), new Patch(16, "FREE")));

  @Test
  void replacesNothingButThePatches() throws Exception {
    assertThat(read(0, 20, 20)).isEqualTo("012free789abcdefFREE");
  }

  @Test
  void patchesWhereverAReadBeginsAndEnds() throws Exception {
    String expected = "012free789abcdefFREE";
    for (int position = 0; position <= 20; position++) {
      for (int step = 1; step <= 20; step++) {
        assertThat(read(position, 20, step))
            .as("from %d by %d", position, step)
            .isEqualTo(expected.substring(position));
      }
    }
  }

  @Test
  void leavesTheRestOfABufferAlone() throws Exception {
    ByteBuffer into = ByteBuffer.wrap("................".getBytes(US_ASCII));
    into.position(2).limit(6);
    try (ContentReader reader = silent.open(2, 20)) {
      assertThat(reader.read(into)).isEqualTo(4);
    }
    assertThat(new String(into.array(), US_ASCII)).isEqualTo("..2fre..........");
  }

  @Test
  void isAnotherEntityOfTheSameLengthAndKind() {
    assertThat(silent.lengthBytes()).isEqualTo(20);
    assertThat(silent.entityTag()).isEqualTo("\"tag-silent\"");
    assertThat(silent.mediaType()).isEqualTo("video/mp4");
    assertThat(silent.lastModified()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void closesTheReaderOfTheClip() throws Exception {
    silent.open(0, 20).close();
    assertThat(clip.closed).isEqualTo(1);
  }

  private String read(int position, int end, int step) throws Exception {
    StringBuilder all = new StringBuilder();
    try (ContentReader reader = silent.open(position, end)) {
      ByteBuffer into = ByteBuffer.allocate(step);
      while (reader.read(into) >= 0) {
        into.flip();
        while (into.hasRemaining()) {
          all.append((char) into.get());
        }
        into.clear();
      }
    }
    return all.toString();
  }

  /** A clip in memory. */
  private static final class ArrayContent implements StreamContent {
    private final byte[] bytes;
    private int closed;

    ArrayContent(String ascii) {
      this.bytes = ascii.getBytes(US_ASCII);
    }

    @Override
    public long lengthBytes() {
      return bytes.length;
    }

    @Override
    public String entityTag() {
      return "\"tag\"";
    }

    @Override
    public Instant lastModified() {
      return Instant.EPOCH;
    }

    @Override
    public String mediaType() {
      return "video/mp4";
    }

    @Override
    public ContentReader open(long position, long end) throws StreamException {
      ByteBuffer left = ByteBuffer.wrap(Arrays.copyOfRange(bytes, (int) position, (int) end));
      return new ContentReader() {
        @Override
        public int read(ByteBuffer into) {
          if (!left.hasRemaining()) {
            return -1;
          }
          int count = Math.min(left.remaining(), into.remaining());
          into.put(left.slice(left.position(), count));
          left.position(left.position() + count);
          return count;
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }
}
