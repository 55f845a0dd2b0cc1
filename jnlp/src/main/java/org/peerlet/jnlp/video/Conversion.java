package org.peerlet.jnlp.video;

import java.nio.file.Path;

/** The ffmpeg command that a person can run to make a video fit. */
public final class Conversion {
  private Conversion() {}

  /**
   * The command, for a POSIX shell. The new file stands beside the video.
   *
   * @param remedy what must be done; {@code NONE} moves the index only
   */
  public static String command(Path video, VideoLook.Remedy remedy) {
    String name = String.valueOf(video.getFileName());
    int dot = name.lastIndexOf('.');
    Path made = video.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + "-web.mp4");
    String streams =
        switch (remedy) {
          case NONE, REPACK -> "-c copy";
          case NEW_SOUND -> "-c:v copy -c:a aac";
          case NEW_PICTURE_AND_SOUND -> "-c:v libx264 -pix_fmt yuv420p -c:a aac";
        };
    return "ffmpeg -i " + quoted(video) + " " + streams + " -movflags +faststart " + quoted(made);
  }

  /** One word for the shell, that is no option and safe to print. */
  private static String quoted(Path file) {
    String path = file.isAbsolute() ? file.toString() : "./" + file;
    String text = path.replaceAll("\\p{C}", "?");
    return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
