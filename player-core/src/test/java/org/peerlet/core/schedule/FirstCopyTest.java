package org.peerlet.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.peerlet.core.schedule.FirstCopy.Viewer;

/** What holds of the ranks of a whole crowd, whatever their ids. */
final class FirstCopyTest {
  private static final int ABOUT = 20;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  FirstCopyTest() {
    System.out.println("FirstCopyTest: -Dseed=" + seed);
  }

  @Test
  void ranksViewersWhoKnowEachOtherFromFirstToLast() {
    for (int i = 0; i < 500; i++) {
      int viewers = 1 + random.nextInt(12);
      List<Viewer> crowd = crowd(viewers, 100);
      int piece = random.nextInt(1 << 20);
      assertThat(ranks(piece, crowd, viewers))
          .as(crowd.toString())
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, viewers).boxed().toList());
    }
  }

  @Test
  void ranksNobodyBeforeAViewerWhoKnowsOfNobody() {
    assertThat(FirstCopy.rank(7, viewer(90), List.of(), ABOUT, 1, 0)).isZero();
    assertThat(FirstCopy.rank(7, viewer(90), List.of(), ABOUT, 1, 2)).isZero();
  }

  /** Nobody else is on the way to it, and all who are there are seen. */
  @Test
  void asksFirstForWhatNobodyElseWantsHoweverManyAreThere() {
    for (int piece = 0; piece < 200; piece++) {
      assertThat(FirstCopy.rank(piece, viewer(0), List.of(), ABOUT, 4, 4)).isZero();
      assertThat(FirstCopy.rank(piece, viewer(0), List.of(), ABOUT, 4, 8)).isZero();
    }
  }

  @Test
  void spreadsPiecesEvenly() {
    List<Viewer> crowd = crowd(10, 1);
    int[] first = new int[crowd.size()];
    for (int piece = 0; piece < 10_000; piece++) {
      first[ranks(piece, crowd, crowd.size()).indexOf(0)]++;
    }
    // Five standard deviations on each side.
    assertThat(IntStream.of(first)).allMatch(pieces -> pieces > 850 && pieces < 1_150);
  }

  /**
   * Else the line of one viewer, who has to pass on all that, would be what everybody waits for.
   */
  @Test
  void givesEachViewerOneOfARound() {
    for (int round = 0; round < 200; round++) {
      List<Viewer> crowd = crowd(2 + random.nextInt(11), 1);
      int[] first = new int[crowd.size()];
      for (int i = 0; i < FirstCopy.ROUND_PIECES; i++) {
        first[ranks(round * FirstCopy.ROUND_PIECES + i, crowd, crowd.size()).indexOf(0)]++;
      }
      int least = FirstCopy.ROUND_PIECES / crowd.size();
      int most = -Math.floorDiv(-FirstCopy.ROUND_PIECES, crowd.size());
      assertThat(IntStream.of(first)).allMatch(pieces -> least <= pieces && pieces <= most);
    }
  }

  /** Else a newcomer, whom some see before others, would make all of them fetch much twice. */
  @Test
  void changesFewTurnsForANewcomer() {
    List<Viewer> crowd = crowd(8, 1);
    List<Viewer> more = Stream.concat(crowd.stream(), Stream.of(viewer(0))).toList();
    int changed = 0;
    for (int piece = 0; piece < 4_000; piece++) {
      changed += ranks(piece, crowd, 8).indexOf(0) == ranks(piece, more, 9).indexOf(0) ? 0 : 1;
    }
    // A ninth at least; of hashes alone it would be no more.
    assertThat(changed).isBetween(400, 1_600);
  }

  @Test
  void beginsWithWhomItIsSoonestFor() {
    for (int piece = 0; piece < 200; piece++) {
      Viewer soon = viewer(7);
      Viewer later = viewer(7 + ABOUT);
      Viewer last = viewer(7 + 2 * ABOUT);
      assertThat(ranks(piece, List.of(last, soon, later), 3)).containsExactly(2, 0, 1);
    }
  }

  /** Else each viewer, as it comes near, would take a turn that another has just had. */
  @Test
  void givesTheSameTurnsWhileACrowdMovesOnTogether() {
    for (int piece = 0; piece < 100; piece++) {
      List<Viewer> crowd = crowd(8, 2 * ABOUT);
      List<Viewer> farther =
          crowd.stream()
              .map(each -> new Viewer(each.id(), each.lackingPieces() + 100, each.starting()))
              .toList();
      assertThat(ranks(piece, farther, 8)).isEqualTo(ranks(piece, crowd, 8));
    }
  }

  /** Where the first viewer's picture moves and a second one has just come. */
  @Test
  void asksThoseLastWhoHaveJustBegun() {
    for (int piece = 0; piece < 200; piece++) {
      Viewer starting = new Viewer("starting-" + random.nextLong(), 0, true);
      Viewer startingLater = new Viewer("later-" + random.nextLong(), ABOUT, true);
      assertThat(ranks(piece, List.of(startingLater, starting, viewer(5 * ABOUT)), 3))
          .containsExactly(2, 1, 0);
    }
  }

  @Test
  void goesByTheHashAmongThoseWhoNeedItAtAboutTheSameTime() {
    int sooner = 0;
    for (int piece = 0; piece < 1_000; piece++) {
      List<Viewer> two = List.of(viewer(0), viewer(ABOUT - 1));
      sooner += ranks(piece, two, 2).indexOf(0) == 0 ? 1 : 0;
    }
    // Five standard deviations on each side.
    assertThat(sooner).isBetween(420, 580);
  }

  @Test
  void saysTheSameWheneverItIsAsked() {
    List<Viewer> crowd = crowd(5, 100);
    assertThat(ranks(3, crowd, 5)).isEqualTo(ranks(3, crowd, 5)).isEqualTo(ranks(3, crowd, 0));
  }

  /** Whoever knows few of many can't know its rank, but how many should come first. */
  @Test
  void electsAboutThreeInASwarmThatNobodyKnows() {
    List<Viewer> crowd = crowd(1_000, 100);
    int pieces = 400;
    int elected = 0;
    for (int piece = 0; piece < pieces; piece++) {
      for (Viewer self : crowd) {
        List<Viewer> some = crowd.subList(0, 30);
        elected += FirstCopy.rank(piece, self, some, ABOUT, 31, 1_000) == 0 ? 1 : 0;
      }
    }
    // More than five standard deviations on each side.
    assertThat((double) elected / pieces).isBetween(2.5, 3.5);
  }

  @Test
  void ranksTheOthersOfALargeSwarmOneAfterTheOther() {
    List<Viewer> crowd = crowd(3_000, 100);
    int[] upTo = new int[FirstCopy.LAST_BY_LOT];
    for (int piece = 0; piece < 100; piece++) {
      for (Viewer self : crowd) {
        int rank = FirstCopy.rank(piece, self, List.of(), ABOUT, 1, 3_000);
        assertThat(rank).isBetween(0, FirstCopy.LAST_BY_LOT);
        if (rank < upTo.length) {
          upTo[rank]++;
        }
      }
    }
    assertThat(IntStream.of(upTo))
        .as("three of each rank")
        .allMatch(count -> count > 200 && count < 400);
  }

  /** A seek to where none of those it knows is, in a swarm of which it knows a part. */
  @Test
  void waitsForFewWhereNobodyItKnowsWantsAPiece() {
    int first = 0;
    for (int piece = 0; piece < 1_000; piece++) {
      int rank = FirstCopy.rank(piece, viewer(0), List.of(), ABOUT, 41, 200);
      assertThat(rank).isLessThanOrEqualTo(1);
      first += rank == 0 ? 1 : 0;
    }
    // Of 4.9 who may want it three go first; five standard deviations on each side.
    assertThat(first).isBetween(537, 693);
  }

  @Test
  void ranksAmongThoseItKnowsUntilTheSwarmIsMoreThanTwiceAsLarge() {
    List<Viewer> others = crowd(4, 1);
    int different = 0;
    for (int piece = 0; piece < 100; piece++) {
      Viewer self = viewer(0);
      int known = FirstCopy.rank(piece, self, others, ABOUT, others.size() + 1, 0);
      assertThat(FirstCopy.rank(piece, self, others, ABOUT, others.size() + 1, 10))
          .isEqualTo(known);
      different +=
          FirstCopy.rank(piece, self, others, ABOUT, others.size() + 1, 11) == known ? 0 : 1;
    }
    assertThat(different).isPositive();
  }

  /** The rank that each viewer gives itself. */
  private static List<Integer> ranks(int piece, List<Viewer> crowd, int swarmSize) {
    List<Integer> ranks = new ArrayList<>();
    for (Viewer self : crowd) {
      List<Viewer> others = crowd.stream().filter(each -> !each.equals(self)).toList();
      ranks.add(FirstCopy.rank(piece, self, others, ABOUT, others.size() + 1, swarmSize));
    }
    return ranks;
  }

  private List<Viewer> crowd(int viewers, int lackingPieces) {
    return IntStream.range(0, viewers)
        .mapToObj(i -> viewer(random.nextInt(lackingPieces)))
        .toList();
  }

  /** Ids as on the wire: eight bytes are the same. */
  private Viewer viewer(int lackingPieces) {
    StringBuilder id = new StringBuilder("2d5052303031532d");
    while (id.length() < 40) {
      id.append("%02x".formatted('0' + random.nextInt(75)));
    }
    return new Viewer(id.toString(), lackingPieces, false);
  }
}
