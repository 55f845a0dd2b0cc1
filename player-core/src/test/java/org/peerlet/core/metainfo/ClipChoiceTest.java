package org.peerlet.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.peerlet.core.metainfo.TorrentBytes.file;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

class ClipChoiceTest {

  @Test
  void takesTheLargestThatPlaysHere() throws StreamException {
    assertThat(
            choose(
                file(900, "cover.jpg"),
                file(10, "a.mp4"),
                file(30, "b", "B.MP4"),
                file(30, "c.mov"),
                file(99, "p", new String[] {"pad.mp4"}),
                file(50, "d.mkv")))
        .isEqualTo(2);
  }

  @Test
  void takesAFilmInAnotherFormatOverItsSample() throws StreamException {
    assertThat(choose(file(10, "sample.mp4"), file(1000, "film.mkv"))).isEqualTo(1);
    assertThat(choose(file(1, "x.txt"), file(2, "a.webm"))).isEqualTo(1);
  }

  @Test
  void readsTheExtensionOfALongName() throws StreamException {
    assertThat(choose(file(1, "x".repeat(1000) + ".mp4"))).isZero();
  }

  @Test
  void saysWhenThereIsNone() {
    assertThatThrownBy(() -> choose(file(1, "mp4.txt"), file(0, "a.mp4")))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_PLAYABLE_FILE));
  }

  private static int choose(Bencoded.Dict... files) throws StreamException {
    return ClipChoice.playableFile(
        Metainfo.parse(TorrentBytes.ofFiles("folder", List.of(files)).bytes()));
  }
}
