package org.peerlet.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.storage.CacheFolder;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.core.torrent.TorrentEvent.PieceRejected;
import org.peerlet.core.torrent.TorrentEvent.PieceVerified;
import org.peerlet.core.torrent.TorrentEvent.StorageFailed;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** What every {@link Torrent} does, whoever delivers its pieces. */
abstract class TorrentContract {
  private static final int PIECE = 32 << 10;

  /** A torrent of its own for each test: subjects may share a session. */
  private static final AtomicInteger seeds = new AtomicInteger();

  @TempDir Path folder;

  private TestTorrent content;
  private Metainfo metainfo;
  private PieceStore store;
  private RecordedEvents events;
  private final List<Torrent> opened = new ArrayList<>();

  /** Opens the subject. */
  abstract Torrent open(Metainfo metainfo, PieceStore store, BitSet have, RecordedEvents listener);

  /** How long to listen before it is believed that nothing comes. */
  abstract Duration quiet();

  @BeforeEach
  void prepare() throws Exception {
    // Five pieces; the second spans three files, the last is short.
    int seed = seeds.incrementAndGet();
    prepare(
        TestTorrents.folder("clip " + seed)
            .pieceLength(PIECE)
            .file("a.mp4", Content.random(seed, PIECE + 1000))
            .file("b.txt", Content.random(seed + 1000, 100))
            .file("c.mp4", Content.random(seed + 2000, 2 * PIECE))
            .padding()
            .file("d.mp4", Content.random(seed + 3000, 777))
            .build());
  }

  private void prepare(TestTorrent made) throws Exception {
    content = made;
    metainfo = Metainfo.parse(content.bytes());
    store = PieceStore.open(CacheFolder.open(folder), metainfo);
    events = new RecordedEvents(content, store);
  }

  @AfterEach
  void close() {
    opened.forEach(Torrent::close);
    store.close();
  }

  private Torrent openWith(int... have) {
    BitSet pieces = new BitSet();
    for (int piece : have) {
      pieces.set(piece);
    }
    Torrent torrent = open(metainfo, store, pieces, events);
    opened.add(torrent);
    return torrent;
  }

  private static BitSet pieces(int... pieces) {
    BitSet set = new BitSet();
    for (int piece : pieces) {
      set.set(piece);
    }
    return set;
  }

  @Test
  void announcesEachPieceOnceWhenItsBytesCanBeRead() {
    Torrent torrent = openWith();
    assertThat(torrent.have().isEmpty()).isTrue();
    for (int piece = 0; piece < content.pieces(); piece++) {
      torrent.addPiece(piece, content.piece(piece));
    }
    List<TorrentEvent> heard = events.next(content.pieces());
    assertThat(heard)
        .containsExactlyInAnyOrder(
            new PieceVerified(0),
            new PieceVerified(1),
            new PieceVerified(2),
            new PieceVerified(3),
            new PieceVerified(4));
    assertThat(torrent.have()).isEqualTo(pieces(0, 1, 2, 3, 4));
    assertThat(events.unreadable()).isEmpty();
    events.assertQuiet(quiet());
  }

  @Test
  void rejectsWrongBytesAndTakesTheRightOnesAfterwards() {
    Torrent torrent = openWith();
    byte[] wrong = content.piece(2);
    wrong[PIECE - 1] ^= 1;
    torrent.addPiece(2, wrong);
    assertThat(events.next()).isEqualTo(new PieceRejected(2));
    assertThat(torrent.have().isEmpty()).isTrue();
    torrent.addPiece(2, content.piece(2));
    assertThat(events.next()).isEqualTo(new PieceVerified(2));
    assertThat(events.unreadable()).isEmpty();
  }

  @Test
  void rejectsBytesOfAnotherLength() {
    Torrent torrent = openWith();
    for (int length : new int[] {0, PIECE - 1, PIECE + 1}) {
      torrent.addPiece(0, new byte[length]);
      assertThat(events.next()).isEqualTo(new PieceRejected(0));
    }
    torrent.addPiece(4, new byte[PIECE]);
    assertThat(events.next()).isEqualTo(new PieceRejected(4));
    torrent.addPiece(4, content.piece(4));
    assertThat(events.next()).isEqualTo(new PieceVerified(4));
    events.assertQuiet(quiet());
  }

  @Test
  void ignoresAPieceThatIsThere() {
    Torrent torrent = openWith();
    torrent.addPiece(1, content.piece(1));
    assertThat(events.next()).isEqualTo(new PieceVerified(1));
    torrent.addPiece(1, content.piece(1));
    torrent.addPiece(1, new byte[PIECE]);
    events.assertQuiet(quiet());
    assertThat(torrent.have()).isEqualTo(pieces(1));
    assertThat(events.readable(1)).isTrue();
  }

  @Test
  void refusesAnIndexBeyondTheTorrent() {
    Torrent torrent = openWith();
    for (int piece : new int[] {-1, Integer.MIN_VALUE, content.pieces(), Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> torrent.addPiece(piece, new byte[PIECE]))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    events.assertQuiet(quiet());
  }

  @Test
  void hasWhatItWasOpenedWithAndSaysNothingOfIt() throws Exception {
    store.write(0, content.piece(0));
    store.write(3, content.piece(3));
    Torrent torrent = openWith(0, 3);
    assertThat(torrent.have()).isEqualTo(pieces(0, 3));
    torrent.addPiece(0, content.piece(0));
    torrent.addPiece(1, content.piece(1));
    assertThat(events.next()).isEqualTo(new PieceVerified(1));
    events.assertQuiet(quiet());
    torrent.swarm();
    assertThat(torrent.have()).isEqualTo(pieces(0, 1, 3));
    assertThat(events.readable(0)).isTrue();
    assertThat(events.readable(3)).isTrue();
  }

  @Test
  void givesItsPiecesAsACopy() {
    Torrent torrent = openWith();
    torrent.have().set(0);
    assertThat(torrent.have().isEmpty()).isTrue();
  }

  @Test
  void takesAnyWishWithoutHarm() {
    Torrent torrent = openWith();
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    torrent.want(Schedule.EMPTY, 0);
    for (int i = 0; i < 200; i++) {
      torrent.want(anySchedule(random), random.nextLong());
      if (i % 50 == 10) {
        torrent.addPiece(i / 50, content.piece(i / 50));
      }
    }
    torrent.want(Schedule.EMPTY, Long.MAX_VALUE);
    torrent.addPiece(4, content.piece(4));
    assertThat(events.next(5)).allMatch(PieceVerified.class::isInstance);
    assertThat(events.unreadable()).isEmpty();
    assertThat(torrent.swarm().bytesFromPeers()).isZero();
  }

  /** Among its pieces are such as no torrent has. */
  private static Schedule anySchedule(Random random) {
    List<PieceDeadline> deadlines = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      long deadline = random.nextBoolean() ? random.nextInt(10_000) : Long.MAX_VALUE;
      deadlines.add(new PieceDeadline(random.nextInt(9) - 2, deadline));
    }
    List<Integer> beyond = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      beyond.add(random.nextInt(9) - 2);
    }
    return new Schedule(deadlines, beyond);
  }

  @Test
  void isSilentOnceClosed() {
    Torrent torrent = openWith();
    torrent.addPiece(0, content.piece(0));
    assertThat(events.next()).isEqualTo(new PieceVerified(0));
    SwarmStatus last = torrent.swarm();
    torrent.close();
    torrent.close();
    torrent.addPiece(1, content.piece(1));
    torrent.addPiece(1, new byte[3]);
    torrent.want(new Schedule(List.of(new PieceDeadline(1, 0)), List.of(2)), 0);
    events.assertQuiet(quiet());
    assertThat(torrent.have()).isEqualTo(pieces(0));
    assertThat(torrent.swarm()).isEqualTo(last);
    torrent.close();
  }

  @Test
  void saysThatTheStoreCantBeWritten() throws Exception {
    // Where the folder was is a file now: that stops root, too.
    Path lost = store.folder();
    Files.delete(lost);
    Files.write(lost, new byte[0]);
    Torrent torrent = openWith();
    assertThatCode(() -> torrent.addPiece(0, content.piece(0))).doesNotThrowAnyException();
    assertThat(events.next()).isInstanceOf(StorageFailed.class);
    assertThat(torrent.have().get(0)).isFalse();
  }

  @Test
  void managesAOneByteTorrent() throws Exception {
    store.close();
    prepare(TestTorrents.single("one.mp4", Content.of(new byte[] {7})).pieceLength(PIECE).build());
    Torrent torrent = openWith();
    torrent.addPiece(0, new byte[] {8});
    assertThat(events.next()).isEqualTo(new PieceRejected(0));
    torrent.addPiece(0, new byte[] {7});
    assertThat(events.next()).isEqualTo(new PieceVerified(0));
    assertThat(events.unreadable()).isEmpty();
  }
}
