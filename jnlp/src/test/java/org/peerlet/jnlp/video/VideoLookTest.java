package org.peerlet.jnlp.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerlet.core.media.Playability.Verdict;
import org.peerlet.fixtures.media.Media;
import org.peerlet.jnlp.video.VideoLook.Remedy;

class VideoLookTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "CLIP_10S, PLAYS, NONE, true",
    "CLIP_10S_INDEX_LAST, PLAYS, NONE, false",
    "OPUS_AUDIO, PLAYS_WITHOUT_SOUND, NEW_SOUND, true",
    "FRAGMENTED, UNPLAYABLE, REPACK, true",
    "H264_10BIT, UNPLAYABLE, NEW_PICTURE_AND_SOUND, true",
    "AV1, UNPLAYABLE, NEW_PICTURE_AND_SOUND, true",
    "MATROSKA, UNPLAYABLE, NEW_PICTURE_AND_SOUND, false",
    "WEBM, UNPLAYABLE, NEW_PICTURE_AND_SOUND, false"
  })
  void tells(Media media, Verdict verdict, Remedy remedy, boolean indexFirst) throws Exception {
    VideoLook look = VideoLook.at(media.path());
    assertThat(look.playability().verdict()).isEqualTo(verdict);
    assertThat(look.remedy()).isEqualTo(remedy);
    assertThat(look.indexFirst()).isEqualTo(indexFirst);
    assertThat(look.bytes()).isEqualTo(media.sizeBytes());
  }

  @Test
  void knowsRateAndDuration() throws Exception {
    VideoLook look = VideoLook.at(Media.CLIP_60S.path());
    assertThat(look.duration().toSeconds()).isEqualTo(60);
    assertThat(look.bitsPerSecond()).isBetween(240_000L, 260_000L);
  }

  @Test
  void refusesWhatIsNoVideoFile() throws Exception {
    assertThatThrownBy(() -> VideoLook.at(folder)).hasMessageContaining("can't be read");
    Path empty = Files.createFile(folder.resolve("empty.mp4"));
    assertThatThrownBy(() -> VideoLook.at(empty)).hasMessage("The video empty.mp4 is empty.");
    Path cut = folder.resolve("cut.mp4");
    Files.write(cut, java.util.Arrays.copyOf(Media.CLIP_10S_INDEX_LAST.bytes(), 100_000));
    assertThat(VideoLook.at(cut).playability().sentence())
        .isEqualTo("This clip's file is damaged or cut off.");
  }

  @Test
  void quotesNamesForTheShell() {
    assertThat(Conversion.command(Path.of("-it's a.mkv"), Remedy.NEW_SOUND))
        .isEqualTo(
            "ffmpeg -i './-it'\\''s a.mkv' -c:v copy -c:a aac -movflags +faststart"
                + " './-it'\\''s a-web.mp4'");
  }
}
