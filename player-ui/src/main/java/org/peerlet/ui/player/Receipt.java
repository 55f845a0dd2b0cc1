package org.peerlet.ui.player;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.Waiting;
import org.peerlet.ui.player.StartupTimes.Moment;

/**
 * What a viewing was like, for tests, benchmarks and sites that count.
 *
 * @param firstFrameMillis from the start of the process; null if no frame was shown
 * @param playedSeconds media time that passed on the screen
 * @param bufferSeconds playing time that was there ahead of the last position; null if unknown
 * @param bytesDuplicate received more than once, or failed their hash
 * @param offload what the origin was spared; null if nothing came
 * @param originPieces asked of the origin, by why
 * @param waiting for what would have come next: why it was not taken from the origin, or would be
 * @param timeToFirstByteMillis from the start of the stream; null if no byte reached the player
 * @param startup where the time went before the first frame, each from the start of the process
 * @param notice the last sentence the viewer saw that did not stop the clip; null if none
 * @param failure the sentence the viewer saw last; null if the clip was fine
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Receipt(
    @Nullable Long firstFrameMillis,
    double playedSeconds,
    int rebuffers,
    long rebufferMillis,
    @Nullable Double bufferSeconds,
    long clipBytesPerSecond,
    long bytesFromPeers,
    long bytesFromOrigin,
    long bytesDuplicate,
    long bytesUploaded,
    @Nullable Double offload,
    Map<String, Integer> originPieces,
    List<Waiting> waiting,
    @Nullable Long timeToFirstByteMillis,
    Map<String, Long> startup,
    @Nullable String notice,
    @Nullable String failure) {

  /**
   * Puts together what the engine, the window and the clock know at the end.
   *
   * @param last the stream's last status
   */
  static Receipt of(StreamStatus last, Viewing seen, StartupTimes times) {
    OptionalLong firstFrame = times.millis(Moment.FIRST_FRAME);
    return new Receipt(
        firstFrame.isPresent() ? firstFrame.getAsLong() : null,
        seen.playedSeconds(),
        seen.rebuffers(),
        seen.rebufferMillis(),
        last.ahead() == null ? null : last.ahead().toMillis() / 1000.0,
        last.clipBytesPerSecond(),
        last.bytesFromPeers(),
        last.bytesFromOrigin(),
        last.bytesDuplicate(),
        last.bytesUploaded(),
        last.offload(),
        last.originUse().pieces(),
        last.originUse().waiting(),
        last.timeToFirstByte() == null ? null : last.timeToFirstByte().toMillis(),
        times.table(),
        seen.notice(),
        seen.failure());
  }

  /** Writes it as JSON, all or nothing. */
  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is not a file name");
    }
    Files.createDirectories(folder);
    byte[] json =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this);
    Path fresh = Files.createTempFile(folder, "receipt", ".tmp");
    try {
      Files.write(fresh, json);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
