package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.schedule.OriginPolicy.FAR_MILLIS;
import static org.peerlet.core.schedule.OriginPolicy.Reason.FIRST_COPY;
import static org.peerlet.core.schedule.OriginPolicy.Reason.NOT_NEAR;
import static org.peerlet.core.schedule.OriginPolicy.Reason.OTHERS_TURN;
import static org.peerlet.core.schedule.OriginPolicy.Reason.PEERS_IN_TIME;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerlet.core.schedule.OriginPolicy.Origin;
import org.peerlet.core.schedule.OriginPolicy.Player;
import org.peerlet.core.schedule.OriginPolicy.Swarm;

/** What is thought of pieces that nobody has. */
final class FirstCopyPolicyTest extends OriginPolicyScene {
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
}
