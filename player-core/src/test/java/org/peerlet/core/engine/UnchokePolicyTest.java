package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.engine.NeighbourPolicy.Self;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;

final class UnchokePolicyTest {
  private static final int CLIP = 600;

  private static final int OWN = 100;

  private static final long START = 5_000_000;

  /** Twelve seconds are 60 pieces: who has 39 comes far behind; four are 20. */
  private static final Self MOVING = new Self(true, OWN, 5);

  private static final Self STANDING = new Self(false, OWN, 5);

  private static final long ENOUGH = UnchokePolicy.SHORT_MILLIS;

  private final UnchokePolicy policy = new UnchokePolicy();

  private static SwarmPeer sharing(int pieces) {
    return peer(Kind.SHARING, true, 0, pieces);
  }

  private static SwarmPeer peer(Kind kind, boolean interested, long bytesGiven, int pieces) {
    return new SwarmPeer(
        kind + " " + pieces, kind, false, interested, bytesGiven, pieces, new BitSet());
  }

  private int slots(SwarmPeer... connected) {
    return slots(MOVING, ENOUGH, START, connected);
  }

  private int slots(Self self, long inHandMillis, long nowMillis, SwarmPeer... connected) {
    return policy.slots(self, inHandMillis, CLIP, List.of(connected), nowMillis);
  }

  @Test
  void sendsToAllWhileNobodyComesFarBehind() {
    assertThat(slots()).isEqualTo(UnchokePolicy.ALL);
    assertThat(slots(sharing(40), sharing(100), sharing(500))).isEqualTo(UnchokePolicy.ALL);
    assertThat(slots(sharing(39), sharing(100), sharing(500))).isLessThan(UnchokePolicy.ALL);
  }

  @Test
  void hasASlotMoreThanThereAreOthersBesideIt() {
    assertThat(slots(sharing(40), sharing(100), sharing(140), sharing(39), sharing(20)))
        .isEqualTo(4);
    assertThat(slots(sharing(40), sharing(39), sharing(30), sharing(20))).isEqualTo(2);
  }

  @Test
  void hasTwoAtLeast() {
    assertThat(slots(sharing(20), sharing(25), sharing(30))).isEqualTo(2);
  }

  /** Who wants nothing takes no slot. */
  @Test
  void countsThoseWhoWantSomething() {
    SwarmPeer satisfied = peer(Kind.SHARING, false, 0, 500);
    assertThat(slots(satisfied, sharing(100), sharing(90), sharing(30), sharing(20))).isEqualTo(3);
    assertThat(slots(sharing(100), peer(Kind.SHARING, false, 0, 30))).isEqualTo(UnchokePolicy.ALL);
  }

  /** What they have does not tell where they play, or is not told. */
  @Test
  void hasASlotForEachWhoIsNoViewerThatShares() {
    SwarmPeer foreign = peer(Kind.FOREIGN, true, 0, 30);
    SwarmPeer receiving = peer(Kind.RECEIVING, true, 0, 30);
    assertThat(slots(foreign, receiving)).isEqualTo(UnchokePolicy.ALL);
    assertThat(slots(foreign, receiving, sharing(30), sharing(31))).isEqualTo(3);
  }

  @Test
  void hasASlotForANewcomer() {
    assertThat(slots(sharing(19), sharing(0))).isEqualTo(UnchokePolicy.ALL);
    assertThat(slots(sharing(19), sharing(20), sharing(21), sharing(22))).isEqualTo(2);
    assertThat(slots(sharing(18), sharing(19), sharing(20))).isEqualTo(3);
  }

  @Test
  void sendsToAllOnceItHasTheClip() {
    Self whole = new Self(true, CLIP, 5);
    assertThat(slots(whole, ENOUGH, START, sharing(30), sharing(31), sharing(32)))
        .isEqualTo(UnchokePolicy.ALL);
  }

  @Test
  void keepsCloserCompanyWhileItLivesFromHandToMouth() {
    SwarmPeer[] others = {sharing(80), sharing(79), sharing(78)};
    assertThat(slots(MOVING, ENOUGH, START, others)).isEqualTo(UnchokePolicy.ALL);
    assertThat(slots(MOVING, ENOUGH - 1, START, others)).isEqualTo(2);
    assertThat(slots(STANDING, 0, START, others)).as("it has stopped").isEqualTo(2);
  }

  /** Before its start everybody has little in hand. */
  @Test
  void isNotShortBeforeItsPictureMoves() {
    SwarmPeer[] others = {sharing(80), sharing(79), sharing(78)};
    assertThat(slots(STANDING, 0, START, others)).isEqualTo(UnchokePolicy.ALL);
  }

  /** However far behind, for as long as it was seen to send. */
  @Test
  void hasASlotForWhoGives() {
    slots(MOVING, 0, START, giver(7), sharing(31), sharing(32));
    assertThat(slots(MOVING, 0, START + 100, giver(16_390), sharing(31), sharing(32)))
        .as("not a block yet")
        .isEqualTo(2);
    assertThat(slots(MOVING, 0, START + 200, giver(16_391), sharing(100), sharing(32)))
        .isEqualTo(3);
    assertThat(slots(MOVING, 0, START + 5_200, giver(20_000), sharing(100), sharing(32)))
        .isEqualTo(3);
    assertThat(slots(MOVING, 0, START + 5_201, giver(20_000), sharing(100), sharing(32)))
        .isEqualTo(2);
  }

  /** What was sent before this viewer looked tells nothing of when. */
  @Test
  void forgetsWhoHasLeft() {
    slots(giver(0));
    slots();
    assertThat(slots(giver(90_000), sharing(31), sharing(32))).isEqualTo(2);
  }

  private static SwarmPeer giver(long bytesGiven) {
    return peer(Kind.SHARING, true, bytesGiven, 30);
  }
}
