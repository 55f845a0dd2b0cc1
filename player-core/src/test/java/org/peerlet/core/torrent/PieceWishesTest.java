package org.peerlet.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.torrent.PieceWishes.Kind;
import org.peerlet.core.torrent.PieceWishes.Wish;

/** A piece is half a second of video and 64 KiB long. */
final class PieceWishesTest {
  private static final int PIECE = 64 << 10;
  private static final long NOW = 7_000_000;

  private final Schedule window =
      new Schedule(
          IntStream.range(10, 50).mapToObj(i -> new PieceDeadline(i, (i - 10) * 500L)).toList(),
          List.of(50, 51, 52));

  @Test
  void hurriesAFewAndFillsTheQueueWithWhatFollows() {
    Map<Integer, Wish> wishes = wishes(inHand(4_000), 5 * PIECE);
    assertThat(of(wishes, Kind.HURRIED)).containsExactly(10, 11, 12, 13, 14, 15);
    assertThat(wishes.get(12)).isEqualTo(new Wish(Kind.HURRIED, NOW + 5000));
    assertThat(of(wishes, Kind.IN_WINDOW)).as("10 pieces in 2 s").containsExactly(16, 17, 18, 19);
    assertThat(of(wishes, Kind.LATER)).hasSize(30).startsWith(20).endsWith(49);
  }

  @Test
  void keepsTheOrderWhereLittleIsInHand() {
    assertThat(of(wishes(window, 10 * PIECE), Kind.IN_WINDOW)).isEmpty();
    assertThat(of(wishes(inHand(1_500), 10 * PIECE), Kind.IN_WINDOW))
        .as("8 pieces in half of that")
        .containsExactly(16, 17);
    assertThat(of(wishes(inHand(9_000), 10 * PIECE), Kind.IN_WINDOW))
        .as("20 pieces in 2 s")
        .hasSize(14)
        .endsWith(29);
  }

  @Test
  void hurriesAsManyAsComeInHalfASecondIfTheyAreDueSoon() {
    assertThat(of(wishes(window, 14 * PIECE), Kind.HURRIED)).hasSize(7).endsWith(16);
    assertThat(of(wishes(window, 16 * PIECE), Kind.HURRIED)).hasSize(8).endsWith(17);
    assertThat(of(wishes(window, 40 * PIECE), Kind.HURRIED)).as("the next in 4 s").hasSize(8);
  }

  @Test
  void hurriesNoMoreThanLibtorrentCanBear() {
    Schedule dense =
        new Schedule(
            window.deadlines().stream()
                .map(each -> new PieceDeadline(each.piece(), each.deadlineMillis() / 10))
                .toList(),
            List.of());
    assertThat(of(wishes(dense, 100 * PIECE), Kind.HURRIED)).hasSize(12).endsWith(21);
  }

  @Test
  void holdsTheListOfDeadlinesOpenWhereTheWindowDoesNot() {
    Map<Integer, Wish> wishes = wishes(window, 0);
    assertThat(of(wishes, Kind.LATER)).hasSize(37).startsWith(16).endsWith(52);
    Schedule nothing = new Schedule(List.of(), List.of(7, 8, 9));
    assertThat(of(wishes(nothing, 0), Kind.LATER)).containsExactly(7, 8, 9);
    assertThat(wishes(Schedule.EMPTY, 0)).isEmpty();
  }

  @Test
  void hurriesAFewWhenNothingIsDueSoon() {
    assertThat(of(wishes(inHand(10_000), 0), Kind.HURRIED)).containsExactly(10, 11, 12, 13, 14, 15);
  }

  @Test
  void asksForNoMoreThanAFewBeforeAnythingHasCome() {
    Map<Integer, Wish> wishes = PieceWishes.of(window, NOW, 0, PIECE, piece -> true);
    assertThat(of(wishes, Kind.IN_WINDOW)).isEmpty();
  }

  @Test
  void spendsNoDeadlineOnWhatNobodyHasButTakesItTheMomentSomebodyHas() {
    Map<Integer, Wish> wishes = PieceWishes.of(window, NOW, 0, PIECE, piece -> piece >= 14);
    assertThat(of(wishes, Kind.HURRIED)).containsExactly(14, 15, 16, 17, 18, 19);
    assertThat(of(wishes, Kind.IN_WINDOW)).containsExactly(10, 11, 12, 13);
  }

  @Test
  void doesNotCareWhatNobodyHasAndNobodyNeedsSoon() {
    Map<Integer, Wish> wishes = PieceWishes.of(window, NOW, 0, PIECE, piece -> false);
    assertThat(of(wishes, Kind.IN_WINDOW)).as("due before 2 s").containsExactly(10, 11, 12, 13);
    assertThat(of(wishes, Kind.LATER)).hasSize(39).startsWith(14);
  }

  @Test
  void looksFurtherForWhatNobodyHasWhenThereIsTime() {
    Map<Integer, Wish> wishes = PieceWishes.of(inHand(4_000), NOW, 0, PIECE, piece -> false);
    // Before 2 s and half as much again as the 4 s in hand.
    assertThat(of(wishes, Kind.IN_WINDOW)).hasSize(8).startsWith(10).endsWith(17);
  }

  @Test
  void tellsADeadlineAgainOnlyWhenItMoved() {
    Wish wish = new Wish(Kind.HURRIED, NOW);
    assertThat(wish.like(new Wish(Kind.HURRIED, NOW + 500))).isTrue();
    assertThat(wish.like(new Wish(Kind.HURRIED, NOW + 501))).isFalse();
    assertThat(wish.like(Wish.IN_WINDOW)).isFalse();
    assertThat(wish.like(null)).isFalse();
    assertThat(Wish.LATER.like(Wish.AT_START)).isFalse();
    assertThat(Wish.LATER.like(Wish.LATER)).isTrue();
  }

  private Schedule inHand(long millis) {
    return new Schedule(
        window.deadlines().stream()
            .map(each -> new PieceDeadline(each.piece(), each.deadlineMillis() + millis))
            .toList(),
        List.of());
  }

  private static Map<Integer, Wish> wishes(Schedule schedule, long bytesPerSecond) {
    return PieceWishes.of(schedule, NOW, bytesPerSecond, PIECE, piece -> true);
  }

  private static List<Integer> of(Map<Integer, Wish> wishes, Kind kind) {
    return wishes.entrySet().stream()
        .filter(each -> each.getValue().kind() == kind)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
