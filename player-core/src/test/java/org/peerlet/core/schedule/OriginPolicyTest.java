package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peerlet.core.schedule.OriginPolicy.Origin;
import org.peerlet.core.schedule.OriginPolicy.Run;
import org.peerlet.core.schedule.OriginPolicy.Swarm;

final class OriginPolicyTest {
  private static final int PIECE = 256 << 10;
  private static final int PIECES = 64;

  /** A piece is half a second of video. */
  private static final long PIECE_MILLIS = 500;

  private static final long CLIP_RATE = PIECE * 1000L / PIECE_MILLIS;
  private static final Swarm NOBODY = Swarm.NONE;

  /** 100 ms to the first byte, a piece every 100 ms. */
  private static final long ORIGIN_RATE = 10L * PIECE;

  private final FileLayout layout =
      new FileLayout(0, (long) PIECES * PIECE, PIECE, (long) PIECES * PIECE);
  private final BitSet underWay = new BitSet();

  @Test
  void asksForEverythingInOrderWhereThereAreNoPeers() {
    Schedule schedule = window(0, 20, 0);
    assertThat(requests(schedule, NOBODY)).containsExactly(new Run(0, 8), new Run(8, 16));
    underWay.clear(0, 8);
    Schedule later = window(8, 28, 0);
    underWay.set(8, 16);
    assertThat(next(later, NOBODY, 1)).contains(new Run(16, 24));
  }

  @Test
  void asksForOnePieceWherePiecesAreLongerThanARun() {
    int large = 4 << 20;
    FileLayout long4 = new FileLayout(0, 10L * large, large, 10L * large);
    Schedule schedule = schedule(IntStream.range(0, 10).mapToObj(i -> at(i, i * 100L)).toList());
    assertThat(OriginPolicy.next(long4, schedule, NOBODY, origin(true, 0))).contains(new Run(0, 1));
  }

  @Test
  void neverExceedsARunWithPiecesThatDoNotDivideIt() {
    int odd = 1_500_000;
    FileLayout layout3 = new FileLayout(0, 10L * odd, odd, 10L * odd);
    Schedule schedule = schedule(IntStream.range(0, 10).mapToObj(i -> at(i, i * 100L)).toList());
    assertThat(OriginPolicy.next(layout3, schedule, NOBODY, origin(true, 0)))
        .contains(new Run(0, 1));
  }

  @Test
  void keepsRunsWholeWhileSeveralReadersTakeTurns() {
    List<PieceDeadline> merged = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      merged.add(at(i, i * PIECE_MILLIS));
      merged.add(at(40 + i, i * PIECE_MILLIS));
    }
    assertThat(requests(schedule(merged), NOBODY)).containsExactly(new Run(0, 8), new Run(40, 48));
  }

  @Test
  void beginsWithThePieceThatIsWantedFirst() {
    Schedule schedule = schedule(List.of(at(60, 0), at(61, 0), at(0, 0), at(1, 500)));
    assertThat(requests(schedule, NOBODY)).containsExactly(new Run(60, 62), new Run(0, 2));
  }

  @Test
  void endsARunAtWhatIsThereOrUnderWay() {
    underWay.set(3);
    assertThat(next(window(0, 20, 0), NOBODY, 0)).contains(new Run(0, 3));
    Schedule gap = schedule(List.of(at(4, 0), at(5, 500), at(7, 1_500)));
    assertThat(next(gap, NOBODY, 0)).contains(new Run(4, 6));
  }

  @Test
  void neverAsksForWhatIsUnderWay() {
    underWay.set(0, 20);
    assertThat(next(window(0, 20, 0), NOBODY, 1)).isEmpty();
    underWay.clear(7);
    assertThat(next(window(0, 20, 0), NOBODY, 1)).contains(new Run(7, 8));
  }

  @Test
  void asksNothingOfAnOriginThatIsBusyOrAway() {
    Schedule schedule = window(0, 20, 0);
    assertThat(next(schedule, NOBODY, 2)).isEmpty();
    assertThat(OriginPolicy.next(layout, schedule, NOBODY, origin(false, 0))).isEmpty();
    assertThat(next(Schedule.EMPTY, NOBODY, 0)).isEmpty();
  }

  @Test
  void asksForTheFirstFrameThoughPeersAreThere() {
    assertThat(next(window(0, 20, 0), new Swarm(true, 2 * CLIP_RATE), 0)).contains(new Run(0, 1));
  }

  @Test
  void leavesTheRestToPeersThatAreFastEnough() {
    for (int lead = 1; lead < 30; lead++) {
      Schedule schedule = window(lead, lead + 20, lead * PIECE_MILLIS);
      assertThat(next(schedule, new Swarm(true, CLIP_RATE * 11 / 10), 0))
          .as("lead " + lead)
          .isEmpty();
    }
  }

  @Test
  void rescuesJustInTimeAndNoEarlier() {
    Swarm tooSlow = new Swarm(true, PIECE / 100);
    long latest = 100 + 100 + OriginPolicy.SAFETY_MILLIS;
    Schedule early = schedule(List.of(at(0, latest + 1)));
    Schedule inTime = schedule(List.of(at(0, latest)));
    Schedule late = schedule(List.of(at(0, 0)));
    assertThat(next(early, tooSlow, 0)).isEmpty();
    assertThat(next(inTime, tooSlow, 0)).contains(new Run(0, 1));
    assertThat(next(late, tooSlow, 0)).contains(new Run(0, 1));
  }

  @Test
  void rescuesOnlyWhatAlmostFastEnoughPeersWillMiss() {
    // Half a second behind: the swarm needs 1 s for a piece that is due in 500 ms, then keeps up.
    Schedule schedule = window(0, 8, 500);
    Swarm swarm = new Swarm(true, CLIP_RATE);
    assertThat(next(schedule, swarm, 0)).isEmpty();
    Swarm slower = new Swarm(true, CLIP_RATE * 9 / 10);
    assertThat(requests(schedule, slower)).containsExactly(new Run(0, 1));
  }

  @Test
  void takesAllThatIsDueSoonFromTheOriginWherePeersCrawl() {
    // Due at 0, 500, … 2500 ms; the next is due at 3000, more than 2700 ms away.
    assertThat(next(window(0, 20, 0), new Swarm(true, 1), 0)).contains(new Run(0, 6));
  }

  @Test
  void leavesTheRestToPeersThatMayComeInAMoment() {
    assertThat(next(window(0, 20, 0), new Swarm(true, 0), 0)).contains(new Run(0, 6));
    assertThat(next(window(6, 20, 6 * PIECE_MILLIS), new Swarm(true, 0), 0)).isEmpty();
  }

  private Optional<Run> next(Schedule schedule, Swarm swarm, int requests) {
    return OriginPolicy.next(layout, schedule, swarm, origin(true, requests));
  }

  /** Asks until nothing more is asked, as the engine does. */
  private List<Run> requests(Schedule schedule, Swarm swarm) {
    List<Run> runs = new ArrayList<>();
    Optional<Run> run = next(schedule, swarm, 0);
    while (run.isPresent()) {
      runs.add(run.get());
      underWay.set(run.get().first(), run.get().end());
      run = next(schedule, swarm, runs.size());
    }
    return runs;
  }

  private Origin origin(boolean available, int requests) {
    return new Origin(available, ORIGIN_RATE, 100, requests, underWay);
  }

  /** Pieces [first, end), as the scheduler plans them for one reader. */
  private static Schedule window(int first, int end, long leadMillis) {
    return schedule(
        IntStream.range(first, end)
            .mapToObj(piece -> at(piece, leadMillis + (piece - first) * PIECE_MILLIS))
            .toList());
  }

  private static Schedule schedule(List<PieceDeadline> deadlines) {
    return new Schedule(deadlines, List.of());
  }

  private static PieceDeadline at(int piece, long millis) {
    return new PieceDeadline(piece, millis);
  }
}
