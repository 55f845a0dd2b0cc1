package org.peerlet.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peerlet.core.torrent.UtpPolicy.Look;
import org.peerlet.core.torrent.UtpPolicy.Step;

final class UtpPolicyTest {
  private static final PeerAddress A = new PeerAddress("11.0.0.1", 6881);
  private static final PeerAddress B = new PeerAddress("11.0.0.2", 6881);
  private static final Step NOTHING = new Step(false, List.of());
  private static final Step USE_UTP = new Step(true, List.of());

  private final UtpPolicy policy = new UtpPolicy();

  private Step decide(long nowMillis, int others, int connected, PeerAddress... trying) {
    return policy.decide(
        new Look(others, connected, Set.of(trying), Set.of(), Set.of()), nowMillis);
  }

  @Test
  void tcpHasThreeSecondsAlone() {
    assertThat(decide(0, 1, 0, A)).isEqualTo(NOTHING);
    assertThat(decide(2_999, 1, 0, A)).isEqualTo(NOTHING);
    assertThat(decide(3_000, 1, 0, A)).isEqualTo(USE_UTP);
    assertThat(decide(3_100, 1, 0, A)).isEqualTo(NOTHING);
  }

  @Test
  void whoeverIsAloneNeedsNoUtp() {
    assertThat(decide(0, 0, 0)).isEqualTo(NOTHING);
    assertThat(decide(60_000, 0, 0)).isEqualTo(NOTHING);
    assertThat(decide(60_100, 1, 0, A)).isEqualTo(NOTHING);
    assertThat(decide(63_100, 1, 0, A)).isEqualTo(USE_UTP);
  }

  @Test
  void whoeverTcpReachesNeedsNoUtp() {
    assertThat(decide(0, 3, 0)).isEqualTo(NOTHING);
    assertThat(decide(2_000, 3, 3)).isEqualTo(NOTHING);
    assertThat(decide(60_000, 3, 3)).isEqualTo(NOTHING);
    assertThat(decide(61_000, 200, 4)).isEqualTo(NOTHING);
    assertThat(decide(90_000, 200, 4)).isEqualTo(NOTHING);
  }

  @Test
  void someConnectedButNotAllWhereTheyAreFew() {
    assertThat(decide(0, 2, 1, A)).isEqualTo(NOTHING);
    assertThat(decide(3_000, 2, 1, A)).isEqualTo(USE_UTP);
  }

  /** Of a swarm without a tracker only those are known whom somebody tries to reach. */
  @Test
  void whomNoTrackerCountsCountsToo() {
    assertThat(decide(0, 0, 0, A)).isEqualTo(NOTHING);
    assertThat(decide(3_000, 0, 0)).isEqualTo(USE_UTP);
  }

  /** The tracker goes on counting them for a while. */
  @Test
  void whoeverHasLeftIsNotMissed() {
    PeerAddress come = new PeerAddress(B.host(), 50_000);
    policy.decide(new Look(2, 2, Set.of(), Set.of(A), Set.of(come)), 0);
    assertThat(decide(1_000, 2, 0, A, B)).isEqualTo(NOTHING);
    assertThat(decide(60_000, 2, 0, A, B)).isEqualTo(NOTHING);
  }

  /** It has come by itself, from a port that the system gave it. */
  @Test
  void whoeverHasComeFromWhereItWasTriedNeedsNoUtp() {
    PeerAddress come = new PeerAddress(A.host(), 50_000);
    policy.decide(new Look(0, 1, Set.of(A), Set.of(), Set.of(come)), 0);
    Look now = new Look(0, 1, Set.of(), Set.of(), Set.of(come));
    assertThat(policy.decide(now, 3_000)).isEqualTo(NOTHING);
    assertThat(policy.decide(now, 60_000)).isEqualTo(NOTHING);
    PeerAddress neighbour = new PeerAddress(A.host(), 6882);
    policy.decide(new Look(0, 1, Set.of(neighbour), Set.of(), Set.of(come)), 61_000);
    assertThat(policy.decide(now, 64_000))
        .as("two behind one router")
        .isEqualTo(new Step(true, List.of(A)));
    assertThat(policy.decide(now, 66_000).again()).containsExactly(neighbour);
  }

  @Test
  void ofTwoBehindOneRouterTheOneThatWasReachedIsNotTheOther() {
    PeerAddress neighbour = new PeerAddress(A.host(), 6882);
    Look one = new Look(2, 1, Set.of(neighbour), Set.of(A), Set.of());
    assertThat(policy.decide(one, 0)).isEqualTo(NOTHING);
    assertThat(policy.decide(one, 3_000)).isEqualTo(USE_UTP);
  }

  @Test
  void triesAgainWhoeverWasNotReached() {
    decide(0, 2, 0, A, B);
    assertThat(decide(3_000, 2, 0, A)).isEqualTo(USE_UTP);
    assertThat(decide(4_999, 2, 0, A)).isEqualTo(NOTHING);
    assertThat(decide(5_000, 2, 0, A)).isEqualTo(new Step(false, List.of(B)));
    assertThat(decide(6_000, 2, 0)).isEqualTo(new Step(false, List.of(A)));
    assertThat(decide(9_999, 2, 0)).isEqualTo(NOTHING);
    Look reached = new Look(2, 1, Set.of(), Set.of(A), Set.of());
    assertThat(policy.decide(reached, 10_000)).isEqualTo(new Step(false, List.of(B)));
    assertThat(policy.decide(reached, 15_000)).isEqualTo(new Step(false, List.of(B)));
  }

  @Test
  void givesUpAfterThreeMinutes() {
    decide(0, 1, 0, A);
    decide(3_000, 1, 0);
    assertThat(decide(179_999, 1, 0).again()).containsExactly(A);
    assertThat(decide(190_000, 1, 0, A).again()).isEmpty();
    assertThat(decide(200_000, 1, 0).again()).isEmpty();
  }

  @Test
  void remembersNoMoreThanIsUseful() {
    Set<PeerAddress> many =
        IntStream.range(0, 1000)
            .mapToObj(port -> new PeerAddress("11.0.0.1", port))
            .collect(Collectors.toSet());
    policy.decide(new Look(1000, 0, many, Set.of(), Set.of()), 0);
    decide(3_000, 1000, 0);
    assertThat(decide(6_000, 1000, 0).again()).hasSize(UtpPolicy.MOST_REMEMBERED);
  }
}
