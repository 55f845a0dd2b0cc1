package org.peerlet.ui.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.peerlet.core.metainfo.PieceLength;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.Program;
import org.peerlet.fixtures.lab.SwarmLab;

/**
 * A clip of an even bitrate: H.264 and AAC in MP4, the index in front. Noise keeps the encoder at
 * its rate. Made once and kept.
 */
record CrowdClip(Path file, int seconds, long bitsPerSecond) {
  private static final long SOUND_BITS_PER_SECOND = 128_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** How far the file may be off. */
  private static final double TOLERANCE = 0.05;

  /**
   * Finds or makes it.
   *
   * @param folder where clips are kept
   * @param bitsPerSecond of the whole file
   */
  static CrowdClip of(SwarmLab lab, Path folder, int seconds, long bitsPerSecond)
      throws IOException, InterruptedException {
    Path file =
        Files.createDirectories(folder)
            .resolve("crowd-" + seconds + "s-" + bitsPerSecond / 1000 + "k.mp4")
            .toAbsolutePath();
    if (!Files.exists(file)) {
      Path raw = lab.folder("media").resolve("clip.mp4");
      encode(lab, raw, seconds, bitsPerSecond - SOUND_BITS_PER_SECOND);
      Files.move(raw, file, StandardCopyOption.REPLACE_EXISTING);
    }
    long actual = Files.size(file) * 8 / seconds;
    if (Math.abs(actual - bitsPerSecond) > TOLERANCE * bitsPerSecond) {
      throw new IllegalStateException(file + " has " + actual + " bit/s");
    }
    return new CrowdClip(file, seconds, actual);
  }

  private static void encode(SwarmLab lab, Path out, int seconds, long pictureBitsPerSecond)
      throws InterruptedException {
    String rate = Long.toString(pictureBitsPerSecond);
    LabProcess ffmpeg =
        lab.start(
            "ffmpeg",
            Program.FFMPEG.path(),
            "-hide_banner",
            "-loglevel",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=640x360:rate=25,noise=alls=30:allf=t",
            "-f",
            "lavfi",
            "-i",
            "anoisesrc=amplitude=0.3:sample_rate=44100",
            "-t",
            Integer.toString(seconds),
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            "-g",
            "50",
            "-b:v",
            rate,
            "-minrate",
            rate,
            "-maxrate",
            rate,
            "-bufsize",
            rate,
            "-c:a",
            "aac",
            "-b:a",
            Long.toString(SOUND_BITS_PER_SECOND),
            "-movflags",
            "+faststart",
            out.toString());
    if (ffmpeg.awaitExit(PATIENCE) != 0) {
      throw new IllegalStateException("ffmpeg: " + List.of(ffmpeg.lastOutput()));
    }
  }

  long lengthBytes() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The piece length of its torrent. */
  int pieceBytes() {
    return PieceLength.choose(lengthBytes(), seconds);
  }

  Path folder() {
    return file.resolveSibling(".").normalize();
  }

  String name() {
    return String.valueOf(file.getFileName());
  }
}
