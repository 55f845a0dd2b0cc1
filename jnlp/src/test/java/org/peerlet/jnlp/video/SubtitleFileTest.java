package org.peerlet.jnlp.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamException;

class SubtitleFileTest {
  private static final String SRT = "1\n00:00:01,000 --> 00:00:02,000\n";

  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private SubtitleFile only() throws StreamException {
    return SubtitleFile.beside(folder.resolve("film.mp4")).get(0);
  }

  @Test
  void findsThoseOfTheVideo() throws Exception {
    write("film.vtt", "");
    write("film.en.vtt", "");
    write("film.en.srt", "");
    write("film.pt-BR.srt", "");
    write("film2.en.vtt", "");
    write("film.director cut.vtt", "");
    write("film.txt", "");
    assertThat(SubtitleFile.beside(folder.resolve("film.mp4")))
        .extracting(each -> each.publishedName("x") + " " + each.label())
        .containsExactly("x.en.vtt English", "x.pt-BR.vtt Português (Brasil)", "x.vtt Subtitles");
  }

  @Test
  void readsOldEncodings() throws Exception {
    Files.write(
        folder.resolve("film.fr.srt"), (SRT + "été\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(only().webVtt()).asString(StandardCharsets.UTF_8).endsWith("\nété\n");
  }

  @Test
  void takesAByteOrderMarkOff() throws Exception {
    write("film.vtt", "\uFEFFWEBVTT\n");
    assertThat(only().webVtt()).asString(StandardCharsets.UTF_8).isEqualTo("WEBVTT\n");
  }

  @Test
  void refusesWhatIsNoneOfItsKind() throws Exception {
    write("film.vtt", "WEBVTTX\n");
    assertThatThrownBy(() -> only().webVtt())
        .isInstanceOf(StreamException.class)
        .hasMessage("The subtitles film.vtt are not WebVTT.");
    Files.delete(folder.resolve("film.vtt"));
    write("film.srt", "nothing");
    assertThatThrownBy(() -> only().webVtt()).hasMessage("The subtitles film.srt are not SubRip.");
  }

  @Test
  void saysWhatCantBeRead() {
    SubtitleFile gone = new SubtitleFile(folder.resolve("film.en.srt"), "en");
    assertThatThrownBy(gone::webVtt)
        .isInstanceOf(StreamException.class)
        .hasMessage("The subtitles film.en.srt can't be read.");
    assertThatThrownBy(() -> SubtitleFile.beside(folder.resolve("none/film.mp4")))
        .isInstanceOf(StreamException.class)
        .hasMessage(
            "The folder of the video film.mp4 can't be listed, so its subtitles are not known.");
  }
}
