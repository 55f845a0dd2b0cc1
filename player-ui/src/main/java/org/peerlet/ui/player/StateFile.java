package org.peerlet.ui.player;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.LaunchArguments;
import org.peerlet.core.StreamException;
import org.peerlet.core.TorrentSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this player tells whoever started it, and what it goes on with when it is started again
 * because native code took it down. Any thread; it is written on a thread of its own.
 */
public final class StateFile {
  private static final Logger log = LoggerFactory.getLogger(StateFile.class);

  /** A viewer who sees a second twice does not mind. */
  private static final long EVERY_MILLIS = 1_000;

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path file;
  private final State found;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "peerlet-state");
            thread.setDaemon(true);
            return thread;
          });
  private long writtenAtMillis = -EVERY_MILLIS;

  /**
   * As it is written.
   *
   * @param window whether the window has appeared
   * @param positionMillis media time on the screen
   * @param url of the clip, where it came from one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record State(boolean window, long positionMillis, @Nullable String url) {
    static final State NONE = new State(false, 0, null);
  }

  /** Reads what an earlier start left; a file that can't be understood counts as none. */
  public StateFile(Path file) {
    this.file = file;
    this.found = read(file);
  }

  private static State read(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > 0) {
        State state = JSON.readValue(Files.readAllBytes(file), State.class);
        return state == null ? State.NONE : state;
      }
    } catch (IOException unreadable) {
      log.warn("What an earlier start left can't be read: {}", unreadable.toString());
    }
    return State.NONE;
  }

  /** Where the picture stood. */
  public Duration position() {
    return Duration.ofMillis(Math.max(0, found.positionMillis()));
  }

  /** The clip that was shown, where another launch had replaced the first. */
  public Optional<TorrentSource> source() {
    String url = found.url();
    try {
      return url == null
          ? Optional.empty()
          : Optional.of(LaunchArguments.parse(List.of(url)).source());
    } catch (StreamException unfit) {
      return Optional.empty();
    }
  }

  /**
   * Tells that the window is there and where it stands; to be called as often as one likes.
   *
   * @param nowMillis by a clock that never goes back
   */
  void tell(Duration position, TorrentSource source, long nowMillis) {
    if (nowMillis - writtenAtMillis < EVERY_MILLIS) {
      return;
    }
    writtenAtMillis = nowMillis;
    State state =
        new State(
            true, position.toMillis(), source.location().map(URI::toASCIIString).orElse(null));
    writer.execute(() -> write(state));
  }

  private void write(State state) {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.write(fresh, JSON.writeValueAsBytes(state));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      log.warn("Where the picture stands can't be kept: {}", unwritable.toString());
    }
  }
}
