package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PieceSchedulerTest {
  private static final int PIECE = 100;

  /** A piece a second. */
  private static final long RATE = 100;

  private final FileLayout layout = new FileLayout(0, 2_000, PIECE, 2_000);
  private final BitSet have = new BitSet();

  @Test
  void risesAlongTheWindowAtTheClipsPace() {
    Schedule schedule = plan(window(0, 400));
    assertThat(schedule.deadlines())
        .containsExactly(at(0, 0), at(1, 1_000), at(2, 2_000), at(3, 3_000));
  }

  @Test
  void beginsWithThePieceUnderThePosition() {
    assertThat(plan(window(250, 450)).deadlines())
        .containsExactly(at(2, 0), at(3, 500), at(4, 1_500));
  }

  @Test
  void addsWhatTheReaderHasLeftToPlay() {
    assertThat(plan(new ReadWindow(250, 450, 7_000, false)).deadlines())
        .containsExactly(at(2, 7_000), at(3, 7_500), at(4, 8_500));
  }

  @Test
  void leavesOutWhatIsThere() {
    have.set(0, 2);
    have.set(3);
    assertThat(plan(window(0, 500)).deadlines()).containsExactly(at(2, 2_000), at(4, 4_000));
  }

  @Test
  void wantsAZoneBehindTheWindowAndTheLastPiecesAndNothingElseOutside() {
    assertThat(plan(window(0, 400)).beyond()).containsExactly(4, 5, 6, 7, 8, 9, 10, 11, 19, 18);
  }

  /** So that libtorrent goes on asking in order. */
  @Test
  void alwaysWantsTheLastPiecesThatAreMissingOutsideTheWindows() {
    have.set(19);
    assertThat(plan(window(0, 400)).beyond()).endsWith(11, 18, 17);
    assertThat(plan(window(0, 400), new ReadWindow(1_650, 2_000, 0, true)).beyond())
        .endsWith(11, 15, 14);
    have.set(12, 18);
    assertThat(plan(window(0, 400)).beyond()).containsExactly(4, 5, 6, 7, 8, 9, 10, 11, 18);
  }

  @Test
  void leavesTheZoneWhereItIsUntilItIsNearlyFull() {
    have.set(4, 10);
    assertThat(plan(window(0, 400)).beyond()).containsExactly(10, 11, 19, 18);
    have.set(10);
    assertThat(plan(window(0, 400)).beyond()).containsExactly(11, 12, 19, 18);
    have.set(11);
    assertThat(plan(window(0, 400)).beyond()).containsExactly(12, 13, 19, 18);
  }

  @Test
  void makesTheZoneOfAWideWindowAnEighthOfIt() {
    FileLayout wide = new FileLayout(0, 20_000, PIECE, 20_000);
    assertThat(beyond(wide, 64 * PIECE)).hasSize(8 + 2).startsWith(64);
    assertThat(beyond(wide, 72 * PIECE)).hasSize(9 + 2).startsWith(72);
    assertThat(beyond(wide, 160 * PIECE)).hasSize(20 + 2).startsWith(160).contains(179);
    assertThat(beyond(wide, 198 * PIECE)).containsExactly(198, 199);
  }

  /** At a piece a second. */
  @Test
  void wantsASurplusWhereTheWindowIsNearlyFull() {
    FileLayout wide = new FileLayout(0, 2_000_000, PIECE, 2_000_000);
    have.set(0, 11);
    assertThat(beyond(wide, 20 * PIECE, 40_000)).hasSize(8 + 2);
    have.set(11);
    have.clear(14);
    assertThat(beyond(wide, 20 * PIECE, 40_000)).hasSize(40 + 2).startsWith(20).contains(59);
    assertThat(beyond(wide, 20 * PIECE, 3_000)).hasSize(8 + 2);
    assertThat(beyond(wide, 20 * PIECE, 4_000_000)).hasSize(512 + 2);
    have.set(12, 40);
    assertThat(beyond(wide, 20 * PIECE, 40_000)).hasSize(20 + 2).startsWith(40).contains(59);
    assertThat(PieceScheduler.plan(wide, have, List.of(), RATE, 40_000).beyond())
        .as("nobody reads")
        .hasSizeLessThanOrEqualTo(8 + 2);
  }

  @Test
  void isSatisfiedOnlyWithAllOfTheSurplus() {
    FileLayout wide = new FileLayout(0, 2_000_000, PIECE, 2_000_000);
    have.set(0, 20);
    ReadWindow full = window(0, 20 * PIECE);
    assertThat(PieceScheduler.plan(wide, have, List.of(full), RATE, 0).isSatisfied()).isTrue();
    assertThat(PieceScheduler.plan(wide, have, List.of(full), RATE, 40_000).isSatisfied())
        .isFalse();
    have.set(20, 60);
    assertThat(PieceScheduler.plan(wide, have, List.of(full), RATE, 40_000).isSatisfied()).isTrue();
    have.clear(15);
    assertThat(PieceScheduler.plan(wide, have, List.of(full), RATE, 40_000).isSatisfied())
        .isFalse();
  }

  private List<Integer> beyond(FileLayout layout, long end) {
    return beyond(layout, end, 0);
  }

  private List<Integer> beyond(FileLayout layout, long end, long surplusMillis) {
    return PieceScheduler.plan(layout, have, List.of(window(0, end)), RATE, surplusMillis).beyond();
  }

  @Test
  void wantsPiecesBeforeTheWindowWhereNoneIsMissingBehind() {
    have.set(10, 19);
    assertThat(plan(window(800, 1_000)).beyond()).containsExactly(19, 7);
    have.set(19);
    assertThat(plan(window(800, 1_000)).beyond()).containsExactly(7, 6);
  }

  @Test
  void neverTakesAPieceOfAWindowForOneBeyond() {
    have.set(0, 16);
    Schedule schedule = plan(window(1_600, 2_000));
    assertThat(schedule.deadlines()).hasSize(4);
    assertThat(schedule.beyond()).isEmpty();
    have.clear(3);
    assertThat(plan(window(1_600, 2_000)).beyond()).containsExactly(3);
  }

  @Test
  void putsUrgentWindowsFirstWhereverTheyLie() {
    Schedule schedule = plan(window(0, 200), new ReadWindow(1_850, 2_000, 0, true));
    assertThat(schedule.deadlines()).containsExactly(at(18, 0), at(19, 0), at(0, 0), at(1, 1_000));
    assertThat(schedule.beyond()).startsWith(2, 3).endsWith(17, 16).hasSize(8 + 2);
  }

  @Test
  void takesTheSoonerOfTwoReaders() {
    Schedule schedule = plan(new ReadWindow(0, 400, 9_000, false), window(200, 500));
    assertThat(schedule.deadlines())
        .containsExactly(at(2, 0), at(3, 1_000), at(4, 2_000), at(0, 9_000), at(1, 10_000));
  }

  @Test
  void goesElsewhereOnASeek() {
    assertThat(pieces(plan(window(0, 300)))).containsExactly(0, 1, 2);
    assertThat(pieces(plan(window(1_200, 1_500)))).containsExactly(12, 13, 14);
    assertThat(pieces(plan(window(100, 300)))).containsExactly(1, 2);
  }

  @Test
  void stopsAtTheEndOfTheFile() {
    Schedule schedule = plan(window(1_850, 5_000));
    assertThat(pieces(schedule)).containsExactly(18, 19);
    assertThat(schedule.beyond()).containsExactly(17, 16);
  }

  @Test
  void wantsNothingSoonOfAReaderAtItsEnd() {
    assertThat(plan(window(2_000, 2_000)).deadlines()).isEmpty();
    assertThat(plan(window(2_000, 3_000)).deadlines()).isEmpty();
    assertThat(plan(window(500, 500)).deadlines()).isEmpty();
    assertThat(plan(window(500, 500)).beyond()).hasSize(8 + 2);
  }

  @Test
  void wantsAZoneWithoutHurryWhileNobodyReads() {
    assertThat(plan()).isEqualTo(new Schedule(List.of(), List.of(0, 1, 2, 3, 4, 5, 6, 7, 19, 18)));
  }

  @Test
  void wantsNothingWhenAllIsThere() {
    have.set(0, 20);
    assertThat(plan(window(0, 500))).isEqualTo(Schedule.EMPTY);
    assertThat(plan()).isEqualTo(Schedule.EMPTY);
  }

  @Test
  void wantsPiecesThatAreSharedWithOtherFilesAndNoOthers() {
    FileLayout middle = new FileLayout(150, 300, PIECE, 2_000);
    Schedule schedule = PieceScheduler.plan(middle, have, List.of(window(0, 300)), RATE, 0);
    assertThat(schedule.deadlines())
        .containsExactly(at(1, 0), at(2, 500), at(3, 1_500), at(4, 2_500));
    assertThat(schedule.beyond()).isEmpty();
  }

  @Test
  void bearsAClipOfUnknownPaceAndHugeOffsets() {
    FileLayout huge = new FileLayout(0, 1L << 40, 16 << 20, 1L << 40);
    ReadWindow all = new ReadWindow(0, 1L << 40, 30_000, false);
    Schedule schedule = PieceScheduler.plan(huge, have, List.of(all), 1, 0);
    assertThat(schedule.deadlines()).hasSize(1 << 16);
    assertThat(schedule.deadlines()).allMatch(deadline -> deadline.deadlineMillis() >= 30_000);
  }

  /** Steps counted, not time: the same window in a clip of 200 and of 200 000 pieces. */
  @Test
  void takesTheSameStepsHoweverLongTheClip() {
    assertThat(steps(200)).isEqualTo(steps(200_000)).isLessThan(100);
  }

  private static int steps(int pieces) {
    CountingBitSet have = new CountingBitSet();
    have.set(0, pieces / 2);
    FileLayout layout = new FileLayout(0, (long) pieces * PIECE, PIECE, (long) pieces * PIECE);
    long position = (long) pieces / 2 * PIECE;
    ReadWindow window = new ReadWindow(position, position + 40 * PIECE, 0, false);
    PieceScheduler.plan(layout, have, List.of(window), RATE, 0);
    return have.steps;
  }

  /** Counts how often it is asked. */
  private static final class CountingBitSet extends BitSet {
    private int steps;

    @Override
    public int nextClearBit(int from) {
      steps++;
      return super.nextClearBit(from);
    }

    @Override
    public boolean get(int index) {
      steps++;
      return super.get(index);
    }
  }

  private Schedule plan(ReadWindow... windows) {
    return PieceScheduler.plan(layout, have, List.of(windows), RATE, 0);
  }

  private static ReadWindow window(long position, long end) {
    return new ReadWindow(position, end, 0, false);
  }

  private static PieceDeadline at(int piece, long millis) {
    return new PieceDeadline(piece, millis);
  }

  private static IntStream pieces(Schedule schedule) {
    return schedule.deadlines().stream().mapToInt(PieceDeadline::piece);
  }
}
