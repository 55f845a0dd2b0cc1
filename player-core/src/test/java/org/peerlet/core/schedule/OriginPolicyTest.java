package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.schedule.OriginPolicy.FAR_MILLIS;
import static org.peerlet.core.schedule.OriginPolicy.Reason.ALONE;
import static org.peerlet.core.schedule.OriginPolicy.Reason.FIRST_COPY;
import static org.peerlet.core.schedule.OriginPolicy.Reason.NOT_NEAR;
import static org.peerlet.core.schedule.OriginPolicy.Reason.OTHERS_TURN;
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
final class OriginPolicyTest {
  /** A quarter of a second of video. */
  private static final int PIECE = 50_000;

  private static final long CLIP_RATE = 4 * PIECE;

  /** 100 ms to the first byte, and 50 for a piece: 150 ms in all. */
  private static final Origin ORIGIN = origin(20 * PIECE);

  private static final long ORIGIN_MILLIS = 150;

  /** Two viewers who share; nothing comes from the other at present. */
  private static final Swarm SILENT = swarm(0);

  /** Two viewers who share; 10 pieces a second come from the other. */
  private static final Swarm BUSY = swarm(10 * PIECE);

  /** Fast, with what was wanted before a seek. */
  private static final Swarm BACKLOGGED = new Swarm(true, true, 2, FAR_MILLIS, true, 10 * PIECE);

  private static final Swarm UNSEEN = new Swarm(true, false, 1, FAR_MILLIS, false, 0);

  private static final Player STANDS = new Player(0, false, CLIP_RATE);
  private static final Player MOVES = new Player(0, true, CLIP_RATE);

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

  @ParameterizedTest
  @CsvSource({"0, 4000", "1, 4001", "2000, 7000", "10666, 19999", "10667, 20000", "3600000, 20000"})
  void looksTheFurtherTheMoreThePlayerHas(long leadMillis, long nearMillis) {
    for (boolean moving : new boolean[] {true, false}) {
      Player player = new Player(leadMillis, moving, CLIP_RATE);
      assertThat(OriginPolicy.nearMillis(SILENT, player)).isEqualTo(nearMillis);
      assertThat(reason(missing(nearMillis, 0, 0), SILENT, ORIGIN, player)).isEqualTo(FIRST_COPY);
      assertThat(reason(missing(nearMillis + 1, 0, 0), SILENT, ORIGIN, player)).isEqualTo(NOT_NEAR);
    }
  }

  /** Whoever is spared has it, and is there again in time; or somebody fetches it. */
  @Test
  void fetchesNoFirstCopyThatPeersMayYetBring() {
    Swarm supplied = new Swarm(true, true, 2, 5_000, false, 0);
    Player ahead = new Player(12_000, true, CLIP_RATE);
    assertThat(reason(missing(5_001, 0, 0), SILENT, ORIGIN, ahead)).isEqualTo(FIRST_COPY);
    assertThat(reason(missing(5_001, 0, 0), supplied, ORIGIN, ahead)).isEqualTo(NOT_NEAR);
    assertThat(reason(missing(5_000, 0, 0), supplied, ORIGIN, ahead)).isEqualTo(FIRST_COPY);
  }

  @Test
  void worksOnTheSoonestPieceOfEachSharerAlone() {
    PieceOutlook mine = missing(1_000, 0, 0);
    PieceOutlook theirs = missing(3_900, 0, 1);
    Swarm three = new Swarm(true, true, 3, FAR_MILLIS, false, 0);
    assertThat(judge(three, List.of(theirs, mine, held(3_900, 0), mine, mine, theirs)))
        .as("what peers have does not count")
        .containsExactly(OTHERS_TURN, FIRST_COPY, PEERS_IN_TIME, FIRST_COPY, NOT_NEAR, NOT_NEAR);
    Swarm one = new Swarm(true, true, 1, FAR_MILLIS, false, 0);
    assertThat(judge(one, List.of(mine, mine))).containsExactly(FIRST_COPY, NOT_NEAR);
  }

  /** A turn is twice what the origin takes, within 1 and 3 s. */
  @ParameterizedTest
  @CsvSource({"150, 1, 1000", "150, 2, 2000", "150, 7, 7000", "700, 1, 1400", "700, 3, 4200"})
  void waitsForItsTurnWhileThePlayerStands(long originMillis, int rank, long turnMillis) {
    Origin origin = new Origin(true, 20 * PIECE, originMillis - 50, 0, 0);
    assertThat(reason(missing(0, turnMillis - 1, rank), SILENT, origin, STANDS))
        .isEqualTo(OTHERS_TURN);
    assertThat(reason(missing(0, turnMillis, rank), SILENT, origin, STANDS)).isEqualTo(FIRST_COPY);
    Origin slow = new Origin(true, PIECE, 1_000, 0, 0);
    assertThat(reason(missing(0, 3_000L * rank - 1, rank), SILENT, slow, STANDS))
        .isEqualTo(OTHERS_TURN);
    assertThat(reason(missing(0, 3_000L * rank, rank), SILENT, slow, STANDS)).isEqualTo(FIRST_COPY);
  }

  /** However long it has waited: 1650 ms before the deadline, and 700 less for each next viewer. */
  @ParameterizedTest
  @CsvSource({"1, 1650", "2, 950", "3, 300", "4, 300", "9, 300"})
  void waitsForTheLastMomentWhileThePlayerMoves(int rank, long latestMillis) {
    assertThat(reason(missing(latestMillis + 1, 60_000, rank), SILENT, ORIGIN, MOVES))
        .isEqualTo(OTHERS_TURN);
    assertThat(reason(missing(latestMillis, 0, rank), SILENT, ORIGIN, MOVES)).isEqualTo(FIRST_COPY);
  }

  /** Whose turn it is may need it later, and not think of it yet. */
  @Test
  void goesByTheNeedAloneInTheLastMoment() {
    PieceOutlook soonest = new PieceOutlook(0, PIECE, 1_650, false, 0, 5, 0);
    assertThat(reason(soonest, SILENT, ORIGIN, MOVES)).isEqualTo(FIRST_COPY);
    PieceOutlook turnNext = new PieceOutlook(0, PIECE, 1_650, false, 0, 1, 5);
    assertThat(reason(turnNext, SILENT, ORIGIN, MOVES)).isEqualTo(OTHERS_TURN);
  }

  @Test
  void asksBusyOriginsNoEarlierForWhatOthersShouldHaveBrought() {
    Origin slow = origin(PIECE / 5);
    assertThat(reason(missing(2_501, 0, 1), SILENT, slow, MOVES)).isEqualTo(OTHERS_TURN);
    assertThat(reason(missing(2_500, 0, 1), SILENT, slow, MOVES)).isEqualTo(FIRST_COPY);
  }

  @Test
  void asksFirstWhereItIsFirstHoweverMuchTimeThereIs() {
    for (Player player : List.of(STANDS, MOVES)) {
      assertThat(reason(missing(0, 0, 0), SILENT, ORIGIN, player)).isEqualTo(FIRST_COPY);
      assertThat(reason(missing(4_000, 0, 0), BUSY, ORIGIN, player)).isEqualTo(FIRST_COPY);
    }
  }

  @Test
  void namesEachPieceInTheOrderOfTheWanted() {
    List<PieceOutlook> wanted =
        IntStream.of(7, 3, 9).mapToObj(i -> new PieceOutlook(i, PIECE, 0, false, 0, 0, 0)).toList();
    assertThat(OriginPolicy.judge(wanted, Swarm.NONE, ORIGIN, MOVES))
        .containsExactly(new Verdict(7, ALONE), new Verdict(3, ALONE), new Verdict(9, ALONE));
    assertThat(OriginPolicy.judge(List.of(), BUSY, ORIGIN, MOVES)).isEmpty();
  }

  private static Reason reason(PieceOutlook piece, Swarm swarm, Origin origin, Player player) {
    return OriginPolicy.judge(List.of(piece), swarm, origin, player).get(0).reason();
  }

  private static List<Reason> reasons(Swarm swarm, PieceOutlook... wanted) {
    return OriginPolicy.judge(List.of(wanted), swarm, ORIGIN, MOVES).stream()
        .map(Verdict::reason)
        .toList();
  }

  private static List<Reason> reasonsOf(List<Verdict> verdicts) {
    return verdicts.stream().map(Verdict::reason).toList();
  }

  private static List<Reason> judge(Swarm swarm, List<PieceOutlook> wanted) {
    return OriginPolicy.judge(wanted, swarm, ORIGIN, STANDS).stream().map(Verdict::reason).toList();
  }

  private static PieceOutlook held(long deadlineMillis, long sinceMillis) {
    return new PieceOutlook(0, PIECE, deadlineMillis, true, sinceMillis, 0, 0);
  }

  private static PieceOutlook missing(long deadlineMillis, long sinceMillis, int rank) {
    return new PieceOutlook(
        0, PIECE, deadlineMillis, false, sinceMillis, rank, Math.max(0, rank - 1));
  }

  private static Swarm swarm(long bytesPerSecond) {
    return new Swarm(true, true, 2, FAR_MILLIS, false, bytesPerSecond);
  }

  private static Origin origin(long bytesPerSecond) {
    return new Origin(true, bytesPerSecond, 100, 0, 0);
  }
}
