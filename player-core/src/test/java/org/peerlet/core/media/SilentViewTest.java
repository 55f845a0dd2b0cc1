package org.peerlet.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.media.Boxes.aac;
import static org.peerlet.core.media.Boxes.ascii;
import static org.peerlet.core.media.Boxes.avc;
import static org.peerlet.core.media.Boxes.box;
import static org.peerlet.core.media.Boxes.fixedSizes;
import static org.peerlet.core.media.Boxes.moov;
import static org.peerlet.core.media.Boxes.table;
import static org.peerlet.core.media.Boxes.trak;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.media.SilentView.Patch;

class SilentViewTest {
  private static final byte[][] TABLES = {
    table("stts", 1, 1000), table("stsc", 1, 1, 1), fixedSizes(1, 1), table("stco", 0)
  };
  private static final byte[] MOOV =
      moov(
          trak("vide", avc(100), TABLES),
          trak("soun", aac(), TABLES),
          trak("soun", box("Opus", new byte[28]), TABLES));

  @Test
  void takesTheSoundOut() throws StreamException {
    Mp4Index index = Mp4Index.parse(MOOV, 100);
    assertThat(left(SilentView.withoutSound(index, 0)))
        .extracting(Mp4Track::kind)
        .containsExactly(TrackKind.VIDEO);
  }

  @Test
  void leavesTheSoundThatPlays() throws StreamException {
    Mp4Index index = Mp4Index.parse(MOOV, 100);
    assertThat(left(SilentView.withoutUnplayableSound(index, 0)))
        .extracting(Mp4Track::kind)
        .containsExactly(TrackKind.VIDEO, TrackKind.AUDIO);
  }

  private static List<Mp4Track> left(List<Patch> patches) throws StreamException {
    byte[] patched = MOOV.clone();
    patches.forEach(patch -> patch.apply(patched, 0));
    return Mp4Index.parse(patched, 100).tracks();
  }

  @Test
  void patchesAnyPartOfTheFile() {
    Patch patch = new Patch(1000, "free");
    for (int first = 990; first < 1010; first++) {
      byte[] part = ascii("-----");
      patch.apply(part, first);
      for (int i = 0; i < part.length; i++) {
        int at = first + i;
        char expected = at >= 1000 && at < 1004 ? "free".charAt(at - 1000) : '-';
        assertThat((char) part[i]).isEqualTo(expected);
      }
    }
  }
}
