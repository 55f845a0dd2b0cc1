package org.peerlet.core.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.http.ContentReader;
import org.peerlet.core.media.SilentView.Patch;

final class SilentContentTest {
  private final ArrayContent clip = ArrayContent.ascii("0123456789abcdefghij");
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
    assertThat(clip.opened()).hasSize(1);
    assertThat(clip.open()).isZero();
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
}
