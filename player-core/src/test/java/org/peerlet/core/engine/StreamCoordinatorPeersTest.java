package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.engine.SwarmScene.foreign;
import static org.peerlet.core.engine.SwarmScene.nothing;
import static org.peerlet.core.engine.SwarmScene.pieces;
import static org.peerlet.core.engine.SwarmScene.sharing;
import static org.peerlet.core.engine.SwarmScene.sharingId;
import static org.peerlet.core.schedule.OriginPolicy.Reason.ALONE;
import static org.peerlet.core.schedule.OriginPolicy.Reason.FIRST_COPY;
import static org.peerlet.core.schedule.OriginPolicy.Reason.FRONT_COPY;
import static org.peerlet.core.schedule.OriginPolicy.Reason.NOT_NEAR;
import static org.peerlet.core.schedule.OriginPolicy.Reason.PEERS_IN_TIME;
import static org.peerlet.core.schedule.OriginPolicy.Reason.RESCUE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peerlet.core.engine.Command.Fetch;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmStatus;

/** What a coordinator leaves to peers, hopes of them, and shares with them. */
final class StreamCoordinatorPeersTest extends CoordinatorScene {
  /** Of those who press play together, half begin elsewhere, each with another piece. */
  @Test
  void beginsElsewhereByLot() {
    coordinator = coordinator(PIECES, 1, 0.75);
    coordinator.peersAllowed(true, START);
    readers = List.of(new ReaderView(1, 0, PIECE, 0, true));
    assertThat(fetches(decide(NOBODY, START))).containsExactly(new Fetch(0, 0, 3, 4));
    assertThat(coordinator.asked()).containsOnly(Map.entry(OriginPolicy.Reason.START, 1));
    List<Command> commands = decide(NOBODY, START + 100);
    assertThat(cancels(commands)).isEmpty();
    assertThat(fetches(commands)).isEmpty();
    assertThat(wantedOfPeers(commands)).containsExactly(0);
    bring(0, 3, 4, 100, START + 100);
    coordinator.on(new RequestEnded(0), START + 200);
    assertThat(fetches(decide(NOBODY, START + 200))).containsExactly(new Fetch(1, 0, 0, 1));
  }

  @Test
  void beginsWithTheFirstPieceWhereNobodyMayCome() {
    coordinator = coordinator(PIECES, 1, 0.75);
    assertThat(fetches(decide(NOBODY, START))).containsExactly(new Fetch(0, 0, 0, 1));
  }

  @Test
  void asksNothingOfTheOriginWhilePeersAreFastEnough() {
    coordinator.peersAllowed(true, START);
    readers = List.of(told(10, 5_000));
    List<Command> commands = decide(FAST, START);
    assertThat(fetches(commands)).isEmpty();
    assertThat(wantedOfPeers(commands)).startsWith(10, 11, 12).hasSize(30);
  }

  @Test
  void turnsToTheOriginAtOnceWhenAllPeersVanish() {
    coordinator.peersAllowed(true, START - 60_000);
    readers = List.of(reader(10 * PIECE, 10 * PIECE));
    assertThat(fetches(decide(FAST, START))).isEmpty();
    assertThat(fetches(decide(NOBODY, START + 100))).containsExactly(new Fetch(0, 0, 10, 11));
  }

  /**
   * What a player needs to start comes from the origin at once, a piece at a time; the rest may
   * come from peers.
   */
  @Test
  void leavesPeersAMomentToCome() {
    coordinator.peersAllowed(true, START);
    assertThat(fetches(decide(NOBODY, START))).containsExactly(new Fetch(0, 0, 0, 1));
    List<Fetch> open = new ArrayList<>(List.of(new Fetch(0, 0, 0, 1)));
    int next = 1;
    for (long now = START + 100; !open.isEmpty(); now += 100) {
      Fetch ends = open.remove(0);
      bring(ends.request(), ends.first(), ends.end(), 10, now);
      coordinator.on(new RequestEnded(ends.request()), now + 50);
      for (Fetch fetch : fetches(decide(NOBODY, now + 50))) {
        assertThat(fetch.first()).isEqualTo(next);
        next = fetch.end();
        open.add(fetch);
      }
    }
    assertThat(next).isEqualTo(6);
    assertThat(fetches(decide(NOBODY, START + 1_500))).isEmpty();
    assertThat(reasons()).containsOnly(NOT_NEAR).hasSize(34);
    assertThat(fetches(decide(NOBODY, START + 3_999))).isEmpty();
    assertThat(fetches(decide(NOBODY, START + 4_000)))
        .first()
        .extracting(Fetch::first)
        .isEqualTo(6);
    assertThat(reasons()).containsOnly(ALONE);
  }

  /** All pieces that are missing are then thought to be with those who are spared. */
  @Test
  void sparesWhoIsFarAheadAndAsksNoOriginMeanwhile() {
    coordinator.peersAllowed(true, START - 60_000);
    for (int piece = 0; piece < 40; piece++) {
      coordinator.pieceVerified(piece);
    }
    readers = List.of(told(30, 12_000));
    SwarmPeer second = sharing("second", pieces(0, 70));
    SwarmStatus both = SwarmScene.of(sharing("first", pieces(0, 90)), second).status();
    assertThat(spares(decide(both, START))).containsExactly(Set.of(sharingId("first")));
    assertThat(reasons()).containsOnly(PEERS_IN_TIME);
    SwarmStatus one = SwarmScene.of(sharing("second", pieces(0, 43))).status();
    assertThat(spares(decide(one, START + 100))).as("told once").isEmpty();
    assertThat(reasons()).containsOnly(PEERS_IN_TIME, NOT_NEAR);
    assertThat(fetches(decide(NOBODY, START + 200))).isEmpty();
    assertThat(spares(decide(NOBODY, START + 300))).isEmpty();
    assertThat(fetches(decide(NOBODY, START + 2_200))).as("nobody came back").isNotEmpty();
  }

  private static List<Set<String>> spares(List<Command> commands) {
    return commands.stream()
        .filter(Command.Spare.class::isInstance)
        .map(command -> ((Command.Spare) command).peers())
        .toList();
  }

  @Test
  void waitsForNobodyWhereTheTrackerCountsThisViewerAlone() {
    coordinator.peersAllowed(true, START);
    decide(NOBODY, START);
    assertThat(reasons()).contains(NOT_NEAR);
    decide(SwarmScene.of().counted(1).status(), START + 50);
    assertThat(reasons()).containsOnly(ALONE);
    decide(SwarmScene.of().counted(2).status(), START + 100);
    assertThat(reasons()).as("somebody came").contains(NOT_NEAR);
  }

  /** Once a tracker has answered, the first is connected within 2 s, or never. */
  @Test
  void waitsAsLongAsAConnectionTakesForThoseWhomTheTrackerNamed() {
    for (int viewers : new int[] {0, 2, 1_000}) {
      coordinator = coordinator(PIECES, 1);
      coordinator.peersAllowed(true, START);
      SwarmStatus announced = SwarmScene.of().counted(viewers).status();
      decide(NOBODY, START);
      decide(announced, START + 3_000);
      assertThat(reasons()).contains(NOT_NEAR);
      decide(announced, START + 4_999);
      assertThat(reasons()).contains(NOT_NEAR);
      decide(announced, START + 5_000);
      assertThat(reasons()).containsOnly(ALONE);
    }
  }

  @Test
  void hopesAnewWhenPeersAreAllowedAgain() {
    coordinator.peersAllowed(true, START);
    decide(NOBODY, START + 4_000);
    assertThat(reasons()).containsOnly(ALONE);
    coordinator.peersAllowed(true, START + 4_000);
    decide(NOBODY, START + 4_000);
    assertThat(reasons()).as("nothing new").containsOnly(ALONE);
    coordinator.peersAllowed(false, START + 5_000);
    decide(NOBODY, START + 5_000);
    assertThat(reasons()).containsOnly(ALONE);
    coordinator.peersAllowed(true, START + 6_000);
    decide(NOBODY, START + 9_999);
    assertThat(reasons()).contains(NOT_NEAR);
  }

  /** A peer says what it has a moment after it has said who it is. */
  @Test
  void takesWhoeverHasNotToldYetForAnUnknownSwarm() {
    coordinator.peersAllowed(true, START);
    SwarmStatus untold = SwarmScene.of(sharing("a", nothing())).status();
    assertThat(fetches(decide(NOBODY, START))).containsExactly(new Fetch(0, 0, 0, 1));
    decide(NOBODY, START + 1_000);
    decide(untold, START + 1_100);
    assertThat(reasons()).as("one piece at once").containsOnly(NOT_NEAR);
    decide(untold, START + 1_499);
    assertThat(reasons()).containsOnly(NOT_NEAR);
    decide(untold, START + 1_500);
    assertThat(reasons()).as("it has nothing").startsWith(FIRST_COPY);
  }

  @Test
  void believesAPeerAtOnceThatTellsWhatItHas() {
    coordinator.peersAllowed(true, START);
    decide(NOBODY, START);
    decide(FAST, START + 10);
    assertThat(reasons()).containsOnly(PEERS_IN_TIME);
  }

  @Test
  void knowsNothingOfPeersWhoAreNotAllowed() {
    decide(FAST, START);
    assertThat(reasons()).containsOnly(ALONE);
  }

  /** Of two who have just begun, one asks for each piece, and the other waits for its turn. */
  @Test
  void sharesFirstCopiesWithTheOthers() {
    StreamCoordinator other = coordinator(PIECES, 1);
    coordinator.peersAllowed(true, START);
    other.peersAllowed(true, START);
    SwarmStatus seen = SwarmScene.of(sharing("other", nothing())).status();
    SwarmStatus seenByOther =
        SwarmScene.of(sharing("self", nothing())).seenBy(SwarmScene.sharingId("other")).status();
    decide(NOBODY, START - 500);
    other.decide(readers, NOBODY, START - 500);
    coordinator.on(new RequestEnded(0), START - 10);
    other.on(new RequestEnded(0), START - 10);
    decide(seen, START - 499);
    other.decide(readers, seenByOther, START - 499);
    coordinator.on(new RequestEnded(1), START);
    other.on(new RequestEnded(1), START);
    List<Fetch> ours = fetches(decide(seen, START + 1));
    List<Fetch> theirs = fetches(other.decide(readers, seenByOther, START + 1));
    List<Integer> asked = new ArrayList<>();
    ours.forEach(fetch -> asked.add(fetch.first()));
    theirs.forEach(fetch -> asked.add(fetch.first()));
    assertThat(asked).as("ours " + ours + ", theirs " + theirs).doesNotHaveDuplicates();
    assertThat(asked).isNotEmpty().allMatch(piece -> piece < 2);
  }

  @Test
  void asksPeersForAPieceUnderWayInTheLastMomentIfItTakesTooLong() {
    readers = List.of(told(10, 999));
    decide(NOBODY, START);
    assertThat(wantedOfPeers(decide(NOBODY, START + 2_000))).doesNotContain(10);
    assertThat(wantedOfPeers(decide(NOBODY, START + 2_001))).startsWith(10);
  }

  @Test
  void asksNoPeerForAPieceUnderWayWhileThereIsTime() {
    readers = List.of(told(10, 1_000));
    decide(NOBODY, START);
    assertThat(wantedOfPeers(decide(NOBODY, START + 9_999))).startsWith(11).doesNotContain(10);
    readers = List.of(told(10, 999));
    assertThat(wantedOfPeers(decide(NOBODY, START + 10_000))).startsWith(10);
  }

  /** What was handed over is on its way to the disk: nobody could be sooner. */
  @Test
  void asksNoPeerForAPieceThatHasCome() {
    coordinator = coordinator(1, 1);
    decide(NOBODY, START);
    coordinator.on(fetched(0), START + 2_500);
    assertThat(wantedOfPeers(decide(NOBODY, START + 2_500))).isEmpty();
  }

  @Test
  void goesByWhatThePlayerTellsOfItself() {
    coordinator.peersAllowed(true, START);
    decide(NOBODY, START);
    originOf(10, START);
    // Two seconds in hand: in time for a picture that moves, and a part of a start.
    readers = List.of(new ReaderView(1, 10 * PIECE, END, 0, false, 6L * PIECE, true));
    assertThat(fetches(decide(FAST, START + 20_000))).isEmpty();
    assertThat(reasons()).containsOnly(PEERS_IN_TIME);
    readers = List.of(new ReaderView(1, 10 * PIECE, END, 0, false, 6L * PIECE, false));
    assertThat(fetches(decide(FAST, START + 20_010)))
        .containsExactly(new Fetch(1, 0, 10, 11), new Fetch(2, 0, 11, 12));
    assertThat(coordinator.asked()).containsEntry(RESCUE, 2);
  }

  /** Two viewers want what one has: of what is not due soon, each first asks for its part. */
  @Test
  void asksTheOnlySourceFirstForWhatOthersDoNot() {
    coordinator.peersAllowed(true, START);
    readers = List.of(told(10, 3_000));
    SwarmStatus alone = seed().status();
    assertThat(wantedOfPeers(decide(alone, START))).startsWith(10, 11, 12, 13, 14, 15);
    SwarmStatus both =
        SwarmScene.of(seed().connected().get(0), sharing("b", SwarmScene.pieces(0, 4)))
            .brought(4 * PIECE)
            .status();
    List<Integer> wanted = wantedOfPeers(decide(both, START + 100));
    assertThat(wanted).hasSameElementsAs(wantedOfPeers(decide(alone, START + 200)));
    assertThat(wanted).isNotEqualTo(wanted.stream().sorted().toList());
  }

  @Test
  void takesASurplusFromASingleOtherViewer() {
    coordinator.peersAllowed(true, START);
    readers = List.of(told(40, 12_000));
    assertThat(beyond(decide(FAST, START))).hasSize(44).startsWith(56).contains(99);
    SwarmStatus two = SwarmScene.of(seed().connected().get(0), sharing("b", nothing())).status();
    assertThat(beyond(decide(two, START + 100))).hasSize(8 + 2);
    readers = List.of(told(40, 11_000));
    assertThat(beyond(decide(FAST, START + 200))).hasSize(8 + 2);
  }

  @Test
  void takesASurplusFromAViewerWhoHasAllAndWillLeave() {
    coordinator.peersAllowed(true, START);
    readers = List.of(told(40, 12_000));
    SwarmPeer behind = sharing("behind", pieces(0, 45));
    SwarmStatus some = SwarmScene.of(sharing("ahead", pieces(0, 98)), behind).status();
    assertThat(beyond(decide(some, START))).hasSize(8 + 2);
    SwarmStatus seeder =
        SwarmScene.of(foreign("seeder", false, pieces(0, PIECES)), behind).status();
    assertThat(beyond(decide(seeder, START + 100))).as("a seeder stays").hasSize(8 + 2);
    SwarmStatus all = SwarmScene.of(sharing("ahead", pieces(0, PIECES)), behind).status();
    assertThat(beyond(decide(all, START + 200))).hasSize(44).startsWith(56).contains(99);
  }

  @Test
  void leavesTheOriginAgainWhenPeersBringWhatItWasAskedFor() {
    decide(NOBODY, START);
    assertThat(cancels(decide(FAST, START + 50))).isEmpty();
    coordinator.pieceVerified(0);
    assertThat(cancels(decide(FAST, START + 100))).containsExactly(0);
    assertThat(cancels(decide(FAST, START + 200))).as("each once").isEmpty();
  }

  /** A rescue of one piece from an origin that stood idle comes just in time, not at once. */
  @Test
  void doesNotTakeAnIdleOriginForASlowOne() {
    originOf(10, decideAt(NOBODY, START));
    coordinator.peersAllowed(true, START);
    readers = List.of(reader(10 * PIECE, 10 * PIECE));
    // Five seconds of lead: far more than the origin needs. The peer brings nothing.
    assertThat(fetches(decide(FAST, START + 60_000))).isEmpty();
    assertThat(fetches(decide(FAST, START + 62_000))).isEmpty();
    assertThat(fetches(decide(FAST, START + 64_000))).isNotEmpty();
  }

  /** A viewer who shares has read so far, with so much in hand, and has its first pieces. */
  private void plays(int position, long leadMillis, int pieces) {
    coordinator.peersAllowed(true, START);
    readers = List.of(told(position, leadMillis));
    IntStream.range(0, pieces).forEach(coordinator::pieceVerified);
  }

  @Test
  void fetchesWhatNobodyHasForWhoIsFarInFront() {
    coordinator = coordinator(300, 1);
    plays(10, 3_000, 13);
    SwarmStatus swarm = SwarmScene.of(sharing("front", pieces(0, 120))).status();
    assertThat(fetches(decide(swarm, START))).isEmpty();
    assertThat(fetches(decide(swarm, START + 1_000))).containsExactly(new Fetch(0, 0, 128, 129));
    assertThat(coordinator.asked()).containsOnly(Map.entry(FRONT_COPY, 1));
    List<Command> commands = decide(swarm, START + 1_100);
    assertThat(cancels(commands)).isEmpty();
    assertThat(wantedOfPeers(commands)).doesNotContain(128);
  }

  @Test
  void saysOnceToHowManyItSends() {
    coordinator = coordinator(300, 1);
    plays(100, 12_000, 110);
    SwarmStatus swarm =
        SwarmScene.of(sharing("far", nothing()), sharing("near", pieces(0, 110))).status();
    assertThat(decide(swarm, START)).contains(new Command.Unchoke(2));
    assertThat(decide(swarm, START + 100)).noneMatch(Command.Unchoke.class::isInstance);
    assertThat(decide(NOBODY, START + 200)).contains(new Command.Unchoke(UnchokePolicy.ALL));
  }

  @Test
  void fetchesNothingForTheFrontWhilePeersAreSpared() {
    coordinator = coordinator(300, 1);
    plays(30, 12_000, 33);
    SwarmStatus swarm =
        SwarmScene.of(sharing("front", pieces(0, 120)), sharing("second", pieces(0, 115))).status();
    assertThat(decide(swarm, START)).contains(new Command.Spare(Set.of(sharingId("front"))));
    assertThat(coordinator.asked()).isEmpty();
  }

  @Test
  void leavesFirstCopiesToOneWhoFetchesThemFromFarBehind() {
    plays(70, 6_000, 80);
    SwarmPeer behind =
        new SwarmPeer(sharingId("behind"), SwarmPeer.Kind.SHARING, false, true, 40, pieces(90, 94));
    assertThat(fetches(decide(SwarmScene.of(behind).status(), START))).isEmpty();
    assertThat(reasons()).startsWith(NOT_NEAR);
    SwarmPeer beside =
        new SwarmPeer(sharingId("behind"), SwarmPeer.Kind.SHARING, false, true, 78, pieces(70, 78));
    assertThat(fetches(decide(SwarmScene.of(beside).status(), START + 100))).hasSize(1);
  }

  /** Five pieces are what it would start with, and would wait for more of alone. */
  @Test
  void leadsNobodyWhoHasBegunBefore() {
    coordinator.peersAllowed(true, START);
    decide(SwarmScene.of(sharing("a", pieces(0, 4))).status(), START);
    assertThat(coordinator.leadsSwarm()).isTrue();
    decide(SwarmScene.of(sharing("a", pieces(0, 5))).status(), START + 100);
    assertThat(coordinator.leadsSwarm()).isFalse();
    decide(SwarmScene.of(foreign("a", true, pieces(0, 5))).status(), START + 200);
    assertThat(coordinator.leadsSwarm()).isTrue();
  }
}
