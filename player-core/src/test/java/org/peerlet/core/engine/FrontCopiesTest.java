package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.engine.SwarmScene.foreign;
import static org.peerlet.core.engine.SwarmScene.pieces;
import static org.peerlet.core.engine.SwarmScene.receiving;
import static org.peerlet.core.engine.SwarmScene.sharing;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerlet.core.engine.FrontCopies.Plan;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.NearPieces;
import org.peerlet.core.schedule.OriginPolicy.Reason;
import org.peerlet.core.schedule.OriginPolicy.Verdict;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.ReadWindow;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmStatus;

final class FrontCopiesTest {
  private static final int PIECE = 1_000;
  private static final long START = 5_000_000;

  /** 4 s are 20 pieces, a readahead 100, a lead 200. */
  private static final double PIECES_PER_SECOND = 5;

  private static final long ENOUGH = 1_500;

  /** The clip has pieces 20 to 619. The viewer reads piece 50, and lacks piece 100. */
  private final BitSet have = pieces(20, 100);

  private final FrontCopies copies =
      new FrontCopies(new FileLayout(20 * PIECE, 600 * PIECE, PIECE, 620 * PIECE), have);
  private List<ReadWindow> windows = List.of(window(30, false));
  private boolean moving = true;
  private SwarmScene swarm = SwarmScene.of(sharing("front", pieces(20, 300)));
  private long uploaded;

  private static ReadWindow window(int piece, boolean urgent) {
    return new ReadWindow((long) piece * PIECE, (piece + 100L) * PIECE, 2_000, urgent);
  }

  @BeforeEach
  void hasLooked() {
    plan(ENOUGH, START - 1_000);
  }

  private Plan plan(long inHandMillis, long nowMillis) {
    NeighbourPolicy.Self self =
        new NeighbourPolicy.Self(moving, have.cardinality(), PIECES_PER_SECOND);
    SwarmStatus seen = swarm.uploaded(uploaded).status();
    return copies.plan(self, windows, inHandMillis, seen, nowMillis);
  }

  private int piece(long nowMillis) {
    return plan(ENOUGH, nowMillis).piece().orElse(-1);
  }

  /** The same once it has looked. */
  private int pieceAfter(long nowMillis) {
    plan(ENOUGH, nowMillis - 1_000);
    return piece(nowMillis);
  }

  /** As many as may be fetched one after the other. */
  private int fetchAll(boolean uploads, long fromMillis) {
    int count = 0;
    long now = fromMillis;
    for (int piece = piece(now); piece >= 0; piece = piece(now)) {
      have.set(piece);
      count++;
      now += 200;
      uploaded += uploads ? PIECE : 0;
    }
    return count;
  }

  @Test
  void beginsALittleBeyondWhatTheFrontAsksFor() {
    assertThat(plan(ENOUGH, START).piece()).hasValue(320);
    assertThat(plan(ENOUGH, START).look()).hasValue(new NearPieces(100, 500));
  }

  @Test
  void hasSomeInHandAndAMovingPicture() {
    assertThat(plan(ENOUGH - 1, START).piece()).isEmpty();
    assertThat(plan(ENOUGH - 1, START).look()).as("it knows when it has enough").isPresent();
    moving = false;
    assertThat(plan(ENOUGH, START)).isEqualTo(Plan.NOTHING);
  }

  /** What was not looked at seems to be with nobody. */
  @Test
  void looksBeforeItFetches() {
    moving = false;
    plan(ENOUGH, START);
    moving = true;
    assertThat(plan(ENOUGH, START + 100).look()).isPresent();
    assertThat(piece(START + 1_099)).isEqualTo(-1);
    assertThat(piece(START + 1_100)).isEqualTo(320);
  }

  @Test
  void readsTheClip() {
    windows = List.of(window(30, true));
    assertThat(plan(ENOUGH, START)).isEqualTo(Plan.NOTHING);
    windows = List.of(window(600, false));
    assertThat(plan(ENOUGH, START)).as("to its end").isEqualTo(Plan.NOTHING);
    windows = List.of();
    assertThat(plan(ENOUGH, START)).isEqualTo(Plan.NOTHING);
  }

  @Test
  void comesFarBehindAllOthers() {
    swarm = SwarmScene.of(sharing("front", pieces(20, 299)));
    assertThat(piece(START)).isEqualTo(-1);
    swarm = SwarmScene.of(sharing("front", pieces(20, 400)), sharing("second", pieces(20, 299)));
    assertThat(piece(START)).isEqualTo(-1);
    swarm = SwarmScene.of(sharing("front", pieces(20, 400)), sharing("second", pieces(20, 300)));
    assertThat(pieceAfter(START + 5_000)).isEqualTo(420);
    SwarmPeer first = sharing("first", pieces(20, 400));
    swarm = SwarmScene.of(first, first, first);
    assertThat(pieceAfter(START + 10_000)).as("among many").isEqualTo(-1);
  }

  /** Others may have what nobody who shares has, or keep it. */
  @Test
  void fetchesForViewersWhoShareAlone() {
    SwarmPeer front = sharing("front", pieces(20, 300));
    swarm = SwarmScene.of(front, foreign("f", true, pieces(20, 500)));
    assertThat(piece(START)).isEqualTo(-1);
    swarm = SwarmScene.of(front, receiving("r", new BitSet()));
    assertThat(pieceAfter(START + 5_000)).isEqualTo(320);
    swarm = swarm.seenBy(SwarmScene.receivingId("self"));
    assertThat(pieceAfter(START + 10_000)).isEqualTo(-1);
    swarm = SwarmScene.of();
    assertThat(pieceAfter(START + 15_000)).isEqualTo(-1);
  }

  @Test
  void goesOnWhereItWas() {
    have.set(piece(START));
    assertThat(piece(START + 200)).as("what it fetched does not count as had").isEqualTo(321);
    have.set(321);
    swarm = SwarmScene.of(sharing("front", pieces(20, 322)));
    assertThat(piece(START + 400)).as("the front has taken all of it").isEqualTo(322);
  }

  @Test
  void beginsAnewWhereTheFrontHasCome() {
    have.set(piece(START));
    swarm = SwarmScene.of(sharing("front", pieces(20, 330)));
    assertThat(piece(START + 200)).isEqualTo(350);
  }

  /** The one it fetched for has left, and another is in front. */
  @Test
  void beginsAnewForAnother() {
    have.set(piece(START));
    swarm = SwarmScene.of();
    assertThat(piece(START + 1_000)).isEqualTo(-1);
    swarm = SwarmScene.of(sharing("other", pieces(20, 300)));
    assertThat(piece(START + 2_000)).as("it has not looked").isEqualTo(-1);
    assertThat(piece(START + 3_000)).isEqualTo(321);
    swarm = SwarmScene.of();
    assertThat(piece(START + 4_000)).isEqualTo(-1);
    have.clear(85, 100);
    swarm = SwarmScene.of(sharing("third", pieces(20, 285)));
    assertThat(pieceAfter(START + 6_000)).isEqualTo(305);
  }

  @Test
  void keepsToAPieceUntilSomebodyHasIt() {
    assertThat(piece(START)).isEqualTo(320);
    swarm = SwarmScene.of(sharing("front", pieces(20, 305)));
    assertThat(piece(START + 1_000)).isEqualTo(320);
    BitSet others = pieces(20, 305);
    others.set(320);
    swarm = SwarmScene.of(sharing("front", others));
    assertThat(piece(START + 1_000)).isEqualTo(325);
  }

  @Test
  void fetchesNoFasterThanTheClipPlays() {
    have.set(piece(START));
    assertThat(piece(START + 199)).isEqualTo(-1);
    assertThat(piece(START + 200)).isEqualTo(321);
  }

  @Test
  void fetchesNoMoreThanItsLineCarries() {
    assertThat(fetchAll(false, START)).isEqualTo(21);
    assertThat(piece(START + 60_000)).isEqualTo(-1);
    uploaded = 3 * PIECE;
    assertThat(fetchAll(false, START + 60_000)).isEqualTo(3);
  }

  @Test
  void goesNoFartherThanAReadahead() {
    assertThat(fetchAll(true, START)).isEqualTo(81);
    assertThat(have.length()).isEqualTo(401);
    swarm = SwarmScene.of(sharing("front", pieces(20, 310)));
    assertThat(fetchAll(true, START + 60_000)).isEqualTo(10);
  }

  @Test
  void endsWithTheClip() {
    swarm = SwarmScene.of(sharing("front", pieces(20, 599)));
    assertThat(fetchAll(true, START)).isEqualTo(1);
    assertThat(have.get(619)).isTrue();
    swarm = SwarmScene.of(sharing("front", pieces(20, 620)));
    assertThat(piece(START + 1_000)).isEqualTo(-1);
  }

  /** Who is very far in front would have to be looked for. */
  @Test
  void looksNoFartherThanIsCheap() {
    FrontCopies ofLongClip =
        new FrontCopies(new FileLayout(0, 5_000 * PIECE, PIECE, 5_000 * PIECE), pieces(0, 100));
    NeighbourPolicy.Self self = new NeighbourPolicy.Self(true, 100, PIECES_PER_SECOND);
    SwarmStatus near = SwarmScene.of(sharing("front", pieces(0, 924))).status();
    ofLongClip.plan(self, windows, ENOUGH, near, START - 1_000);
    assertThat(ofLongClip.plan(self, windows, ENOUGH, near, START).piece()).hasValue(944);
    SwarmStatus far = SwarmScene.of(sharing("front", pieces(0, 925))).status();
    assertThat(ofLongClip.plan(self, windows, ENOUGH, far, START + 1_000)).isEqualTo(Plan.NOTHING);
  }

  @Test
  void comesAfterAllThatIsWantedHere() {
    Schedule schedule = new Schedule(List.of(new PieceDeadline(100, 1_500)), List.of(7));
    Plan plan = plan(ENOUGH, START);
    assertThat(plan.ofOrigins(schedule).deadlines())
        .extracting(PieceDeadline::piece)
        .containsExactly(100, 320);
    assertThat(plan.ofPeers(schedule)).isEqualTo(schedule.lookingAt(new NearPieces(100, 500)));
    assertThat(Plan.NOTHING.ofOrigins(schedule)).isEqualTo(schedule);
    assertThat(Plan.NOTHING.ofPeers(schedule)).isEqualTo(schedule);
    Schedule wanted = new Schedule(List.of(new PieceDeadline(320, 19_000)), List.of());
    assertThat(plan.ofOrigins(wanted)).as("it has come near").isEqualTo(wanted);
  }

  @Test
  void saysWhy() {
    Plan plan = plan(ENOUGH, START);
    List<Verdict> judged =
        List.of(new Verdict(100, Reason.RESCUE), new Verdict(320, Reason.NOT_NEAR));
    assertThat(plan.judged(judged))
        .containsExactly(new Verdict(100, Reason.RESCUE), new Verdict(320, Reason.FRONT_COPY));
    assertThat(Plan.NOTHING.judged(judged)).isEqualTo(judged);
    List<Verdict> alone = List.of(new Verdict(320, Reason.ALONE));
    assertThat(plan.judged(alone)).isEqualTo(alone);
  }

  /** The one in front: it has pieces 20 to 299, and lacks the next. */
  @Test
  void isFedByOneWhoComesFarBehind() {
    BitSet front = pieces(20, 300);
    assertThat(isFed(front, behind(100, 320, 330))).isTrue();
    assertThat(isFed(front, behind(100, 250, 260))).as("of nothing that is missing").isFalse();
    assertThat(isFed(front, behind(267, 320, 330))).as("takes turns").isFalse();
    SwarmPeer came = sharing("came", pieces(310, 330));
    assertThat(isFed(front, came)).as("by a seek").isFalse();
    SwarmPeer foreign = foreign("f", false, behind(100, 320, 330).near());
    assertThat(isFed(front, foreign)).isFalse();
  }

  private static boolean isFed(BitSet front, SwarmPeer peer) {
    return FrontCopies.isFed(front.cardinality(), 300, 33, SwarmScene.of(peer).status());
  }

  /** Has watched up to a piece, of which the front sees nothing, and fetched some ahead. */
  private static SwarmPeer behind(int watched, int first, int end) {
    return new SwarmPeer(
        SwarmScene.sharingId("behind"),
        SwarmPeer.Kind.SHARING,
        false,
        true,
        watched - 20 + end - first,
        pieces(first, end));
  }
}
