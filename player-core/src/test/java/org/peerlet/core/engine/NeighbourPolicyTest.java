package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.peerlet.core.engine.NeighbourPolicy.Self;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;

final class NeighbourPolicyTest {
  /** A lead of 8 s is 40 pieces. */
  private static final double PIECES_PER_SECOND = 5;

  private static final long START = 5_000_000;

  private static final int OWN = 100;

  private final NeighbourPolicy policy = new NeighbourPolicy();
  private Self self = new Self(true, OWN, PIECES_PER_SECOND);
  private List<SwarmPeer> connected =
      List.of(peer("second", 120), peer("first", 150), peer("behind", 60));

  private static SwarmPeer peer(String id, int pieces) {
    return peer(id, Kind.SHARING, pieces);
  }

  private static SwarmPeer peer(String id, Kind kind, int pieces) {
    return new SwarmPeer(id, kind, false, true, pieces, new BitSet());
  }

  private Set<String> decide(long inHandMillis, long nowMillis) {
    return policy.decide(self, inHandMillis, connected, nowMillis);
  }

  @Test
  void sparesTheOneInFrontWithEnoughInHand() {
    assertThat(decide(9_999, START)).isEmpty();
    assertThat(policy.isApart(START)).isFalse();
    assertThat(decide(10_000, START)).containsExactly("first");
    assertThat(policy.isApart(START)).isTrue();
  }

  /** Until a player reads, next to nothing is wanted. */
  @Test
  void keepsAllBeforeThePictureMoves() {
    self = new Self(false, OWN, PIECES_PER_SECOND);
    assertThat(decide(Long.MAX_VALUE, START)).isEmpty();
    self = new Self(true, OWN, PIECES_PER_SECOND);
    assertThat(decide(Long.MAX_VALUE, START)).containsExactly("first");
    self = new Self(false, OWN, PIECES_PER_SECOND);
    assertThat(decide(Long.MAX_VALUE, START)).as("it was paused").containsExactly("first");
  }

  @Test
  void keepsWhoIsNotFarAhead() {
    connected = List.of(peer("second", 120), peer("first", 139));
    assertThat(decide(10_000, START)).isEmpty();
    connected = List.of(peer("second", 120), peer("first", 140));
    assertThat(decide(10_000, START)).containsExactly("first");
  }

  @Test
  void keepsTheOnlyOneAhead() {
    connected = List.of(peer("first", 150), peer("beside", 100));
    assertThat(decide(10_000, START)).isEmpty();
  }

  @Test
  void sparesThoseAloneWhoAreViewersThatShare() {
    connected =
        List.of(
            peer("foreign", Kind.FOREIGN, 500),
            peer("receiving", Kind.RECEIVING, 400),
            peer("second", 120),
            peer("third", 110));
    assertThat(decide(10_000, START)).isEmpty();
    connected = new ArrayList<>(connected);
    connected.add(peer("first", 150));
    assertThat(decide(10_000, START)).containsExactly("first");
    assertThat(decide(10_000, START + 60_000)).containsExactly("first");
  }

  @Test
  void sparesTheNextAfterFiveSeconds() {
    connected = List.of(peer("first", 170), peer("second", 160), peer("third", 150));
    assertThat(decide(10_000, START)).containsExactly("first");
    assertThat(decide(10_000, START + 4_999)).containsExactly("first");
    assertThat(decide(10_000, START + 5_000)).containsExactlyInAnyOrder("first", "second");
    assertThat(decide(10_000, START + 60_000)).as("one stays").hasSize(2);
  }

  @Test
  void takesAllBackBeforeItRunsShortAndWaitsThen() {
    decide(10_000, START);
    assertThat(decide(7_000, START + 9_000)).containsExactly("first");
    assertThat(decide(6_999, START + 10_000)).isEmpty();
    assertThat(decide(20_000, START + 39_999)).isEmpty();
    assertThat(decide(20_000, START + 40_000)).containsExactly("first");
  }

  @Test
  void isApartUntilTheyMustBeBack() {
    decide(10_000, START);
    decide(6_999, START + 10_000);
    assertThat(policy.isApart(START + 11_999)).isTrue();
    assertThat(policy.isApart(START + 12_000)).isFalse();
  }

  @Test
  void takesAllBackWhenNobodyElseIsLeft() {
    assertThat(decide(10_000, START)).containsExactly("first");
    connected = List.of(peer("first", 150), peer("foreign", Kind.FOREIGN, 500));
    assertThat(decide(10_000, START + 1_000)).isEmpty();
    assertThat(policy.isApart(START + 1_000)).isTrue();
  }
}
