package org.peerlet.core.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.engine.SwarmScene.foreign;
import static org.peerlet.core.engine.SwarmScene.pieces;
import static org.peerlet.core.engine.SwarmScene.receiving;
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

final class SupplyWatchTest {
  private static final int PIECE = 1_000;
  private static final long START = 5_000_000;
  private static final long NEAR = 4_000;

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

  private static String since(PieceOutlook piece) {
    return (piece.held() ? "held " : "missing ") + piece.sinceMillis();
  }

  private boolean isHeld(SwarmPeer... peers) {
    swarm = SwarmScene.of(peers);
    return at(100, 0, START).held();
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
