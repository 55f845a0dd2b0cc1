package org.peerlet.core.media;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Finds an MP4's index (the {@code moov} box) wherever it stands, one range of bytes at a time, so
 * that the caller fetches only those: {@link #begin}, then {@link #next} with the bytes asked for,
 * until the answer is no {@link NeedBytes}. Source: ISO/IEC 14496-12, 4.2.
 */
public final class Mp4Boxes {
  /** A two-hour film has 2 to 8 MB; ours is far above, and bounds what is held in memory. */
  public static final int MAX_MOOV_BYTES = 64 << 20;

  /** Each box may cost the fetch of a piece. Muxers write {@code moov} among the first few. */
  private static final int MAX_BOXES = 64;

  private static final int HEADER_BYTES = 16;

  private static final Set<String> PADDING = Set.of("free", "skip", "wide");

  private static final Set<String> FIRST_TYPES =
      Set.of("ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "uuid", "styp", "pdin");

  private Mp4Boxes() {}

  /** What to do next. */
  public sealed interface Step permits NeedBytes, Found, NotMp4 {}

  /**
   * The boxes that were passed already.
   *
   * @param boxes how many
   * @param frontEnd offset after the last of those before all media that is no padding: where an
   *     index in front of the media would stand
   * @param media whether media ({@code mdat}) is among them
   */
  public record Passed(int boxes, long frontEnd, boolean media) {
    public static final Passed NOTHING = new Passed(0, 0, false);

    private Passed and(String type, long end) {
      boolean front = !media && !type.equals("mdat") && !PADDING.contains(type);
      return new Passed(boxes + 1, front ? end : frontEnd, media || type.equals("mdat"));
    }
  }

  /** Fetch these bytes. */
  public record NeedBytes(long first, long end, Passed passed) implements Step {}

  /** The index is these bytes of the file, box header included; at most {@link #MAX_MOOV_BYTES}. */
  public record Found(long moovFirst, long moovEnd, Passed passed) implements Step {
    public int size() {
      return (int) (moovEnd - moovFirst);
    }
  }

  /** No MP4, or one without an index that can be used: cut off, hostile. */
  public record NotMp4() implements Step {}

  public static Step begin(long fileLength) {
    return need(0, fileLength, Passed.NOTHING);
  }

  /**
   * Goes on with the bytes of the file from {@code asked.first()} on. More than asked for is
   * welcome and saves steps; of fewer, the same is asked again.
   */
  public static Step next(NeedBytes asked, ByteBuffer bytes, long fileLength) {
    ByteBuffer data = bytes.slice();
    long position = asked.first();
    Passed passed = asked.passed();
    while (true) {
      long offset = position - asked.first();
      if (passed.boxes() >= MAX_BOXES || fileLength - position < 8) {
        return new NotMp4();
      }
      if (offset + Math.min(HEADER_BYTES, fileLength - position) > data.limit()) {
        return need(position, fileLength, passed);
      }
      int at = (int) offset;
      String type = Box.text(data.getInt(at + 4));
      long length = length(data, at, fileLength - position);
      boolean known = passed.boxes() == 0 ? FIRST_TYPES.contains(type) : isPrintable(type);
      if (length < 0 || !known) {
        return new NotMp4();
      }
      if (type.equals("moov")) {
        return length <= MAX_MOOV_BYTES
            ? new Found(position, position + length, passed)
            : new NotMp4();
      }
      position += length;
      passed = passed.and(type, position);
    }
  }

  private static Step need(long first, long fileLength, Passed passed) {
    return fileLength - first < 8
        ? new NotMp4()
        : new NeedBytes(first, Math.min(fileLength, first + HEADER_BYTES), passed);
  }

  /** Of the whole box, or -1 if that can't be. */
  private static long length(ByteBuffer data, int at, long left) {
    long length = data.getInt(at) & 0xffff_ffffL;
    int header = 8;
    if (length == 0) {
      length = left;
    } else if (length == 1) {
      length = left < HEADER_BYTES ? -1 : data.getLong(at + 8);
      header = HEADER_BYTES;
    }
    return length < header || length > left ? -1 : length;
  }

  /** Box types are printable; Apple's begin with a copyright sign. */
  private static boolean isPrintable(String type) {
    return type.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || c == 0xa9);
  }
}
