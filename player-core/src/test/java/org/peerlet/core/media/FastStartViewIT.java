package org.peerlet.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.fixtures.media.Media;

/**
 * What is served is, to the byte, what {@code ffmpeg -movflags +faststart} would have published.
 */
class FastStartViewIT {
  @TempDir Path folder;

  @Test
  void isWhatFfmpegMakesOfTheFixture() throws Exception {
    assertAsFfmpeg(Media.CLIP_10S_INDEX_LAST.path(), "mp4");
  }

  @Test
  void isWhatFfmpegMakesOfALongerClip() throws Exception {
    assertAsFfmpeg(remuxed(Media.CLIP_60S.path(), "mp4"), "mp4");
  }

  @Test
  void isWhatFfmpegMakesOfQuickTime() throws Exception {
    assertAsFfmpeg(remuxed(Media.CLIP_10S.path(), "mov"), "mov");
  }

  private Path remuxed(Path clip, String ending) throws Exception {
    Path last = folder.resolve("last." + ending);
    ffmpeg("-i", clip.toString(), "-c", "copy", "-fflags", "+bitexact", last.toString());
    return last;
  }

  private void assertAsFfmpeg(Path last, String ending) throws Exception {
    Path first = folder.resolve("first." + ending);
    ffmpeg(
        "-i",
        last.toString(),
        "-c",
        "copy",
        "-fflags",
        "+bitexact",
        "-movflags",
        "+faststart",
        first.toString());
    byte[] file = Files.readAllBytes(last);
    byte[] served = FastStartViewTest.rendered(view(file), file);
    assertThat(Arrays.mismatch(served, Files.readAllBytes(first))).isEqualTo(-1);
  }

  private static FastStartView view(byte[] file) {
    Mp4Boxes.Step step = Mp4Boxes.begin(file.length);
    while (step instanceof Mp4Boxes.NeedBytes need) {
      int first = (int) need.first();
      step = Mp4Boxes.next(need, ByteBuffer.wrap(file, first, file.length - first), file.length);
    }
    Mp4Boxes.Found found = (Mp4Boxes.Found) step;
    byte[] moov = Arrays.copyOfRange(file, (int) found.moovFirst(), (int) found.moovEnd());
    return FastStartView.of(found, moov, file.length).orElseThrow();
  }

  private void ffmpeg(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> command.toString()).isZero();
  }
}
