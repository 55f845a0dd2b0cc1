package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds of every schedule, whatever the torrent, the pieces and the readers. */
final class PieceSchedulerPropertyTest {
  private static final int CASES = 5_000;

  private final long seed = Long.getLong("seed", System.nanoTime());

  @Test
  void holdsForAnyTorrentAndReaders() {
    System.out.println("PieceSchedulerPropertyTest: -Dseed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      FileLayout layout = layout(random);
      BitSet have = have(random, layout.pieceCount());
      List<ReadWindow> windows = windows(random, layout.fileLength());
      long rate = 1L + random.nextInt(10_000);
      check(layout, have, windows, PieceScheduler.plan(layout, have, windows, rate, 0));
    }
  }

  private static void check(
      FileLayout layout, BitSet have, List<ReadWindow> windows, Schedule schedule) {
    Set<Integer> wanted = new HashSet<>();
    long before = 0;
    for (PieceDeadline deadline : schedule.deadlines()) {
      assertThat(deadline.deadlineMillis()).isGreaterThanOrEqualTo(before);
      before = deadline.deadlineMillis();
      assertThat(wanted.add(deadline.piece())).as("each once").isTrue();
    }
    Set<Integer> expected = new HashSet<>();
    for (int piece = layout.firstPiece(); piece < layout.endPiece(); piece++) {
      if (!have.get(piece) && inSomeWindow(layout, windows, piece)) {
        expected.add(piece);
      }
    }
    assertThat(wanted).as("the missing pieces of the windows").isEqualTo(expected);
    checkFirst(layout, have, windows, schedule);
    checkBeyond(layout, have, windows, schedule, wanted);
  }

  private static boolean inSomeWindow(FileLayout layout, List<ReadWindow> windows, int piece) {
    long first = layout.filePositionOf(piece);
    long end = layout.fileEndOf(piece);
    return windows.stream()
        .anyMatch(
            window ->
                window.position() < window.end()
                    && window.position() < end
                    && first < window.end());
  }

  /** The piece that a reader waits for is due when what it has is played. */
  private static void checkFirst(
      FileLayout layout, BitSet have, List<ReadWindow> windows, Schedule schedule) {
    for (ReadWindow window : windows) {
      boolean waits =
          window.position() < Math.min(window.end(), layout.fileLength())
              && !have.get(layout.pieceAt(window.position()));
      if (waits) {
        assertThat(schedule.deadlines())
            .anyMatch(
                deadline ->
                    deadline.piece() == layout.pieceAt(window.position())
                        && deadline.deadlineMillis() <= window.leadMillis());
      }
    }
  }

  private static void checkBeyond(
      FileLayout layout,
      BitSet have,
      List<ReadWindow> windows,
      Schedule schedule,
      Set<Integer> wanted) {
    int outside = layout.endPiece() - layout.firstPiece() - wanted.size();
    outside -= have.get(layout.firstPiece(), layout.endPiece()).cardinality();
    int most = Math.max(PieceScheduler.ZONE_PIECES, piecesOf(layout, windows) / 8) + 2;
    assertThat(schedule.beyond()).hasSizeBetween(Math.min(2, outside), Math.min(most, outside));
    assertThat(schedule.beyond()).doesNotHaveDuplicates().noneMatch(wanted::contains);
    assertThat(schedule.beyond())
        .allMatch(
            piece -> layout.firstPiece() <= piece && piece < layout.endPiece() && !have.get(piece));
  }

  private static int piecesOf(FileLayout layout, List<ReadWindow> windows) {
    return windows.stream()
        .filter(each -> each.position() < Math.min(each.end(), layout.fileLength()))
        .mapToInt(
            each ->
                layout.pieceAt(Math.min(each.end(), layout.fileLength()) - 1)
                    + 1
                    - layout.pieceAt(each.position()))
        .sum();
  }

  private static FileLayout layout(Random random) {
    int pieceLength = 1 + random.nextInt(200);
    long first = random.nextInt(500);
    long length = 1L + random.nextInt(5_000);
    return new FileLayout(first, length, pieceLength, first + length + random.nextInt(500));
  }

  private static BitSet have(Random random, int pieces) {
    BitSet have = new BitSet();
    double share = random.nextInt(5) / 4.0;
    for (int piece = 0; piece < pieces; piece++) {
      have.set(piece, random.nextDouble() < share);
    }
    return have;
  }

  private static List<ReadWindow> windows(Random random, long fileLength) {
    List<ReadWindow> windows = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      long position = random.nextInt((int) fileLength + 2);
      long end = position + (random.nextInt(4) == 0 ? 0 : random.nextInt(2_000));
      windows.add(new ReadWindow(position, end, random.nextInt(5_000), random.nextInt(4) == 0));
    }
    return windows;
  }
}
