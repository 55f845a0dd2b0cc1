package org.peerlet.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peerlet.core.media.SilentView.Patch;
import org.peerlet.fixtures.media.Media;

/** Against ffprobe and ffmpeg, which read and write MP4 with code of their own. */
class Mp4IndexIT {
  @TempDir Path folder;

  /** What ffprobe says of one sample; times in microseconds. */
  private record Packet(int stream, long dts, long pts, long first, long end, boolean key) {}

  @ParameterizedTest
  @EnumSource(
      value = Media.class,
      names = {"CLIP_10S", "CLIP_10S_INDEX_LAST", "CLIP_10S_SILENT", "CLIP_60S", "AV1"})
  void agreesWithFfprobeOnTheFixtures(Media media) throws Exception {
    agreesWithFfprobe(media.path());
  }

  @Test
  void agreesWithFfprobeOnReorderedPictures() throws Exception {
    agreesWithFfprobe(
        ffmpeg("b.mp4", "-c:v", "libx264", "-bf", "3", "-g", "30", "-c:a", "aac", "-t", "7.3"));
  }

  @Test
  void agreesWithFfprobeOnQuickTimeAndHevc() throws Exception {
    agreesWithFfprobe(
        ffmpeg("c.mov", "-c:v", "libx265", "-x265-params", "log-level=error", "-c:a", "aac"));
  }

  @Test
  void judgesWhatFfmpegWrites() throws Exception {
    assertVerdict(Playability.Verdict.PLAYS, "-c:v", "libx264", "-c:a", "aac");
    assertVerdict(
        Playability.Verdict.PLAYS,
        "-c:v",
        "libx265",
        "-x265-params",
        "log-level=error",
        "-c:a",
        "aac");
    assertVerdict(
        Playability.Verdict.UNPLAYABLE,
        "-pix_fmt",
        "yuv420p10le",
        "-c:v",
        "libx265",
        "-x265-params",
        "log-level=error");
    assertVerdict(Playability.Verdict.UNPLAYABLE, "-c:v", "mpeg4", "-c:a", "aac");
    assertVerdict(Playability.Verdict.UNPLAYABLE, "-pix_fmt", "yuv444p", "-c:v", "libx264");
    assertVerdict(Playability.Verdict.PLAYS_WITHOUT_SOUND, "-c:v", "libx264", "-c:a", "ac3");
    assertVerdict(Playability.Verdict.PLAYS_WITHOUT_SOUND, "-c:v", "libx264", "-c:a", "libmp3lame");
  }

  @Test
  void theSilentViewHasNoSoundAndTheSamePicture() throws Exception {
    Path original = Media.OPUS_AUDIO.path();
    byte[] bytes = Files.readAllBytes(original);
    Mp4Boxes.Step step =
        Mp4Boxes.next(
            new Mp4Boxes.NeedBytes(0, 16, Mp4Boxes.Passed.NOTHING),
            ByteBuffer.wrap(bytes),
            bytes.length);
    assertThat(step).isInstanceOf(Mp4Boxes.Found.class);
    long moovFirst = ((Mp4Boxes.Found) step).moovFirst();
    List<Patch> patches =
        SilentView.withoutUnplayableSound(Mp4Index.read(PlayabilityTest.source(bytes)), moovFirst);
    patches.forEach(patch -> patch.apply(bytes, 0));
    Path silent = Files.write(folder.resolve("silent.mp4"), bytes);
    assertThat(packets(silent)).extracting(Packet::stream).containsOnly(0);
    assertThat(pictureHash(silent)).isEqualTo(pictureHash(original));
  }

  private void assertVerdict(Playability.Verdict verdict, String... codecs) throws Exception {
    List<String> options = new ArrayList<>(List.of(codecs));
    options.addAll(List.of("-t", "0.4"));
    Path file = ffmpeg("v.mp4", options.toArray(new String[0]));
    assertThat(Playability.of(index(file)).verdict()).as("%s", options).isEqualTo(verdict);
  }

  private void agreesWithFfprobe(Path file) throws Exception {
    Mp4Index index = index(file);
    List<Packet> packets = packets(file);
    assertThat(packets).isNotEmpty();
    assertThat(index.mediaFirst())
        .isEqualTo(packets.stream().mapToLong(Packet::first).min().orElseThrow());
    long last = packets.stream().mapToLong(Packet::pts).max().orElseThrow();
    assertThat(micros(index.duration())).isBetween(last, last + 200_000);
    for (long at = 0; at < last; at += 97_000) {
      Duration position = Duration.ofNanos(at * 1000);
      assertThat(index.endByteFor(position))
          .as("end byte at %d µs", at)
          .isEqualTo(end(packets, at));
      long end = index.endByteFor(position);
      assertThat(index.playableUntil(position, end)).isGreaterThanOrEqualTo(position);
      assertThat(micros(index.playableUntil(position, end)))
          .as("playable at %d µs", at)
          .isCloseTo(playableUntil(packets, end, micros(index.duration()), at), within(2L));
      assertThat(index.firstByteFor(position))
          .as("first byte at %d µs", at)
          .isEqualTo(first(packets, at));
    }
  }

  private static long end(List<Packet> packets, long at) {
    return packets.stream()
        .filter(packet -> packet.dts() <= at)
        .mapToLong(Packet::end)
        .max()
        .orElseThrow();
  }

  private static long playableUntil(List<Packet> packets, long end, long duration, long at) {
    return Math.max(
        at,
        packets.stream()
            .filter(packet -> packet.end() > end)
            .mapToLong(Packet::dts)
            .min()
            .orElse(duration));
  }

  private static long first(List<Packet> packets, long at) {
    long first = Long.MAX_VALUE;
    for (int stream = 0; stream < 2; stream++) {
      long start = -1;
      for (Packet packet : packets) {
        if (packet.stream() == stream && packet.key() && packet.pts() <= at) {
          start = packet.first();
        }
      }
      first = start >= 0 ? Math.min(first, start) : first;
    }
    return first;
  }

  private static Mp4Index index(Path file) throws Exception {
    return Mp4Index.read(PlayabilityTest.source(Files.readAllBytes(file)));
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }

  /** A moving picture and a tone, encoded as told. */
  private Path ffmpeg(String name, String... options) throws Exception {
    Path file = folder.resolve(name);
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=5"));
    command.addAll(List.of("-f", "lavfi", "-i", "sine=d=5"));
    command.addAll(List.of(options));
    command.add(file.toString());
    run(command);
    return file;
  }

  private List<Packet> packets(Path file) throws Exception {
    String entries = "packet=stream_index,pts_time,dts_time,size,pos,flags";
    String output =
        run(
            List.of(
                "ffprobe", "-v", "error", "-show_entries", entries, "-of", "csv", file.toString()));
    List<Packet> packets = new ArrayList<>();
    for (String line : output.lines().toList()) {
      // packet,stream,pts,dts,size,pos,flags
      String[] field = line.split(",", -1);
      if (field.length < 7) {
        // The end of a packet's side data.
        continue;
      }
      long first = Long.parseLong(field[5]);
      packets.add(
          new Packet(
              Integer.parseInt(field[1]),
              toMicros(field[3]),
              toMicros(field[2]),
              first,
              first + Long.parseLong(field[4]),
              field[6].startsWith("K")));
    }
    return packets;
  }

  private static long toMicros(String seconds) {
    return Math.round(Double.parseDouble(seconds) * 1e6);
  }

  private String pictureHash(Path file) throws Exception {
    return run(
        List.of(
            "ffmpeg",
            "-nostdin",
            "-v",
            "quiet",
            "-i",
            file.toString(),
            "-map",
            "0:v",
            "-f",
            "md5",
            "-"));
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> command + "\n" + text(errors)).isZero();
    return Files.readString(output);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
