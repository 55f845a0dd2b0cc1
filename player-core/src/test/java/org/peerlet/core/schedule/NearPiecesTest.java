package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NearPiecesTest {
  @Test
  void reachesFromAsManyBeforeAsAreWantedToSomeBehind() {
    assertThat(near(100)).contains(new NearPieces(84, 117));
    assertThat(near(199, 100)).contains(new NearPieces(0, 250));
    assertThat(near(300, 219, 200)).contains(new NearPieces(99, 351));
    assertThat(near(3)).contains(new NearPieces(0, 20));
  }

  @Test
  void isNothingWhereNothingIsWantedSoon() {
    assertThat(NearPieces.of(Schedule.EMPTY)).isEmpty();
    assertThat(NearPieces.of(new Schedule(List.of(), List.of(7)))).isEmpty();
  }

  @Test
  void holdWhatElseIsToBeLookedAt() {
    Schedule schedule = Schedule.EMPTY.lookingAt(new NearPieces(50, 90));
    assertThat(NearPieces.of(schedule)).hasValue(new NearPieces(50, 90));
    Schedule wanted = schedule.withDeadlines(List.of(new PieceDeadline(40, 0)));
    assertThat(NearPieces.of(wanted)).hasValue(new NearPieces(24, 90));
    assertThat(NearPieces.of(wanted.lookingAt(new NearPieces(10, 20))))
        .hasValue(new NearPieces(10, 90));
  }

  private static Optional<NearPieces> near(int... pieces) {
    return NearPieces.of(
        new Schedule(
            Arrays.stream(pieces).mapToObj(piece -> new PieceDeadline(piece, 0)).toList(),
            List.of()));
  }
}
