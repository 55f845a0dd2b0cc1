package org.peerlet.jnlp.video;

import java.time.Duration;
import java.util.Locale;

/**
 * The seek bar's pictures: how many there are, and where each stands on the sheet that holds them
 * all. Pure.
 *
 * @param count of pictures, at least 1
 * @param intervalMillis between two pictures
 * @param clipMillis length of the clip
 */
public record ThumbnailSheet(int count, long intervalMillis, long clipMillis) {
  /** Small enough for a sheet of some 300 kB, large enough to tell scenes apart. */
  public static final int WIDTH = 160;

  public static final int HEIGHT = 90;

  private static final int COLUMNS = 10;

  /** A seek bar of a thousand pixels has no use for more. */
  private static final int MAX_COUNT = 100;

  /** Below it, neighbours look alike. */
  private static final long MIN_INTERVAL_MILLIS = 2000;

  /** For a clip of this length, which must be known. */
  public static ThumbnailSheet of(Duration clip) {
    long millis = Math.max(1, clip.toMillis());
    long interval = Math.max(MIN_INTERVAL_MILLIS, (millis + MAX_COUNT - 1) / MAX_COUNT);
    return new ThumbnailSheet((int) ((millis + interval - 1) / interval), interval, millis);
  }

  public int columns() {
    return Math.min(COLUMNS, count);
  }

  public int rows() {
    return (count + COLUMNS - 1) / COLUMNS;
  }

  /**
   * The WebVTT that names, for each stretch of the clip, its region of the picture (media
   * fragments, {@code #xywh=}).
   *
   * @param picture name of the sheet, relative to the WebVTT
   */
  public String vtt(String picture) {
    StringBuilder out = new StringBuilder("WEBVTT\n");
    for (int i = 0; i < count; i++) {
      long first = i * intervalMillis;
      long end = Math.min(clipMillis, first + intervalMillis);
      out.append("\n%s --> %s\n".formatted(time(first), time(end)))
          .append(picture)
          .append("#xywh=%d,%d,%d,%d\n".formatted(x(i), y(i), WIDTH, HEIGHT));
    }
    return out.toString();
  }

  private static int x(int index) {
    return index % COLUMNS * WIDTH;
  }

  private static int y(int index) {
    return index / COLUMNS * HEIGHT;
  }

  private static String time(long millis) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1000 % 60,
        millis % 1000);
  }
}
