package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.schedule.OriginPolicy.Reason.ALONE;
import static org.peerlet.core.schedule.OriginPolicy.Reason.NOT_NEAR;
import static org.peerlet.core.schedule.OriginPolicy.Reason.PEERS_IN_TIME;
import static org.peerlet.core.schedule.OriginPolicy.Reason.RESCUE;
import static org.peerlet.core.schedule.OriginPolicy.Reason.START;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerlet.core.schedule.OriginPolicy.Origin;
import org.peerlet.core.schedule.OriginPolicy.Player;
import org.peerlet.core.schedule.OriginPolicy.Reason;
import org.peerlet.core.schedule.OriginPolicy.Swarm;
import org.peerlet.core.schedule.OriginPolicy.Verdict;

/** What is thought of each piece, at each boundary; what becomes a request is another test. */
final class OriginPolicyTest extends OriginPolicyScene {
  @ParameterizedTest
  @CsvSource({"0, true, 0", "0, false, 5", "60000, true, 0", "60000, false, 0"})
  void asksForEverythingWhereNobodyElseIs(long deadlineMillis, boolean held, int rank) {
    PieceOutlook piece = new PieceOutlook(0, PIECE, deadlineMillis, held, 0, rank, rank);
    assertThat(reason(piece, Swarm.NONE, ORIGIN, STANDS)).isEqualTo(ALONE);
    assertThat(reason(piece, Swarm.NONE, ORIGIN, MOVES)).isEqualTo(ALONE);
  }

  @Test
  void asksForTheStartBeforeASwarmIsSeen() {
    assertThat(reason(missing(2_500, 0, 0), UNSEEN, ORIGIN, STANDS)).isEqualTo(START);
    assertThat(reason(missing(2_501, 0, 0), UNSEEN, ORIGIN, STANDS)).isEqualTo(NOT_NEAR);
    assertThat(reason(missing(2_500, 0, 0), UNSEEN, ORIGIN, MOVES)).isEqualTo(START);
  }

  /** All who come at this moment ask the same of a short line. */
  @Test
  void asksOnePieceAtOnceBeforeASwarmIsSeenUnlessTheOriginSpares() {
    long thin = CLIP_RATE * 3 / 2 - 1;
    Origin asked = new Origin(true, thin, 100, 1, 10);
    assertThat(reason(missing(0, 0, 0), UNSEEN, asked, STANDS)).isEqualTo(NOT_NEAR);
    assertThat(reason(missing(0, 0, 0), UNSEEN, origin(thin), STANDS)).isEqualTo(START);
    Origin spares = new Origin(true, thin + 1, 100, 1, 10);
    assertThat(reason(missing(0, 0, 0), UNSEEN, spares, STANDS)).isEqualTo(START);
  }

  @Test
  void leavesWhatIsNotPartOfTheStartToPeersThatHaveIt() {
    assertThat(reason(held(2_501, 9_999), SILENT, ORIGIN, STANDS)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(2_500, 9_999), SILENT, ORIGIN, STANDS)).isEqualTo(RESCUE);
  }

  @Test
  void rescuesJustInTimeAndNoEarlier() {
    long latest = ORIGIN_MILLIS + OriginPolicy.SAFETY_MILLIS;
    assertThat(reason(held(latest + 1, 0), SILENT, ORIGIN, MOVES)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(latest, 0), SILENT, ORIGIN, MOVES)).isEqualTo(RESCUE);
    assertThat(reason(held(0, 0), SILENT, ORIGIN, MOVES)).isEqualTo(RESCUE);
  }

  /** For an origin that takes 5 s, a piece is not asked for 6.5 s before its deadline. */
  @Test
  void takesNoAccountOfHowVeryBusyAnOriginIs() {
    Origin slow = origin(PIECE / 5);
    assertThat(reason(held(2_501, 9_999), SILENT, slow, MOVES)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(2_500, 9_999), SILENT, slow, MOVES)).isEqualTo(RESCUE);
  }

  @Test
  void givesPeersAGraceWhereTheOriginHasNothingToSpare() {
    Origin thin = origin(CLIP_RATE * 3 / 2 - 1);
    for (Player player : List.of(STANDS, MOVES)) {
      assertThat(reason(held(500, 599), SILENT, thin, player)).isEqualTo(PEERS_IN_TIME);
      assertThat(reason(held(500, 600), SILENT, thin, player)).isEqualTo(RESCUE);
    }
    assertThat(reason(held(500, 599), SILENT, origin(0), STANDS))
        .as("nothing is known of the origin")
        .isEqualTo(PEERS_IN_TIME);
  }

  @Test
  void givesPeersNoGraceWhereTheOriginHasSomethingToSpare() {
    Origin spare = origin(CLIP_RATE * 3 / 2);
    assertThat(reason(held(500, 0), SILENT, spare, STANDS)).isEqualTo(RESCUE);
    assertThat(reason(held(500, 0), SILENT, spare, MOVES)).isEqualTo(RESCUE);
  }

  @Test
  void leavesAMovingPlayersPieceToPeersThatBringItByItsDeadline() {
    assertThat(reason(held(400, 0), swarm(PIECE * 1000 / 400), ORIGIN, MOVES))
        .isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(400, 0), swarm(PIECE * 1000 / 401), ORIGIN, MOVES)).isEqualTo(RESCUE);
  }

  @Test
  void letsAStartWaitHalfASecondForPeers() {
    assertThat(reason(held(1_201, 0), swarm(2 * PIECE), ORIGIN, STANDS)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(2_000, 0), swarm(2 * PIECE - 200), ORIGIN, STANDS)).isEqualTo(RESCUE);
  }

  @Test
  void letsAStartWaitForPeersWhereTheOriginIsNoHelp() {
    Origin busy = origin(CLIP_RATE * 6 / 10 - 1); // 517 ms
    Swarm slow = swarm(PIECE); // 1000 ms
    assertThat(reason(held(0, 3_200), slow, busy, STANDS)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(0, 3_201), slow, busy, STANDS)).isEqualTo(RESCUE);
    assertThat(reason(held(0, 600), swarm(PIECE * 10 / 25), busy, STANDS)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(0, 600), swarm(PIECE * 10 / 26), busy, STANDS))
        .as("it takes longer than a whole start")
        .isEqualTo(RESCUE);
    Origin helps = origin(CLIP_RATE * 6 / 10);
    assertThat(reason(held(1_000, 600), slow, helps, STANDS)).isEqualTo(RESCUE);
  }

  /** Others get what comes from peers, or those who have the piece are slow. */
  @Test
  void rescuesWhatPeersHaveHadForLongAndDidNotBring() {
    Swarm swarm = swarm(5 * PIECE);
    long helped = 200 + OriginPolicy.PATIENCE_MILLIS;
    assertThat(reason(held(1_300, helped), swarm, ORIGIN, STANDS)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(1_300, helped + 1), swarm, ORIGIN, STANDS)).isEqualTo(RESCUE);
    // It may have begun to wait as the last of six.
    long moved = 6 * 200 + OriginPolicy.PATIENCE_MILLIS;
    assertThat(reason(held(1_300, moved), swarm, ORIGIN, MOVES)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(1_300, moved + 1), swarm, ORIGIN, MOVES)).isEqualTo(RESCUE);
    Origin busy = origin(CLIP_RATE * 6 / 10 - 1);
    long alone = 2 * 200 + 2 * OriginPolicy.GRACE_MILLIS;
    assertThat(reason(held(1_300, alone), swarm, busy, STANDS)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(1_300, alone + 1), swarm, busy, STANDS)).isEqualTo(RESCUE);
  }

  /** Of what should be there by now, some is nearly there, and no more can be known of it. */
  @Test
  void takesNoChancesWithAMovingPlayersNextPiece() {
    Swarm slow = swarm(2 * PIECE);
    long last = ORIGIN_MILLIS + OriginPolicy.LAST_CHANCE_MILLIS;
    assertThat(reason(held(last, 501), slow, ORIGIN, MOVES)).isEqualTo(RESCUE);
    assertThat(reason(held(last, 500), slow, ORIGIN, MOVES)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(last + 1, 501), slow, ORIGIN, MOVES)).isEqualTo(PEERS_IN_TIME);
  }

  /**
   * Two pieces a second come from peers, four are played. After 3 s in hand, peers bring the 7th
   * piece 3.5 s from now, when it is due after 4.5: not 3 s before.
   */
  @Test
  void bringsWhatPeersAreTooSlowForBeforeTheyAreAskedForIt() {
    List<PieceOutlook> wanted =
        IntStream.range(0, 16).mapToObj(i -> held(3_000 + i * 250L, 0)).toList();
    Swarm half = swarm(2 * PIECE);
    assertThat(reasonsOf(OriginPolicy.judge(wanted, half, ORIGIN, MOVES)))
        .startsWith(PEERS_IN_TIME, PEERS_IN_TIME, PEERS_IN_TIME, PEERS_IN_TIME, PEERS_IN_TIME)
        .containsSequence(PEERS_IN_TIME, RESCUE, RESCUE)
        .as("as far as 6 s")
        .endsWith(RESCUE, PEERS_IN_TIME, PEERS_IN_TIME, PEERS_IN_TIME)
        .hasSize(16);
    assertThat(reasonsOf(OriginPolicy.judge(wanted, swarm(5 * PIECE), ORIGIN, MOVES)))
        .as("peers are faster than the clip")
        .containsOnly(PEERS_IN_TIME);
    assertThat(reasonsOf(OriginPolicy.judge(wanted, SILENT, ORIGIN, MOVES)))
        .as("nobody is known to be slow")
        .containsOnly(PEERS_IN_TIME);
    assertThat(reasonsOf(OriginPolicy.judge(wanted, half, origin(CLIP_RATE / 2), MOVES)))
        .as("the origin is busy with the crowd")
        .containsOnly(PEERS_IN_TIME);
    assertThat(reasonsOf(OriginPolicy.judge(wanted.subList(0, 6), half, ORIGIN, MOVES)))
        .as("six are asked of peers")
        .containsOnly(PEERS_IN_TIME);
  }

  @Test
  void countsForAskedOfPeersOnlyWhatIsThisViewersTurn() {
    List<PieceOutlook> wanted =
        IntStream.range(0, 12)
            .mapToObj(i -> new PieceOutlook(i, PIECE, 3_000 + i * 100L, true, 0, i % 2, 0))
            .toList();
    List<Reason> reasons = reasonsOf(OriginPolicy.judge(wanted, swarm(PIECE), ORIGIN, MOVES));
    assertThat(reasons.subList(0, 11)).containsOnly(PEERS_IN_TIME);
    assertThat(reasons.get(11)).isEqualTo(RESCUE);
  }

  /** A picture that moves has the crowd's origin to itself no more than a crowd has. */
  @Test
  void rescuesAMovingPlayersStuckPieceFromABusyOriginThatIsSlowerThanPeersAtLast() {
    Origin busy = origin(CLIP_RATE * 6 / 10 - 1); // 516 ms
    Swarm faster = swarm(5 * PIECE);
    long last = 516 + OriginPolicy.LAST_CHANCE_MILLIS;
    assertThat(reason(held(last + 1, 9_999), faster, busy, MOVES)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(last + 1, 9_999), swarm(PIECE * 10 / 6), busy, MOVES)).isEqualTo(RESCUE);
    long stuck = 2 * (200 + OriginPolicy.GRACE_MILLIS);
    assertThat(reason(held(last, stuck), faster, busy, MOVES)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(last, stuck + 1), faster, busy, MOVES)).isEqualTo(RESCUE);
  }

  /** What comes so late is no rescue. */
  @Test
  void doesNotTakeAPieceForStuckBeforeTheOriginCouldHaveBroughtIt() {
    Origin far = new Origin(true, 20 * PIECE, 9_000, 0, 0);
    assertThat(reason(held(1_300, 9_050), swarm(5 * PIECE), far, STANDS)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(1_300, 9_051), swarm(5 * PIECE), far, STANDS)).isEqualTo(RESCUE);
  }

  /** What was asked of peers before a seek would come first. */
  @Test
  void takesTheFirstOfAStartFromAnOriginWithSomethingToSpare() {
    assertThat(reason(held(1_200, 0), BUSY, ORIGIN, STANDS)).isEqualTo(RESCUE);
    assertThat(reason(held(1_201, 0), BUSY, ORIGIN, STANDS)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(1_200, 0), BUSY, ORIGIN, MOVES)).isEqualTo(PEERS_IN_TIME);
    Origin busy = origin(CLIP_RATE * 3 / 2 - 1);
    assertThat(reason(held(1_200, 0), BUSY, busy, STANDS)).isEqualTo(PEERS_IN_TIME);
  }

  /** All that a start waits for: what peers bring first is of no use. */
  @Test
  void takesMoreOfASeekFromAnOriginThatHasToSpareWhilePeersSendWhatWasWantedBefore() {
    assertThat(reason(held(3_000, 0), BACKLOGGED, ORIGIN, STANDS)).isEqualTo(RESCUE);
    assertThat(reason(held(3_001, 9_999), BACKLOGGED, ORIGIN, STANDS)).isEqualTo(PEERS_IN_TIME);
    Origin busy = origin(CLIP_RATE);
    assertThat(reason(held(3_000, 9_999), BACKLOGGED, busy, STANDS)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(2_500, 9_999), BACKLOGGED, busy, STANDS)).isEqualTo(RESCUE);
  }

  @Test
  void countsOnNoPeerWhileItSendsWhatWasWantedBeforeASeek() {
    long latest = ORIGIN_MILLIS + 1_500;
    assertThat(reason(held(latest, 0), BUSY, ORIGIN, MOVES)).isEqualTo(PEERS_IN_TIME);
    assertThat(reason(held(latest, 0), BACKLOGGED, ORIGIN, MOVES)).isEqualTo(RESCUE);
    assertThat(reason(held(latest + 1, 0), BACKLOGGED, ORIGIN, MOVES)).isEqualTo(PEERS_IN_TIME);
  }

  @Test
  void rescuesNothingThatTheOriginWouldBringNoSooner() {
    Origin asSlow = new Origin(true, 20 * PIECE, 950, 0, 0); // 1000 ms
    assertThat(reason(held(0, 0), swarm(PIECE), asSlow, MOVES)).isEqualTo(PEERS_IN_TIME);
    Origin sooner = new Origin(true, 20 * PIECE, 949, 0, 0);
    assertThat(reason(held(0, 0), swarm(PIECE), sooner, MOVES)).isEqualTo(RESCUE);
  }

  /**
   * At 10 pieces a second, the fourth comes after 400 ms. What is rescued, peers need not bring.
   */
  @Test
  void countsWhatPeersHaveToBringBefore() {
    assertThat(reasons(BUSY, held(400, 0), held(400, 0), held(400, 0), held(400, 0)))
        .containsOnly(PEERS_IN_TIME);
    assertThat(reasons(BUSY, held(400, 0), held(400, 0), held(400, 0), held(399, 0)))
        .containsExactly(PEERS_IN_TIME, PEERS_IN_TIME, PEERS_IN_TIME, RESCUE);
    // 100 ms, 200 which is too late, 200 again, and 200 which is not.
    Origin quick = new Origin(true, 20 * PIECE, 0, 0, 0);
    assertThat(
            OriginPolicy.judge(
                    List.of(held(100, 0), held(100, 0), held(100, 0), held(200, 0)),
                    BUSY,
                    quick,
                    MOVES)
                .stream()
                .map(Verdict::reason))
        .containsExactly(PEERS_IN_TIME, RESCUE, RESCUE, PEERS_IN_TIME);
  }

  @Test
  void namesEachPieceInTheOrderOfTheWanted() {
    List<PieceOutlook> wanted =
        IntStream.of(7, 3, 9).mapToObj(i -> new PieceOutlook(i, PIECE, 0, false, 0, 0, 0)).toList();
    assertThat(OriginPolicy.judge(wanted, Swarm.NONE, ORIGIN, MOVES))
        .containsExactly(new Verdict(7, ALONE), new Verdict(3, ALONE), new Verdict(9, ALONE));
    assertThat(OriginPolicy.judge(List.of(), BUSY, ORIGIN, MOVES)).isEmpty();
  }
}
