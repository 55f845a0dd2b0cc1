package org.peerlet.jnlp.video;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.jnlp.process.ChildProcesses;

/**
 * The ffmpeg of this machine. It gets file names as {@code file:} paths, so that none is taken for
 * an option or a URL, and reads no standard input. The caller waits for it.
 */
public final class Ffmpeg {
  /** Only key frames are decoded, yet a film of three hours on a slow disk takes its time. */
  private static final Duration PICTURE_TIME = Duration.ofMinutes(10);

  /** As long as a slow disk copies the largest of videos. */
  private static final Duration COPY_TIME = Duration.ofHours(6);

  /** A tenth of a clip is beyond its titles; of a long one, the first minute is enough. */
  private static final int POSTER_AT_FRACTION = 10;

  private static final long POSTER_AT_MOST_MILLIS = 60_000;

  /** What other sites show of a link is 1200 wide at most. */
  private static final int POSTER_WIDTH = 1280;

  private final Path program;
  private final ChildProcesses children;

  private Ffmpeg(Path program, ChildProcesses children) {
    this.program = program;
    this.children = children;
  }

  /**
   * Looks for it.
   *
   * @param folders like the variable {@code PATH}
   */
  public static Optional<Ffmpeg> find(String folders, ChildProcesses children) {
    for (String folder : folders.split(File.pathSeparator, -1)) {
      for (String name : List.of("ffmpeg", "ffmpeg.exe")) {
        Path file = Path.of(folder.isEmpty() ? "." : folder, name);
        if (Files.isExecutable(file) && Files.isRegularFile(file)) {
          return Optional.of(new Ffmpeg(file.toAbsolutePath(), children));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Copies pictures and sounds, and no more, into a file whose index stands first.
   *
   * @throws StreamException {@code UNPLAYABLE_FORMAT} with ffmpeg's own words
   */
  public void remux(Path video, Path into) throws IOException, StreamException {
    run(
        COPY_TIME,
        video,
        List.of(),
        "-map 0:v -map 0:a? -c copy -movflags +faststart -f mp4",
        into);
  }

  /**
   * Makes a still of a typical moment near the beginning, a JPEG.
   *
   * @throws StreamException as {@link #remux}
   */
  public void poster(Path video, Duration clip, Path into) throws IOException, StreamException {
    long atMillis = Math.min(POSTER_AT_MOST_MILLIS, clip.toMillis() / POSTER_AT_FRACTION);
    run(
        PICTURE_TIME,
        video,
        List.of("-ss", seconds(atMillis)),
        "-map 0:v:0 -frames:v 1 -q:v 3 -map_metadata -1 -f mjpeg -vf"
            + " thumbnail=30,scale='min(%d,iw*sar)':-2,setsar=1".formatted(POSTER_WIDTH),
        into);
  }

  /**
   * Makes the seek bar's sheet, a JPEG. Pictures that are not wide enough get black borders.
   *
   * @throws StreamException as {@link #remux}
   */
  public void thumbnails(Path video, ThumbnailSheet sheet, Path into)
      throws IOException, StreamException {
    int width = ThumbnailSheet.WIDTH;
    int height = ThumbnailSheet.HEIGHT;
    String filters =
        "fps=1000/%d:start_time=0:round=up,tpad=stop_mode=clone:stop=-1"
                .formatted(sheet.intervalMillis())
            + ",scale=iw*sar:ih,scale=%d:%d:force_original_aspect_ratio=decrease"
                .formatted(width, height)
            + ",pad=%d:%d:-1:-1,setsar=1,tile=%dx%d"
                .formatted(width, height, sheet.columns(), sheet.rows());
    run(
        PICTURE_TIME,
        video,
        List.of("-skip_frame", "nokey"),
        "-map 0:v:0 -frames:v 1 -q:v 5 -map_metadata -1 -f mjpeg -vf " + filters,
        into);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
  }

  private void run(Duration time, Path video, List<String> before, String options, Path into)
      throws IOException, StreamException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program.toString(), "-nostdin", "-hide_banner", "-v", "error", "-y"));
    command.addAll(before);
    command.addAll(List.of("-i", "file:" + video.toAbsolutePath()));
    command.addAll(List.of(options.split(" ", -1)));
    command.add("file:" + into.toAbsolutePath());
    Path words = into.resolveSibling(into.getFileName() + ".log");
    Process process =
        children.start(
            new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(words.toFile()));
    try {
      boolean ended = process.waitFor(time.toSeconds(), TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0 || !Files.exists(into)) {
        throw new StreamException(
            Reason.UNPLAYABLE_FORMAT,
            ended
                ? "ffmpeg could not work with the video: " + lastLine(words)
                : "ffmpeg took too long with the video.");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StreamException(Reason.CLOSED, "Publishing was interrupted.", stopped);
    } finally {
      children.end(process);
      Files.deleteIfExists(words);
    }
  }

  private static String lastLine(Path words) throws IOException {
    String text = new String(Files.readAllBytes(words), StandardCharsets.UTF_8).strip();
    return Shown.field(text.substring(text.lastIndexOf('\n') + 1));
  }
}
