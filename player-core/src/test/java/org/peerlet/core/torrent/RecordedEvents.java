package org.peerlet.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.fixtures.torrent.TestTorrent;

/** Keeps a torrent's events, and looks at each verified piece in the instant it is announced. */
final class RecordedEvents implements Consumer<TorrentEvent> {
  private static final long WAIT_SECONDS = 10;

  private final TestTorrent content;
  private final PieceStore store;
  private final LinkedBlockingQueue<TorrentEvent> events = new LinkedBlockingQueue<>();
  private final List<Integer> unreadable = new CopyOnWriteArrayList<>();

  RecordedEvents(TestTorrent content, PieceStore store) {
    this.content = content;
    this.store = store;
  }

  TestTorrent content() {
    return content;
  }

  @Override
  public void accept(TorrentEvent event) {
    if (event instanceof TorrentEvent.PieceVerified verified && !readable(verified.piece())) {
      unreadable.add(verified.piece());
    }
    events.add(event);
  }

  /** The next event, once it is there. */
  TorrentEvent next() {
    try {
      TorrentEvent next = events.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("an event").isNotNull();
      return next;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  List<TorrentEvent> next(int count) {
    List<TorrentEvent> next = new ArrayList<>();
    while (next.size() < count) {
      next.add(next());
    }
    return next;
  }

  /** No event is there, and none comes in this time. */
  void assertQuiet(Duration time) {
    try {
      assertThat(events.poll(time.toMillis(), TimeUnit.MILLISECONDS)).isNull();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Pieces whose bytes were not in the store when they were announced. */
  List<Integer> unreadable() {
    return List.copyOf(unreadable);
  }

  /** Whether the store holds a piece's bytes, those of padding aside. */
  boolean readable(int piece) {
    long first = (long) piece * content.pieceLength();
    long end = first + content.pieceLength(piece);
    long fileFirst = 0;
    try {
      for (int file = 0; file < content.files().size(); file++) {
        TestTorrent.File each = content.files().get(file);
        long fileEnd = fileFirst + each.content().length();
        long from = Math.max(first, fileFirst);
        long to = Math.min(end, fileEnd);
        if (from < to && !each.padding()) {
          byte[] wanted = each.content().bytes(from - fileFirst, (int) (to - from));
          if (!Arrays.equals(wanted, read(file, from - fileFirst, wanted.length))) {
            return false;
          }
        }
        fileFirst = fileEnd;
      }
      return true;
    } catch (IOException failed) {
      return false;
    }
  }

  private byte[] read(int file, long position, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      store.read(file, position + bytes.position(), bytes);
    }
    return bytes.array();
  }
}
