package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.schedule.OriginPolicy.Reason.ALONE;
import static org.peerlet.core.schedule.OriginPolicy.Reason.FIRST_COPY;
import static org.peerlet.core.schedule.OriginPolicy.Reason.FRONT_COPY;
import static org.peerlet.core.schedule.OriginPolicy.Reason.NOT_NEAR;
import static org.peerlet.core.schedule.OriginPolicy.Reason.OTHERS_TURN;
import static org.peerlet.core.schedule.OriginPolicy.Reason.PEERS_IN_TIME;
import static org.peerlet.core.schedule.OriginPolicy.Reason.RESCUE;
import static org.peerlet.core.schedule.OriginPolicy.Reason.START;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.peerlet.core.schedule.OriginPolicy.Origin;
import org.peerlet.core.schedule.OriginPolicy.Player;
import org.peerlet.core.schedule.OriginPolicy.Reason;
import org.peerlet.core.schedule.OriginPolicy.Verdict;

/** What {@link OriginPolicy} makes one request of, and when the next. */
final class OriginRunTest {
  private static final int PIECE = 64 << 10;
  private static final long MIB = 1 << 20;
  private static final Origin FAST = idle(10 * MIB);
  private static final Player PLAYER = new Player(0, false, 200_000);

  private final FileLayout layout = layout(PIECE);

  /** In one second's worth, within 256 KiB and 2 MiB. */
  @ParameterizedTest
  @CsvSource({
    "0, 4",
    "262144, 4",
    "327679, 4",
    "327680, 5",
    "1048576, 16",
    "2097152, 32",
    "9999999, 32"
  })
  void asksForAsMuchAsComesInASecondWhereNobodyElseIs(long bytesPerSecond, int pieces) {
    assertThat(next(verdicts(ALONE, 0, 60), idle(bytesPerSecond)))
        .contains(new OriginRun(0, pieces));
  }

  @Test
  void asksForOnePieceWherePiecesAreLongerThanARun() {
    FileLayout large = layout(4 << 20);
    assertThat(OriginRun.next(large, verdicts(ALONE, 0, 60), FAST, PLAYER))
        .contains(new OriginRun(0, 1));
    assertThat(OriginRun.next(large, verdicts(RESCUE, 0, 60), FAST, PLAYER))
        .contains(new OriginRun(0, 1));
  }

  @Test
  void neverExceedsARunWithPiecesThatDoNotDivideIt() {
    assertThat(OriginRun.next(layout(1_500_000), verdicts(ALONE, 0, 60), FAST, PLAYER))
        .contains(new OriginRun(0, 1));
    assertThat(OriginRun.next(layout(1_000_000), verdicts(ALONE, 0, 60), FAST, PLAYER))
        .contains(new OriginRun(0, 2));
  }

  @ParameterizedTest
  @EnumSource(names = {"START", "FIRST_COPY", "FRONT_COPY"})
  void asksForOnePieceOfAStartOrAFirstCopyUnlessTheOriginHasMoreToSpare(Reason reason) {
    assertThat(next(verdicts(reason, 0, 60), idle(299_999))).contains(new OriginRun(0, 1));
    assertThat(next(verdicts(reason, 0, 60), idle(300_000))).contains(new OriginRun(0, 2));
  }

  @Test
  void asksForLittleAtOnceBesideASwarm() {
    assertThat(next(verdicts(RESCUE, 0, 60), FAST)).contains(new OriginRun(0, 2));
    assertThat(next(verdicts(RESCUE, 58, 60), FAST)).contains(new OriginRun(58, 60));
  }

  /** What is needed sooner may turn out to be late meanwhile. */
  @Test
  void rescuesOnePieceOfAMovingPictureUnlessTheOriginHasMoreToSpare() {
    List<Verdict> late = verdicts(RESCUE, 0, 60);
    Player moves = new Player(0, true, PLAYER.bytesPerSecond());
    assertThat(OriginRun.next(layout, late, idle(299_999), moves)).contains(new OriginRun(0, 1));
    assertThat(OriginRun.next(layout, late, idle(300_000), moves)).contains(new OriginRun(0, 2));
    assertThat(OriginRun.next(layout, late, idle(299_999), PLAYER)).contains(new OriginRun(0, 2));
  }

  @Test
  void asksForNothingThatOthersBring() {
    assertThat(
            next(
                List.of(
                    new Verdict(0, PEERS_IN_TIME),
                    new Verdict(1, OTHERS_TURN),
                    new Verdict(2, NOT_NEAR)),
                FAST))
        .isEmpty();
    assertThat(next(List.of(), FAST)).isEmpty();
    assertThat(
            next(
                List.of(
                    new Verdict(0, PEERS_IN_TIME),
                    new Verdict(1, RESCUE),
                    new Verdict(2, RESCUE),
                    new Verdict(3, PEERS_IN_TIME),
                    new Verdict(4, RESCUE)),
                FAST))
        .contains(new OriginRun(1, 3));
  }

  @Test
  void beginsWithThePieceThatIsWantedFirst() {
    List<Verdict> verdicts = new ArrayList<>(verdicts(ALONE, 60, 62));
    verdicts.addAll(verdicts(ALONE, 0, 20));
    assertThat(next(verdicts, FAST)).contains(new OriginRun(60, 62));
  }

  @Test
  void keepsRunsWholeWhileSeveralReadersTakeTurns() {
    List<Verdict> merged = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      merged.add(new Verdict(i, ALONE));
      merged.add(new Verdict(40 + i, ALONE));
    }
    assertThat(next(merged, FAST)).contains(new OriginRun(0, 10));
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatIsAsked(Reason reason) {
    assertThat(reason.asked())
        .isEqualTo(List.of(ALONE, START, RESCUE, FIRST_COPY, FRONT_COPY).contains(reason));
    assertThat(next(verdicts(reason, 0, 1), FAST).isPresent()).isEqualTo(reason.asked());
  }

  @Test
  void asksNothingOfAnOriginThatIsAway() {
    assertThat(next(verdicts(ALONE, 0, 60), new Origin(false, 10 * MIB, 100, 0, 0))).isEmpty();
  }

  /** At 1 MB/s, 150 000 bytes come in the 100 ms of the round trip and 50 more. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, true",
    "0, 9000000, true",
    "1, 0, true",
    "1, 150000, true",
    "1, 150001, false",
    "2, 0, false"
  })
  void asksAgainWhenTheRequestBeforeIsAboutToEnd(int requests, long pendingBytes, boolean asks) {
    Origin origin = new Origin(true, 1_000_000, 100, requests, pendingBytes);
    assertThat(origin.ready()).isEqualTo(asks);
    assertThat(next(verdicts(ALONE, 0, 60), origin).isPresent()).isEqualTo(asks);
  }

  @Test
  void asksOneThingAtATimeOfAnOriginThatHasDeliveredNothing() {
    assertThat(new Origin(true, 0, 100, 1, 1).ready()).isFalse();
    assertThat(new Origin(true, 0, 100, 0, 0).ready()).isTrue();
  }

  private Optional<OriginRun> next(List<Verdict> verdicts, Origin origin) {
    return OriginRun.next(layout, verdicts, origin, PLAYER);
  }

  private static List<Verdict> verdicts(Reason reason, int first, int end) {
    return IntStream.range(first, end).mapToObj(piece -> new Verdict(piece, reason)).toList();
  }

  private static Origin idle(long bytesPerSecond) {
    return new Origin(true, bytesPerSecond, 100, 0, 0);
  }

  private static FileLayout layout(int pieceLength) {
    return new FileLayout(0, 64L * pieceLength, pieceLength, 64L * pieceLength);
  }
}
