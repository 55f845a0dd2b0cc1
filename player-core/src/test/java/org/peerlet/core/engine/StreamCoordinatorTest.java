package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.engine.SwarmScene.nothing;
import static org.peerlet.core.engine.SwarmScene.sharing;
import static org.peerlet.core.schedule.OriginPolicy.Reason.ALONE;
import static org.peerlet.core.schedule.OriginPolicy.Reason.FIRST_COPY;
import static org.peerlet.core.schedule.OriginPolicy.Reason.NOT_NEAR;
import static org.peerlet.core.schedule.OriginPolicy.Reason.PEERS_IN_TIME;
import static org.peerlet.core.schedule.OriginPolicy.Reason.RESCUE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.engine.Command.AddPiece;
import org.peerlet.core.engine.Command.CancelFetch;
import org.peerlet.core.engine.Command.Fail;
import org.peerlet.core.engine.Command.Fetch;
import org.peerlet.core.engine.Command.Want;
import org.peerlet.core.origin.OriginEvent;
import org.peerlet.core.origin.OriginEvent.BytesReceived;
import org.peerlet.core.origin.OriginEvent.PieceFetched;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.origin.OriginEvent.RequestFailed;
import org.peerlet.core.origin.OriginEvent.WholeFileComes;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.schedule.OriginPolicy.Verdict;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.torrent.SwarmStatus;

/** Events and instants go in, commands come out. A window holds forty pieces. */
final class StreamCoordinatorTest {
  private static final int PIECE = 256 << 10;
  private static final int PIECES = 100;

  /** Two pieces a second. */
  private static final long RATE = 2 * PIECE;

  private static final long END = (long) PIECES * PIECE;

  private static final SwarmStatus NOBODY = SwarmStatus.NONE;
  private static final SwarmStatus FAST = seed().status();

  /** Far from zero: nothing may depend on where a clock began. */
  private static final long START = 5_000_000;

  private final StreamException moved =
      new StreamException(Reason.UNREACHABLE, "The source has moved (404).");
  private final StreamException unavailable =
      new StreamException(Reason.UNREACHABLE, "The source is busy (503).");
  private StreamCoordinator coordinator = coordinator(PIECES, 1);
  private List<ReaderView> readers = List.of(reader(0, 0));

  @Test
  void asksTheOriginAtOnceForTheFirstPieces() {
    List<Command> commands = decide(NOBODY, START);
    assertThat(fetches(commands)).containsExactly(new Fetch(0, 0, 0, 1));
    assertThat(wantedOfPeers(commands)).startsWith(1).hasSize(39).doesNotContain(0);
    assertThat(commands).noneMatch(Fail.class::isInstance);
  }

  @Test
  void asksNothingTwice() {
    decide(NOBODY, START);
    assertThat(fetches(decide(NOBODY, START + 100))).isEmpty();
    coordinator.on(new RequestEnded(0), START + 200);
    // Its pieces did not come: they are asked for again.
    assertThat(fetches(decide(NOBODY, START + 200))).containsExactly(new Fetch(1, 0, 0, 1));
  }

  /** Ten pieces a second: a run is 2 MiB, and the next is asked for when one piece is to come. */
  @Test
  void asksForMoreOfAFastOriginWhileARequestEnds() {
    bring(0, 0, 1, 100, decideAt(NOBODY, START));
    coordinator.on(new RequestEnded(0), START + 100);
    assertThat(fetches(decide(NOBODY, START + 100))).containsExactly(new Fetch(1, 0, 1, 9));
    bring(1, 1, 5, 100, START + 100);
    assertThat(fetches(decide(NOBODY, START + 500))).as("four to come").isEmpty();
    bring(1, 5, 8, 100, START + 500);
    assertThat(fetches(decide(NOBODY, START + 800))).containsExactly(new Fetch(2, 0, 9, 17));
    coordinator.on(new BytesReceived(1, PIECE), START + 890);
    assertThat(fetches(decide(NOBODY, START + 890))).as("two are open").isEmpty();
  }

  /** One that brings half a piece is half done. */
  @Test
  void countsWhatCameOfAPiece() {
    decide(NOBODY, START);
    coordinator.on(new BytesReceived(0, PIECE / 4), START + 200);
    // 640 KiB/s, as far as can be told: 96 KiB in 150 ms, and 192 KiB are to come.
    assertThat(fetches(decide(NOBODY, START + 200))).isEmpty();
    coordinator.on(new BytesReceived(0, PIECE / 2), START + 250);
    assertThat(fetches(decide(NOBODY, START + 250))).hasSize(1);
  }

  @Test
  void handsOnWhatComesAndGoesOnAsking() {
    decide(NOBODY, START);
    assertThat(coordinator.on(fetched(0), START + 50))
        .singleElement()
        .isInstanceOfSatisfying(
            AddPiece.class, add -> assertThat(add.data()).hasSize(PIECE).isNotNull());
    coordinator.pieceVerified(0);
    coordinator.on(new RequestEnded(0), START + 60);
    List<Command> commands = decide(NOBODY, START + 60);
    assertThat(fetches(commands)).containsExactly(new Fetch(1, 0, 1, 2));
    assertThat(wantedOfPeers(commands)).startsWith(2);
    assertThat(coordinator.have().cardinality()).isEqualTo(1);
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
  void tellsWhatItAskedAndWhy() {
    assertThat(coordinator.verdicts()).isEmpty();
    assertThat(coordinator.asked()).isEmpty();
    coordinator.peersAllowed(true, START);
    decide(NOBODY, START);
    assertThat(coordinator.asked()).containsOnly(Map.entry(OriginPolicy.Reason.START, 1));
    assertThat(coordinator.verdicts())
        .hasSize(39)
        .startsWith(new Verdict(1, NOT_NEAR))
        .endsWith(new Verdict(39, NOT_NEAR));
    bring(0, 0, 1, 100, START);
    coordinator.on(new RequestEnded(0), START + 100);
    decide(NOBODY, START + 4_000);
    assertThat(coordinator.asked())
        .containsOnly(Map.entry(OriginPolicy.Reason.START, 1), Map.entry(ALONE, 8));
    assertThat(coordinator.verdicts()).hasSize(31).startsWith(new Verdict(9, ALONE));
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

  @Test
  void leavesTheOriginAgainWhenPeersBringWhatItWasAskedFor() {
    decide(NOBODY, START);
    assertThat(cancels(decide(FAST, START + 50))).isEmpty();
    coordinator.pieceVerified(0);
    assertThat(cancels(decide(FAST, START + 100))).containsExactly(0);
    assertThat(cancels(decide(FAST, START + 200))).as("each once").isEmpty();
  }

  @Test
  void cancelsWhatASeekLeavesBehindAndAsksForTheNewPlace() {
    twoRequests();
    readers = List.of(reader(50 * PIECE, 0));
    List<Command> commands = decide(NOBODY, START + 1_000);
    assertThat(cancels(commands)).containsExactlyInAnyOrder(0, 1);
    assertThat(fetches(commands)).as("two requests are still open").isEmpty();
    assertThat(wantedOfPeers(commands)).startsWith(50);
    coordinator.on(new RequestEnded(0), START + 1_010);
    assertThat(fetches(decide(NOBODY, START + 1_010))).isEmpty();
    coordinator.on(new RequestEnded(1), START + 1_020);
    assertThat(fetches(decide(NOBODY, START + 1_020))).containsExactly(new Fetch(2, 0, 50, 51));
  }

  @Test
  void takesAPieceThatStillCameFromACancelledRequest() {
    decide(NOBODY, START);
    readers = List.of(reader(50 * PIECE, 0));
    decide(NOBODY, START + 100);
    assertThat(coordinator.on(fetched(0), START + 110)).hasSize(1);
  }

  @Test
  void stopsAskingWhenNobodyReads() {
    twoRequests();
    readers = List.of();
    List<Command> commands = decide(NOBODY, START + 200);
    assertThat(cancels(commands)).containsExactlyInAnyOrder(0, 1);
    assertThat(fetches(commands)).isEmpty();
  }

  @Test
  void waitsAsLongAsABusyOriginSays() {
    decide(NOBODY, START);
    end(0, busy(0, Duration.ofSeconds(5)), START);
    assertThat(coordinator.originNotice(START)).isEqualTo("The source is busy (503).");
    assertThat(fetches(decide(NOBODY, START + 4_999))).isEmpty();
    assertThat(fetches(decide(NOBODY, START + 5_000))).hasSize(1);
    assertThat(coordinator.originNotice(START + 5_000)).isNull();
  }

  @Test
  void waitsLongerAfterEachFailure() {
    long now = START;
    for (long least : new long[] {500, 1_000, 2_000, 4_000}) {
      int request = fetches(oneAtATime(now)).get(0).request();
      end(request, failure(request, unavailable, false), now);
      assertThat(fetches(oneAtATime(now + least - 1))).isEmpty();
      now += least;
    }
  }

  /** F9: a server that cuts each body after a piece may not be asked as if nothing were wrong. */
  @Test
  void doesNotForgetFailuresForPiecesThatCameBefore() {
    long now = START;
    for (int piece = 0; piece < 5; piece++) {
      int request = fetches(oneAtATime(now)).get(0).request();
      coordinator.on(fetched(0), now);
      end(request, failure(request, unavailable, false), now);
      long backOff = 500L << piece;
      assertThat(fetches(oneAtATime(now + backOff - 1))).isEmpty();
      now += Math.max(2_000, backOff);
    }
  }

  @Test
  void forgetsFailuresAfterARequestThatSucceeded() {
    int first = fetches(oneAtATime(START)).get(0).request();
    end(first, failure(first, unavailable, false), START);
    int second = fetches(oneAtATime(START + 500)).get(0).request();
    coordinator.on(new RequestEnded(second), START + 600);
    int third = fetches(oneAtATime(START + 600)).get(0).request();
    end(third, failure(third, unavailable, false), START + 700);
    assertThat(fetches(oneAtATime(START + 1_199))).isEmpty();
    assertThat(fetches(oneAtATime(START + 1_200))).hasSize(1);
  }

  @Test
  void endsTheStreamWhenTheOnlyOriginIsLost() {
    decide(NOBODY, START);
    end(0, failure(0, moved, true), START);
    assertThat(decide(NOBODY, START)).contains(new Fail(moved));
  }

  @Test
  void waitsForPeersWhereTheyAreAllowed() {
    coordinator.peersAllowed(true, 0);
    decide(NOBODY, START);
    end(0, failure(0, moved, true), START);
    assertThat(decide(NOBODY, START + 3_600_000)).noneMatch(Fail.class::isInstance);
    assertThat(coordinator.originNotice(START)).isEqualTo(moved.sentence());
    coordinator.peersAllowed(false, 0);
    assertThat(decide(NOBODY, START + 3_600_000)).contains(new Fail(moved));
  }

  @Test
  void doesNotEndAStreamThatHasAllItsReadersWant() {
    decide(NOBODY, START);
    end(0, failure(0, moved, true), START);
    for (int piece = 0; piece < PIECES; piece++) {
      coordinator.pieceVerified(piece);
    }
    assertThat(decide(NOBODY, START)).noneMatch(Fail.class::isInstance);
  }

  @Test
  void remembersWhyALostOriginIsLostThoughAPieceStillCame() {
    decide(NOBODY, START);
    end(0, failure(0, moved, true), START);
    coordinator.on(fetched(8), START + 1);
    assertThat(decide(NOBODY, START + 2)).contains(new Fail(moved));
  }

  @Test
  void neverEndsAStreamForAFailureThatMayPass() {
    decide(NOBODY, START);
    end(0, failure(0, unavailable, false), START);
    assertThat(decide(NOBODY, START)).noneMatch(Fail.class::isInstance);
  }

  @Test
  void asksTheSecondOriginWhenTheFirstIsAway() {
    coordinator = coordinator(PIECES, 2);
    decide(NOBODY, START);
    end(0, failure(0, unavailable, false), START);
    assertThat(fetches(decide(NOBODY, START))).containsExactly(new Fetch(1, 1, 0, 1));
    end(1, new RequestFailed(1, 1, moved, true, Optional.empty()), START);
    assertThat(decide(NOBODY, START)).noneMatch(Fail.class::isInstance);
    assertThat(fetches(decide(NOBODY, START + 500))).containsExactly(new Fetch(2, 0, 0, 1));
  }

  @Test
  void letsOneRequestBringTheWholeFile() {
    twoRequests();
    coordinator.on(new WholeFileComes(0, 0, PIECES), START + 110);
    coordinator.on(new WholeFileComes(1, 0, PIECES), START + 110);
    List<Command> commands = decide(NOBODY, START + 120);
    assertThat(cancels(commands)).containsExactly(1);
    assertThat(wantedOfPeers(commands)).isEmpty();
    coordinator.on(new RequestEnded(1), START + 130);
    readers = List.of(reader(80 * PIECE, 0));
    assertThat(decide(NOBODY, START + 140)).allMatch(Want.class::isInstance);
    readers = List.of();
    assertThat(decide(NOBODY, START + 150)).allMatch(Want.class::isInstance);
  }

  @Test
  void cancelsARequestWhosePiecesTheWholeFileBrings() {
    twoRequests();
    coordinator.on(new WholeFileComes(1, 0, PIECES), START + 110);
    assertThat(cancels(decide(NOBODY, START + 120))).containsExactly(0);
  }

  @Test
  void asksAgainForAPieceThatWasDeliveredButNeverVerified() {
    coordinator = coordinator(1, 1);
    decide(NOBODY, START);
    assertThat(coordinator.on(fetched(0), START + 100)).hasSize(1);
    coordinator.on(new RequestEnded(0), START + 100);
    assertThat(fetches(decide(NOBODY, START + 2_099))).isEmpty();
    assertThat(fetches(decide(NOBODY, START + 2_100))).containsExactly(new Fetch(1, 0, 0, 1));
    assertThat(coordinator.on(fetched(0), START + 2_200)).hasSize(1);
    coordinator.pieceVerified(0);
    coordinator.on(new RequestEnded(1), START + 2_200);
    assertThat(fetches(decide(NOBODY, START + 9_999))).isEmpty();
  }

  @Test
  void asksAgainForAPieceThatWasRejected() {
    coordinator = coordinator(1, 1);
    decide(NOBODY, START);
    coordinator.on(fetched(0), START + 100);
    coordinator.on(new RequestEnded(0), START + 100);
    assertThat(fetches(decide(NOBODY, START + 110))).isEmpty();
    coordinator.pieceRejected(0);
    assertThat(fetches(decide(NOBODY, START + 120))).containsExactly(new Fetch(1, 0, 0, 1));
  }

  @Test
  void countsWhatCameTwice() {
    decide(NOBODY, START);
    coordinator.pieceVerified(0);
    assertThat(coordinator.on(fetched(0), START)).as("a peer was faster").isEmpty();
    assertThat(coordinator.duplicateBytes()).isEqualTo(PIECE);
    assertThat(coordinator.on(fetched(1), START)).hasSize(1);
    assertThat(coordinator.on(fetched(1), START + 10)).as("two requests brought it").isEmpty();
    assertThat(coordinator.duplicateBytes()).isEqualTo(2 * PIECE);
  }

  @Test
  void countsTheOriginsBytes() {
    decide(NOBODY, START);
    for (int i = 0; i < 100; i++) {
      coordinator.on(new BytesReceived(0, 10_000), START + i * 100L);
    }
    assertThat(coordinator.bytesFromOrigin()).isEqualTo(1_000_000);
    assertThat(coordinator.originBytesPerSecond(START + 10_000)).isBetween(80_000L, 120_000L);
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

  @Test
  void putsTheIndexBeforeThePictures() {
    readers = List.of(reader(0, 0), new ReaderView(2, 98L * PIECE, 99L * PIECE, 0, true));
    assertThat(fetches(decide(NOBODY, START))).containsExactly(new Fetch(0, 0, 98, 99));
    bring(0, 98, 99, 100, START);
    coordinator.on(new RequestEnded(0), START + 100);
    assertThat(fetches(decide(NOBODY, START + 100))).containsExactly(new Fetch(1, 0, 0, 8));
  }

  @Test
  void wantsMoreOfAClipWithAHigherRate() {
    coordinator.peersAllowed(true, START);
    coordinator.clipRate(RATE / 2);
    assertThat(wantedOfPeers(decide(FAST, START))).hasSize(20);
    coordinator.clipRate(0);
    assertThat(decide(FAST, START + 100)).isNotEmpty();
  }

  private static StreamCoordinator coordinator(int pieces, int origins) {
    long length = (long) pieces * PIECE;
    return new StreamCoordinator(
        new FileLayout(0, length, PIECE, length), origins, RATE, () -> 0.0);
  }

  private static ReaderView reader(long position, long bytesRead) {
    return new ReaderView(1, position, (long) PIECES * PIECE, bytesRead, false);
  }

  /** A reader whose player has shown all but the last few milliseconds of what it took. */
  private static ReaderView told(int piece, long leadMillis) {
    long position = (long) piece * PIECE;
    // Rounded up: the lead is rounded down.
    return new ReaderView(
        1, position, END, 0, false, position - (leadMillis * RATE + 999) / 1000, true);
  }

  /** Another client that has everything. */
  private static SwarmScene seed() {
    return SwarmScene.of(SwarmScene.foreign("seed", false, SwarmScene.pieces(0, PIECES)));
  }

  /** A request comes piece by piece, from an instant on. */
  private void bring(int request, int first, int end, long millisPerPiece, long fromMillis) {
    long now = fromMillis;
    for (int piece = first; piece < end; piece++) {
      now += millisPerPiece;
      coordinator.on(new BytesReceived(request, PIECE), now);
      coordinator.on(fetched(piece), now);
      coordinator.pieceVerified(piece);
    }
  }

  /** Request 0 brings its piece at so many a second. */
  private void originOf(int piecesPerSecond, long nowMillis) {
    long millis = 1_000 / piecesPerSecond;
    bring(0, 0, 1, millis, nowMillis);
    coordinator.on(new RequestEnded(0), nowMillis + millis);
  }

  /** Request 1 begins while request 0 ends, 100 ms after the start. */
  private void twoRequests() {
    decide(NOBODY, START);
    coordinator.on(new BytesReceived(0, PIECE), START + 100);
    assertThat(fetches(decide(NOBODY, START + 100))).containsExactly(new Fetch(1, 0, 1, 9));
  }

  private long decideAt(SwarmStatus swarm, long nowMillis) {
    assertThat(fetches(decide(swarm, nowMillis))).hasSize(1);
    return nowMillis;
  }

  private List<OriginPolicy.Reason> reasons() {
    return coordinator.verdicts().stream().map(Verdict::reason).toList();
  }

  private List<Command> decide(SwarmStatus swarm, long nowMillis) {
    return coordinator.decide(readers, swarm, nowMillis);
  }

  /** The first piece alone: whatever is asked for is one request. */
  private List<Command> oneAtATime(long nowMillis) {
    return coordinator.decide(List.of(new ReaderView(1, 0, PIECE, 0, false)), NOBODY, nowMillis);
  }

  private void end(int request, OriginEvent failure, long nowMillis) {
    assertThat(coordinator.on(failure, nowMillis)).isEmpty();
    assertThat(coordinator.on(new RequestEnded(request), nowMillis)).isEmpty();
  }

  private static PieceFetched fetched(int piece) {
    return new PieceFetched(0, piece, new byte[PIECE]);
  }

  private static RequestFailed failure(int request, StreamException why, boolean lasting) {
    return new RequestFailed(request, 0, why, lasting, Optional.empty());
  }

  private RequestFailed busy(int request, Duration retryAfter) {
    return new RequestFailed(request, 0, unavailable, false, Optional.of(retryAfter));
  }

  private static List<Fetch> fetches(List<Command> commands) {
    return commands.stream().filter(Fetch.class::isInstance).map(Fetch.class::cast).toList();
  }

  private static List<Integer> cancels(List<Command> commands) {
    return commands.stream()
        .filter(CancelFetch.class::isInstance)
        .map(cancel -> ((CancelFetch) cancel).request())
        .toList();
  }

  private static List<Integer> wantedOfPeers(List<Command> commands) {
    List<Integer> pieces = new ArrayList<>();
    for (Command command : commands) {
      if (command instanceof Want want) {
        want.schedule().deadlines().stream().map(PieceDeadline::piece).forEach(pieces::add);
      }
    }
    return pieces;
  }
}
