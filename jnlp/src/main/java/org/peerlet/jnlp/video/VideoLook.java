package org.peerlet.jnlp.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.media.Container;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.media.Playability;
import org.peerlet.core.media.TrackKind;

/**
 * What a look into a video tells, before anything is made of it.
 *
 * @param bytes of the file, at least 1
 * @param modifiedMillis when it was last changed, since 1970
 * @param duration zero if not known
 * @param indexFirst whether a player can start with the first bytes it reads
 * @param playability whether Peerlet's own player can show it
 * @param remedy which conversion would make it fit, where it is not
 */
public record VideoLook(
    long bytes,
    long modifiedMillis,
    Duration duration,
    boolean indexFirst,
    Playability playability,
    Remedy remedy) {

  /** What has to be done so that the player shows a video. */
  public enum Remedy {
    NONE,
    /** Another container, the same streams. */
    REPACK,
    /** Another sound, the same picture. */
    NEW_SOUND,
    NEW_PICTURE_AND_SOUND
  }

  /**
   * Looks at a file.
   *
   * @throws StreamException {@code NO_SUCH_FILE} if it is missing, no file, empty or can't be read
   */
  public static VideoLook at(Path file) throws StreamException {
    String name = Shown.field(String.valueOf(file.getFileName()));
    try {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new StreamException(
            Reason.NO_SUCH_FILE, "The video " + name + " does not exist or can't be read.");
      }
      long modifiedMillis = Files.getLastModifiedTime(file).toMillis();
      try (FileBytes bytes = FileBytes.open(file)) {
        if (bytes.length() == 0) {
          throw new StreamException(Reason.NO_SUCH_FILE, "The video " + name + " is empty.");
        }
        return of(bytes, modifiedMillis);
      }
    } catch (NoSuchFileException gone) {
      throw new StreamException(Reason.NO_SUCH_FILE, "The video " + name + " is gone.", gone);
    } catch (IOException broken) {
      throw new StreamException(
          Reason.NO_SUCH_FILE, "The video " + name + " can't be read.", broken);
    }
  }

  private static VideoLook of(FileBytes bytes, long modifiedMillis) throws IOException {
    Container container = container(bytes);
    Mp4Index index = container == Container.MP4 ? index(bytes) : null;
    if (index == null) {
      Playability verdict = Playability.of(container);
      if (verdict.plays()) {
        verdict = withoutPicture();
      }
      Remedy remedy = container == Container.MP4 ? Remedy.REPACK : Remedy.NEW_PICTURE_AND_SOUND;
      return new VideoLook(bytes.length(), modifiedMillis, Duration.ZERO, false, verdict, remedy);
    }
    Playability verdict = Playability.of(index);
    if (verdict.plays() && !hasPicture(index)) {
      verdict = withoutPicture();
    }
    return new VideoLook(
        bytes.length(),
        modifiedMillis,
        index.duration(),
        indexFirst(bytes, index),
        verdict,
        remedy(index, verdict));
  }

  private static Container container(FileBytes bytes) throws IOException {
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(Container.HEAD_BYTES, bytes.length()));
    while (head.hasRemaining() && bytes.read(head.position(), head) >= 0) {
      // Until the head is whole.
    }
    return Container.of(head.array());
  }

  private static @Nullable Mp4Index index(FileBytes bytes) throws IOException {
    try {
      return Mp4Index.read(bytes);
    } catch (StreamException damaged) {
      return null;
    }
  }

  private static boolean indexFirst(FileBytes bytes, Mp4Index index) throws IOException {
    return index.isFragmented() || IndexPlace.isBeforeMedia(bytes);
  }

  private static boolean hasPicture(Mp4Index index) {
    return index.tracks().stream()
        .anyMatch(track -> track.played() && track.kind() == TrackKind.VIDEO);
  }

  private static Playability withoutPicture() {
    return new Playability(Playability.Verdict.UNPLAYABLE, "This file has no picture.");
  }

  private static Remedy remedy(Mp4Index index, Playability verdict) {
    if (verdict.plays()) {
      return Remedy.NONE;
    }
    if (verdict.verdict() == Playability.Verdict.PLAYS_WITHOUT_SOUND) {
      return Remedy.NEW_SOUND;
    }
    return index.isFragmented() ? Remedy.REPACK : Remedy.NEW_PICTURE_AND_SOUND;
  }

  /** On average over the clip; 0 if the duration is not known. */
  public long bitsPerSecond() {
    return duration.isZero() ? 0 : Math.max(1, (long) (bytes * 8e3 / duration.toMillis()));
  }
}
