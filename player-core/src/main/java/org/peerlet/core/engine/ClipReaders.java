package org.peerlet.core.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.http.StreamReader;

/**
 * Who reads a clip, and where they stand. Readers come, move and go on threads of their own; what
 * the player tells is confined to the engine thread, and so is {@link #views}.
 */
final class ClipReaders implements StreamReader.Observer {
  private final Runnable changed;
  private final Map<StreamReader, Integer> readers = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicLong firstByteAtMillis = new AtomicLong(-1);
  private volatile boolean playerCame;
  private boolean expectsPlayer;
  private @Nullable Duration shownAt;
  private long playedTo = -1;
  private boolean moving;

  /**
   * @param changed runs when a reader came, moved or went, on that reader's thread; must not wait
   */
  ClipReaders(Runnable changed) {
    this.changed = changed;
  }

  /** A reader that tells this observer of its moves was opened. */
  void opened(StreamReader reader) {
    readers.put(reader, ids.incrementAndGet());
    if (!reader.urgent()) {
      playerCame = true;
    }
    changed.run();
  }

  @Override
  public void moved(StreamReader reader) {
    if (!reader.urgent()) {
      firstByteAtMillis.compareAndSet(-1, EngineLoop.nowMillis());
    }
    changed.run();
  }

  @Override
  public void closed(StreamReader reader) {
    readers.remove(reader);
    changed.run();
  }

  /** A player will come in a moment, and read from the start. */
  void expectPlayer() {
    expectsPlayer = true;
  }

  /**
   * Where a player that tells it stands.
   *
   * @param position media time on screen
   * @param offset up to which it has shown the clip
   * @param goesOn whether the picture moves
   */
  void played(Duration position, long offset, boolean goesOn) {
    shownAt = position;
    playedTo = offset;
    moving = goesOn;
  }

  /**
   * The readers as the coordinator sees them.
   *
   * @param startBytes what a player that is expected will read to start
   */
  List<ReaderView> views(long startBytes) {
    List<ReaderView> views = new ArrayList<>();
    readers.forEach(
        (reader, id) ->
            views.add(
                new ReaderView(
                    id,
                    reader.position(),
                    reader.end(),
                    reader.bytesRead(),
                    reader.urgent(),
                    reader.urgent() ? -1 : playedTo,
                    moving)));
    if (expectsPlayer && !playerCame) {
      views.add(new ReaderView(0, 0, startBytes, 0, false));
    }
    return views;
  }

  /** Media time on screen; null if the player tells none. */
  @Nullable Duration shownAt() {
    return shownAt;
  }

  /** Where the player's furthest reader is. */
  OptionalLong readTo() {
    return readers.keySet().stream()
        .filter(reader -> !reader.urgent())
        .mapToLong(StreamReader::position)
        .max();
  }

  /** How long after an instant a player got its first byte; null as long as it has none. */
  @Nullable Duration firstByteAfter(long startedMillis) {
    long at = firstByteAtMillis.get();
    return at < 0 ? null : Duration.ofMillis(at - startedMillis);
  }
}
