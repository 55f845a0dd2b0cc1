package org.peerlet.core.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.engine.SwarmScene.foreign;
import static org.peerlet.core.engine.SwarmScene.nothing;
import static org.peerlet.core.engine.SwarmScene.pieces;
import static org.peerlet.core.engine.SwarmScene.receiving;
import static org.peerlet.core.engine.SwarmScene.receivingId;
import static org.peerlet.core.engine.SwarmScene.sharing;
import static org.peerlet.core.engine.SwarmScene.sharingId;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.PieceOutlook;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;

final class SupplyWatchTest {
  private static final int PIECE = 1_000;
  private static final long START = 5_000_000;
  private static final long NEAR = 4_000;

  /** Viewers who are less than 13 pieces apart need a piece at about the same time. */
  private static final int REACH = 40;

  private static final long EVER = Long.MIN_VALUE;

  private final BitSet have = pieces(20, 20 + REACH);

  /** The clip's first piece is 20, its last is short. */
  private final SupplyWatch watch =
      new SupplyWatch(new FileLayout(20 * PIECE, 399_500, PIECE, 419_500), have);

  private SwarmScene swarm = SwarmScene.of();

  @Test
  void tellsWhatIsWanted() {
    swarm = SwarmScene.of(foreign("a", false, pieces(418, 419)));
    assertThat(
            watch.look(
                List.of(new PieceDeadline(418, 7), new PieceDeadline(419, 9)),
                swarm.status(),
                NEAR,
                REACH,
                EVER,
                START))
        .containsExactly(
            new PieceOutlook(418, PIECE, 7, true, 0, 0, 0),
            new PieceOutlook(419, 500, 9, false, 0, 0, 0));
    assertThat(watch.look(List.of(), swarm.status(), NEAR, REACH, EVER, START)).isEmpty();
  }

  /** They may stay apart for a while. */
  @Test
  void whoWasSeenIsNoStranger() {
    SwarmPeer behind = sharing("behind", pieces(20, 30));
    SwarmScene few = SwarmScene.of(behind).counted(8);
    SwarmScene all =
        SwarmScene.of(behind, behind, behind, behind, behind, behind, behind).counted(8);
    assertThat(ranks(few)).as("strangers").isNotEqualTo("0 0 0 0 0 0 0 0");
    assertThat(ranks(all)).isEqualTo("0 0 0 0 0 0 0 0");
    assertThat(ranks(few)).isEqualTo("0 0 0 0 0 0 0 0");
    watch.forget();
    assertThat(ranks(few)).as("strangers again").isNotEqualTo("0 0 0 0 0 0 0 0");
  }

  private String ranks(SwarmScene seen) {
    List<PieceDeadline> wanted =
        IntStream.range(60, 68).mapToObj(i -> new PieceDeadline(i, 0)).toList();
    return watch.look(wanted, seen.status(), NEAR, REACH, EVER, START).stream()
        .map(piece -> "" + piece.rank())
        .collect(joining(" "));
  }

  @Test
  void countsFromWhenAPieceWasSeenWithAPeer() {
    swarm = SwarmScene.of(sharing("a", pieces(100, 101)));
    assertThat(since(at(100, 60_000, START))).isEqualTo("held 0");
    assertThat(since(at(100, 60_000, START))).isEqualTo("held 0");
    assertThat(since(at(100, 60_000, START + 1))).isEqualTo("held 1");
    assertThat(since(at(100, 60_000, START + 700))).isEqualTo("held 700");
  }

  /** What comes after them waits for them, not for its peers. */
  @Test
  void countsForTheFirstSixPiecesThatPeersHave() {
    swarm = SwarmScene.of(sharing("a", pieces(100, 108)));
    List<PieceDeadline> wanted =
        IntStream.rangeClosed(99, 107).mapToObj(i -> new PieceDeadline(i, 0)).toList();
    watch.look(wanted, swarm.status(), NEAR, REACH, EVER, START);
    assertThat(watch.look(wanted, swarm.status(), NEAR, REACH, EVER, START + 700))
        .extracting(PieceOutlook::sinceMillis)
        .containsExactly(700L, 700L, 700L, 700L, 700L, 700L, 700L, 0L, 0L);
    assertThat(watch.look(wanted.subList(2, 9), swarm.status(), NEAR, REACH, EVER, START + 800))
        .extracting(PieceOutlook::sinceMillis)
        .containsExactly(800L, 800L, 800L, 800L, 800L, 0L, 0L);
  }

  @Test
  void beginsToWaitForWhatNobodyHasWhenItIsNear() {
    assertThat(since(at(100, NEAR + 1, START))).isEqualTo("missing 0");
    assertThat(since(at(100, NEAR + 1, START + 500))).isEqualTo("missing 0");
    assertThat(since(at(100, NEAR, START + 1_000))).isEqualTo("missing 0");
    assertThat(since(at(100, NEAR - 300, START + 1_300))).isEqualTo("missing 300");
  }

  @Test
  void beginsAnewWhenAPieceComesToThePeersOrLeavesThem() {
    at(100, 0, START);
    assertThat(since(at(100, 0, START + 500))).isEqualTo("missing 500");
    swarm = SwarmScene.of(sharing("a", pieces(100, 101)));
    assertThat(since(at(100, 0, START + 600))).isEqualTo("held 0");
    assertThat(since(at(100, 0, START + 900))).isEqualTo("held 300");
    swarm = SwarmScene.of(sharing("b", pieces(100, 101)));
    assertThat(since(at(100, 0, START + 950)))
        .as("who has it is all the same")
        .isEqualTo("held 350");
    swarm = SwarmScene.of();
    assertThat(since(at(100, 0, START + 1_000))).isEqualTo("missing 0");
  }

  @Test
  void countsNothingFromBeforeThePlayerStood() {
    at(100, 0, START, EVER);
    assertThat(since(at(100, 0, START + 900, START + 600))).isEqualTo("missing 300");
    assertThat(since(at(100, 0, START + 900, START + 900))).isEqualTo("missing 0");
    assertThat(since(at(100, 0, START + 900, START - 5))).isEqualTo("missing 900");
  }

  @Test
  void forgetsWhatIsNotWantedAnyMore() {
    at(100, 0, START);
    at(101, 0, START + 100);
    assertThat(since(at(100, 0, START + 200))).isEqualTo("missing 0");
  }

  @Test
  void beginsAnewWhenItIsToldToForget() {
    at(100, 0, START);
    watch.forget();
    assertThat(since(at(100, 0, START + 500))).isEqualTo("missing 0");
    assertThat(since(at(100, 0, START + 600))).isEqualTo("missing 100");
  }

  @Test
  void takesForHeldWhatSomebodyWouldGive() {
    BitSet it = pieces(100, 101);
    assertThat(isHeld(sharing("a", it))).isTrue();
    assertThat(isHeld(foreign("a", false, it))).isTrue();
    assertThat(isHeld(foreign("a", true, it))).isFalse();
    assertThat(isHeld(receiving("a", it))).isFalse();
    assertThat(isHeld(sharing("a", pieces(0, 100)))).isFalse();
    assertThat(isHeld(foreign("a", true, it), foreign("b", false, it))).isTrue();
  }

  /** Piece 150 is 40 pieces away for this viewer, and less for all others who will want it. */
  @Test
  void ranksThoseBeforeItWhoAreSoonerOnTheWay() {
    assertThat(rankBehind(sharing("a", pieces(130, 148)))).isEqualTo(1);
    assertThat(rankBehind(sharing("a", pieces(130, 148)), sharing("b", pieces(125, 145))))
        .isEqualTo(2);
    assertThat(rankBehind(sharing("a", pieces(130, 148)), sharing("b", pieces(60, 105))))
        .as("what b has is more than its reach before")
        .isEqualTo(1);
  }

  /** The first piece that is lacking is 60 for this viewer, 61 and 59 for the others. */
  @Test
  void ranksByNeedAloneWhoeversTurnItIs() {
    SwarmScene three = SwarmScene.of(sharing("a", pieces(20, 61)), sharing("b", pieces(20, 59)));
    List<PieceDeadline> wanted =
        IntStream.range(60, 84).mapToObj(piece -> new PieceDeadline(piece, 0)).toList();
    List<PieceOutlook> seen =
        watch.look(wanted, three.status(), NEAR, REACH, EVER, START).subList(2, 24);
    assertThat(seen).extracting(PieceOutlook::needRank).containsOnly(1);
    assertThat(seen).extracting(PieceOutlook::rank).contains(0, 1, 2);
  }

  @Test
  void looksAsFarBackAsAViewerReaches() {
    SwarmPeer with110 = sharing("a", union(pieces(100, 111), pieces(200, 230)));
    SwarmPeer with109 = sharing("a", union(pieces(99, 110), pieces(200, 230)));
    assertThat(candidates(150, with110)).isEqualTo(1);
    assertThat(candidates(150, with109)).isZero();
  }

  @Test
  void countsThoseWhoHaveJustBegun() {
    assertThat(candidates(25, sharing("a", nothing()))).isEqualTo(1);
    assertThat(candidates(60, sharing("a", nothing()))).as("as far as it reaches").isEqualTo(1);
    assertThat(candidates(61, sharing("a", nothing()))).isZero();
    assertThat(candidates(25, sharing("a", pieces(300, 340)))).as("its first 40").isEqualTo(1);
    assertThat(candidates(25, sharing("a", pieces(300, 341)))).as("it plays there").isZero();
  }

  /** It would not take its turn. */
  @Test
  void countsNobodyWhoFetchesFromFarBehind() {
    BitSet ahead = pieces(140, 148);
    have.clear(59);
    have.set(100, 101);
    SwarmPeer behind = new SwarmPeer(sharingId("a"), Kind.SHARING, false, 27, ahead);
    assertThat(candidates(150, behind)).isZero();
    SwarmPeer beside = new SwarmPeer(sharingId("a"), Kind.SHARING, false, 28, ahead);
    assertThat(candidates(150, beside)).as("it takes turns").isEqualTo(1);
    assertThat(candidates(150, sharing("a", pieces(132, 148)))).as("a seek").isEqualTo(1);
  }

  @Test
  void countsNobodyWhoDoesNotShareOrHasIt() {
    BitSet before = pieces(130, 148);
    assertThat(candidates(150, sharing("a", before))).isEqualTo(1);
    assertThat(candidates(150, receiving("a", before))).isZero();
    assertThat(candidates(150, foreign("a", false, before))).isZero();
    assertThat(candidates(150, foreign("a", true, pieces(130, 151)))).isZero();
  }

  @Test
  void letsThoseGoFirstWhoCanPassItOn() {
    swarm =
        SwarmScene.of(sharing("a", nothing()), sharing("b", nothing()), receiving("c", nothing()));
    assertThat(at(25, 0, START).rank()).as("who shares").isLessThanOrEqualTo(2);
    swarm = swarm.seenBy(receivingId("self"));
    assertThat(at(25, 0, START).rank()).as("who only receives").isEqualTo(2);
    swarm = swarm.counted(1_000);
    assertThat(at(25, 0, START).rank()).as("in a large swarm").isEqualTo(2);
    swarm = SwarmScene.of().seenBy("");
    assertThat(at(25, 0, START).rank()).as("among nobody").isZero();
  }

  @Test
  void ranksNobodyForWhatPeersHave() {
    swarm = SwarmScene.of(sharing("a", pieces(20, 30)), sharing("b", pieces(20, 25)));
    assertThat(at(25, 0, START).rank()).isZero();
  }

  /** One has everything, and two want it: each leaves about a half to the other. */
  @Test
  void sharesWithOthersWhatItAsksOfTheOnlyOneWhoHasIt() {
    List<Integer> a = leftToOthers("a", sharing("b", pieces(20, 30)));
    List<Integer> b = leftToOthers("b", sharing("a", pieces(20, 30)));
    assertThat(a).hasSizeBetween(4, 26).doesNotContainAnyElementsOf(b);
    assertThat(a.size() + b.size()).isEqualTo(30);
  }

  @Test
  void leavesNothingToOthersOfWhatIsDueSoonOrElsewhereToo() {
    assertThat(leftToOthers("a", 2_500, sharing("b", pieces(20, 30)))).isEmpty();
    assertThat(leftToOthers("a")).isEmpty();
    assertThat(leftToOthers("a", sharing("b", pieces(20, 30)), sharing("c", pieces(20, 400))))
        .as("two have it")
        .isEmpty();
    assertThat(leftToOthers("a", sharing("b", pieces(20, 45)), sharing("c", pieces(20, 46))))
        .as("half of it comes from others, too")
        .isEmpty();
  }

  private List<Integer> leftToOthers(String self, SwarmPeer... others) {
    return leftToOthers(self, 2_501, others);
  }

  /** Of pieces 30 to 60, which another client has. */
  private List<Integer> leftToOthers(String self, long deadlineMillis, SwarmPeer... others) {
    have.clear(30, 60);
    List<SwarmPeer> peers = new ArrayList<>(List.of(others));
    peers.add(foreign("source", false, pieces(20, 420)));
    swarm = SwarmScene.of(peers.toArray(SwarmPeer[]::new)).seenBy(sharingId(self));
    List<PieceDeadline> wanted =
        IntStream.range(30, 60).mapToObj(i -> new PieceDeadline(i, deadlineMillis)).toList();
    return watch.look(wanted, swarm.status(), NEAR, REACH, EVER, START).stream()
        .filter(piece -> piece.rank() > 0)
        .map(PieceOutlook::piece)
        .toList();
  }

  /** Each sees the others and itself, and they agree. */
  @Test
  void agreesWithTheOthers() {
    have.clear(30, 60);
    List<String> names = List.of("a", "b", "c");
    for (int piece = 30; piece < 60; piece++) {
      List<Integer> ranks = new ArrayList<>();
      for (String self : names) {
        swarm =
            SwarmScene.of(
                    names.stream()
                        .filter(name -> !name.equals(self))
                        .map(name -> sharing(name, pieces(20, 30)))
                        .toArray(SwarmPeer[]::new))
                .seenBy(sharingId(self));
        List<PieceDeadline> wanted =
            IntStream.rangeClosed(30, piece).mapToObj(i -> new PieceDeadline(i, 0)).toList();
        List<PieceOutlook> seen =
            new SupplyWatch(new FileLayout(20 * PIECE, 399_500, PIECE, 419_500), have)
                .look(wanted, swarm.status(), NEAR, REACH, EVER, START);
        ranks.add(seen.get(seen.size() - 1).rank());
      }
      assertThat(ranks).as("piece " + piece).containsExactlyInAnyOrder(0, 1, 2);
    }
  }

  @Test
  void goesBeforeWhomHasJustBegunUntilThatOneHasWhatAPlayerStartsWith() {
    assertThat(rankBeside(pieces(20, 25))).isZero();
    assertThat(rankBeside(pieces(20, 30))).isEqualTo(1);
    have.clear();
    assertThat(rankBeside(pieces(20, 30))).isEqualTo(1);
  }

  @Test
  void takesNobodyForANewcomerWhoHasNearlyAsMuch() {
    have.clear(29, 60);
    assertThat(rankBeside(pieces(20, 25))).isEqualTo(1);
    have.set(29);
    assertThat(rankBeside(pieces(20, 25))).isZero();
  }

  @Test
  void takesNobodyForANewcomerAmongMany() {
    SwarmPeer newcomer = sharing("b", pieces(20, 25));
    SwarmPeer c = sharing("c", pieces(20, 30));
    SwarmPeer d = sharing("d", pieces(20, 30));
    SwarmPeer e = sharing("e", pieces(20, 30));
    int before = 0;
    for (int piece = 31; piece < 38; piece++) {
      assertThat(rankAmong(piece, newcomer, c, d)).isEqualTo(rankAmong(piece, c, d));
      before += rankAmong(piece, newcomer, c, d, e) - rankAmong(piece, c, d, e);
    }
    assertThat(before).isPositive();
  }

  private int rankAmong(int piece, SwarmPeer... peers) {
    swarm = SwarmScene.of(peers).seenBy(sharingId("a"));
    return at(piece, 0, START).rank();
  }

  /**
   * The rank beside another with these pieces, for a piece where else the hash is for the other.
   */
  private int rankBeside(BitSet others) {
    for (int piece = 31; piece < 60; piece++) {
      swarm = SwarmScene.of(sharing("b", pieces(20, 30))).seenBy(sharingId("a"));
      boolean behind = have.isEmpty() || at(piece, 0, START).rank() == 1;
      if (behind) {
        swarm = SwarmScene.of(sharing("b", others)).seenBy(sharingId("a"));
        return at(piece, 0, START).rank();
      }
    }
    throw new AssertionError("always first");
  }

  /** A viewer who wants 40 pieces before this one goes behind all who are nearer. */
  private int rankBehind(SwarmPeer... peers) {
    List<PieceDeadline> wanted = List.of(new PieceDeadline(110, 0), new PieceDeadline(150, 0));
    return watch
        .look(wanted, SwarmScene.of(peers).status(), NEAR, REACH, EVER, START)
        .get(1)
        .rank();
  }

  /** A viewer who only receives goes behind all who are counted. */
  private int candidates(int piece, SwarmPeer... peers) {
    swarm = SwarmScene.of(peers).seenBy(receivingId("self"));
    return at(piece, 0, START).rank();
  }

  private static String since(PieceOutlook piece) {
    return (piece.held() ? "held " : "missing ") + piece.sinceMillis();
  }

  private boolean isHeld(SwarmPeer... peers) {
    swarm = SwarmScene.of(peers);
    return at(100, 0, START).held();
  }

  private static BitSet union(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.or(other);
    return both;
  }

  private PieceOutlook at(int piece, long deadlineMillis, long nowMillis) {
    return at(piece, deadlineMillis, nowMillis, EVER);
  }

  private PieceOutlook at(int piece, long deadlineMillis, long nowMillis, long notBeforeMillis) {
    return watch
        .look(
            List.of(new PieceDeadline(piece, deadlineMillis)),
            swarm.status(),
            NEAR,
            REACH,
            notBeforeMillis,
            nowMillis)
        .get(0);
  }
}
