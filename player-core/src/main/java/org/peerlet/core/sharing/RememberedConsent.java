package org.peerlet.core.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The viewer's answer to the question about sharing, kept in a small file. A file that can't be
 * read counts as no answer: the viewer is asked again rather than shared without leave.
 */
public final class RememberedConsent {
  private static final Logger log = LoggerFactory.getLogger(RememberedConsent.class);
  private static final String KEY = "share";

  private final Path file;

  /**
   * @param configFolder the user's folder for Peerlet's settings; made when an answer is kept
   */
  public RememberedConsent(Path configFolder) {
    this.file = configFolder.resolve("sharing.properties");
  }

  /** The answer, if there is one. */
  public Optional<ShareMode> answer() {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    Properties kept = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      kept.load(in);
      return Optional.of(ShareMode.valueOf(kept.getProperty(KEY, "").toUpperCase(Locale.ROOT)));
    } catch (IOException | IllegalArgumentException unreadable) {
      log.warn("The remembered answer about sharing can't be read: {}", unreadable.toString());
      return Optional.empty();
    }
  }

  /** Keeps the answer; a failure is logged and the question comes again next time. */
  public void remember(ShareMode mode) {
    try {
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), "sharing", ".tmp");
      try {
        Files.writeString(fresh, KEY + "=" + mode.name().toLowerCase(Locale.ROOT) + "\n");
        Files.move(
            fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException unwritable) {
      log.warn("The answer about sharing can't be kept: {}", unwritable.toString());
    }
  }
}
