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
  void hurriesWhatIsDueSoonAndFillsTheQueueWithWhatFollows() {
    Map<Integer, Wish> wishes = PieceWishes.of(window, NOW, 5 * PIECE, PIECE, piece -> true);
    assertThat(of(wishes, Kind.HURRIED)).containsExactly(10, 11, 12, 13, 14, 15, 16, 17);
    assertThat(wishes.get(12)).isEqualTo(new Wish(Kind.HURRIED, NOW + 1000));
    assertThat(of(wishes, Kind.IN_WINDOW)).as("10 pieces in 2 s").containsExactly(18, 19);
    assertThat(of(wishes, Kind.ANCHOR)).containsExactly(50, 51);
  }

  @Test
  void hurriesAFewWhenNothingIsDueSoon() {
    Schedule later =
        new Schedule(
            window.deadlines().stream()
                .map(each -> new PieceDeadline(each.piece(), each.deadlineMillis() + 10_000))
                .toList(),
            List.of());
    assertThat(of(PieceWishes.of(later, NOW, 0, PIECE, piece -> true), Kind.HURRIED))
        .containsExactly(10, 11, 12, 13);
  }

  @Test
  void asksForNoMoreThanAFewBeforeAnythingHasCome() {
    Map<Integer, Wish> wishes = PieceWishes.of(window, NOW, 0, PIECE, piece -> true);
    assertThat(of(wishes, Kind.IN_WINDOW)).isEmpty();
  }

  @Test
  void spendsNoDeadlineOnWhatNobodyHasButTakesItTheMomentSomebodyHas() {
    Map<Integer, Wish> wishes = PieceWishes.of(window, NOW, 0, PIECE, piece -> piece >= 14);
    assertThat(of(wishes, Kind.HURRIED)).containsExactly(14, 15, 16, 17);
    assertThat(of(wishes, Kind.IN_WINDOW)).containsExactly(10, 11, 12, 13);
  }

  @Test
  void doesNotCareWhatNobodyHasAndNobodyNeedsSoon() {
    Map<Integer, Wish> wishes = PieceWishes.of(window, NOW, 0, PIECE, piece -> false);
    assertThat(of(wishes, Kind.IN_WINDOW))
        .hasSize((int) (PieceWishes.RARE_MILLIS / 500))
        .startsWith(10)
        .endsWith(33);
  }

  @Test
  void tellsADeadlineAgainOnlyWhenItMoved() {
    Wish wish = new Wish(Kind.HURRIED, NOW);
    assertThat(wish.like(new Wish(Kind.HURRIED, NOW + 500))).isTrue();
    assertThat(wish.like(new Wish(Kind.HURRIED, NOW + 501))).isFalse();
    assertThat(wish.like(Wish.IN_WINDOW)).isFalse();
    assertThat(wish.like(null)).isFalse();
    assertThat(Wish.ANCHOR.like(Wish.ANCHOR)).isTrue();
  }

  private static List<Integer> of(Map<Integer, Wish> wishes, Kind kind) {
    return wishes.entrySet().stream()
        .filter(each -> each.getValue().kind() == kind)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
