package org.peerlet.ui.player;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a viewing was like, for tests, benchmarks and sites that count.
 *
 * @param firstFrameMillis from the start of the process; null if no frame was shown
 * @param playedSeconds media time that passed on the screen
 * @param bytesDuplicate received more than once, or failed their hash
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
    long bytesFromPeers,
    long bytesFromOrigin,
    long bytesDuplicate,
    long bytesUploaded,
    Map<String, Long> startup,
    @Nullable String notice,
    @Nullable String failure) {

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
