package org.peerlet.core.media;

import java.util.List;
import java.util.function.Predicate;

/**
 * A clip as seen without its sound, for a machine with no sound device and for sound the player
 * can't play, which both stop the picture too (facts.md). Sound tracks' {@code trak} boxes are
 * renamed to {@code free}, which players skip; no byte moves.
 */
public final class SilentView {
  private static final String SKIPPED = "free";

  private SilentView() {}

  /**
   * Bytes to show in place of the file's own.
   *
   * @param offset in the file
   * @param replacement ASCII, one byte a character
   */
  public record Patch(long offset, String replacement) {
    /** Offset after the last replaced byte. */
    public long end() {
      return offset + replacement.length();
    }

    /** The replacement for the byte at an offset from {@link #offset} to {@link #end}. */
    public byte byteAt(long position) {
      return (byte) replacement.charAt((int) (position - offset));
    }

    /** Replaces what an array holds of it; its bytes are the file's from {@code first} on. */
    public void apply(byte[] bytes, long first) {
      long from = Math.max(offset, first);
      long to = Math.min(end(), first + bytes.length);
      for (long position = from; position < to; position++) {
        bytes[(int) (position - first)] = byteAt(position);
      }
    }
  }

  /** Takes out all sound. */
  public static List<Patch> withoutSound(Mp4Index index, long moovFirst) {
    return patches(index, moovFirst, track -> true);
  }

  /** Takes out the sound tracks that the player can't play, and leaves the others. */
  public static List<Patch> withoutUnplayableSound(Mp4Index index, long moovFirst) {
    return patches(index, moovFirst, track -> Playability.obstacle(track).isPresent());
  }

  private static List<Patch> patches(Mp4Index index, long moovFirst, Predicate<Mp4Track> takenOut) {
    // The type stands after the 4 bytes of the size.
    return index.tracks().stream()
        .filter(track -> track.kind() == TrackKind.AUDIO)
        .filter(takenOut)
        .map(track -> new Patch(moovFirst + track.moovOffset() + 4, SKIPPED))
        .toList();
  }
}
