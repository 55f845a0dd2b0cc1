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

  /** Twelve seconds are 60 pieces: who has 39 comes far behind. */
  private static final Self SELF = new Self(true, OWN, 5);

  private static SwarmPeer sharing(int pieces) {
    return peer(Kind.SHARING, true, pieces);
  }

  private static SwarmPeer peer(Kind kind, boolean interested, int pieces) {
    return new SwarmPeer(kind + " " + pieces, kind, false, interested, pieces, new BitSet());
  }

  private static int slots(SwarmPeer... connected) {
    return UnchokePolicy.slots(SELF, CLIP, List.of(connected));
  }

  @Test
  void sendsToAllWhileNobodyComesFarBehind() {
    assertThat(slots()).isEqualTo(UnchokePolicy.ALL);
    assertThat(slots(sharing(40), sharing(100), sharing(500))).isEqualTo(UnchokePolicy.ALL);
    assertThat(slots(sharing(39), sharing(100), sharing(500))).isLessThan(UnchokePolicy.ALL);
  }

  @Test
  void hasASlotMoreThanThereAreOthersBesideIt() {
    assertThat(slots(sharing(40), sharing(100), sharing(140), sharing(39), sharing(0)))
        .isEqualTo(4);
    assertThat(slots(sharing(40), sharing(39), sharing(0), sharing(1))).isEqualTo(2);
  }

  @Test
  void hasTwoAtLeast() {
    assertThat(slots(sharing(0), sharing(10), sharing(20))).isEqualTo(2);
  }

  /** Who wants nothing takes no slot. */
  @Test
  void countsThoseWhoWantSomething() {
    SwarmPeer satisfied = peer(Kind.SHARING, false, 500);
    assertThat(slots(satisfied, sharing(100), sharing(90), sharing(10), sharing(0))).isEqualTo(3);
    assertThat(slots(sharing(100), peer(Kind.SHARING, false, 0))).isEqualTo(UnchokePolicy.ALL);
  }

  /** What they have does not tell where they play, or is not told. */
  @Test
  void hasASlotForEachWhoIsNoViewerThatShares() {
    assertThat(slots(peer(Kind.FOREIGN, true, 0), peer(Kind.RECEIVING, true, 0)))
        .isEqualTo(UnchokePolicy.ALL);
    assertThat(
            slots(
                peer(Kind.FOREIGN, true, 0),
                peer(Kind.RECEIVING, true, 0),
                sharing(0),
                sharing(10)))
        .isEqualTo(3);
  }

  @Test
  void sendsToAllOnceItHasTheClip() {
    Self whole = new Self(true, CLIP, 5);
    assertThat(UnchokePolicy.slots(whole, CLIP, List.of(sharing(0), sharing(1), sharing(2))))
        .isEqualTo(UnchokePolicy.ALL);
  }
}
