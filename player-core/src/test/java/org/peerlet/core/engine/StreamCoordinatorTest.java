package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.torrent.SwarmStatus;

/** Events and instants go in, commands come out. A run holds eight pieces, a window forty. */
final class StreamCoordinatorTest {
  private static final int PIECE = 256 << 10;
  private static final int PIECES = 100;

  /** Two pieces a second. */
  private static final long RATE = 2 * PIECE;

  private static final SwarmStatus NOBODY = SwarmStatus.NONE;
  private static final SwarmStatus FAST = new SwarmStatus(5, 4 * RATE, 0, 0, 0, 0);

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
    assertThat(fetches(commands)).containsExactly(new Fetch(0, 0, 0, 8), new Fetch(1, 0, 8, 16));
    assertThat(wantedOfPeers(commands)).startsWith(16).hasSize(24).doesNotContain(0, 15);
    assertThat(commands).noneMatch(Fail.class::isInstance);
  }

  @Test
  void asksNothingTwice() {
    decide(NOBODY, START);
    assertThat(fetches(decide(NOBODY, START + 100))).isEmpty();
    coordinator.on(new RequestEnded(0), START + 200);
    // Its pieces did not come: they are asked for again.
    assertThat(fetches(decide(NOBODY, START + 200))).containsExactly(new Fetch(2, 0, 0, 8));
  }

  @Test
  void handsOnWhatComesAndGoesOnAsking() {
    decide(NOBODY, START);
    for (int piece = 0; piece < 8; piece++) {
      assertThat(coordinator.on(fetched(piece), START + 50))
          .singleElement()
          .isInstanceOfSatisfying(
              AddPiece.class, add -> assertThat(add.data()).hasSize(PIECE).isNotNull());
      coordinator.pieceVerified(piece);
    }
    coordinator.on(new RequestEnded(0), START + 60);
    List<Command> commands = decide(NOBODY, START + 60);
    assertThat(fetches(commands)).containsExactly(new Fetch(2, 0, 16, 24));
    assertThat(wantedOfPeers(commands)).startsWith(24);
    assertThat(coordinator.have().cardinality()).isEqualTo(8);
  }

  @Test
  void asksNothingOfTheOriginWhilePeersAreFastEnough() {
    coordinator.peersAllowed(true, START);
    readers = List.of(reader(10 * PIECE, 10 * PIECE));
    List<Command> commands = decide(FAST, START);
    assertThat(fetches(commands)).isEmpty();
    assertThat(wantedOfPeers(commands)).startsWith(10, 11, 12).hasSize(40);
  }

  @Test
  void turnsToTheOriginAtOnceWhenAllPeersVanish() {
    coordinator.peersAllowed(true, START - 60_000);
    readers = List.of(reader(10 * PIECE, 10 * PIECE));
    assertThat(fetches(decide(FAST, START))).isEmpty();
    assertThat(fetches(decide(NOBODY, START + 100)))
        .containsExactly(new Fetch(0, 0, 10, 18), new Fetch(1, 0, 18, 26));
  }

  /** What a player needs to start comes from the origin at once; the rest may come from peers. */
  @Test
  void leavesPeersAMomentToCome() {
    coordinator.peersAllowed(true, START);
    assertThat(fetches(decide(NOBODY, START))).containsExactly(new Fetch(0, 0, 0, 6));
    assertThat(fetches(decide(NOBODY, START + 3_999))).isEmpty();
    assertThat(fetches(decide(NOBODY, START + 4_000))).containsExactly(new Fetch(1, 0, 6, 14));
  }

  @Test
  void leavesTheOriginAgainWhenPeersBringWhatItWasAskedFor() {
    decide(NOBODY, START);
    for (int piece = 0; piece < 16; piece++) {
      coordinator.pieceVerified(piece);
    }
    readers = List.of(reader(8 * PIECE, 8 * PIECE));
    assertThat(cancels(decide(FAST, START + 100))).containsExactlyInAnyOrder(0, 1);
    assertThat(cancels(decide(FAST, START + 200))).as("each once").isEmpty();
  }

  @Test
  void cancelsWhatASeekLeavesBehindAndAsksForTheNewPlace() {
    decide(NOBODY, START);
    readers = List.of(reader(50 * PIECE, 0));
    List<Command> commands = decide(NOBODY, START + 1_000);
    assertThat(cancels(commands)).containsExactlyInAnyOrder(0, 1);
    assertThat(fetches(commands)).as("two requests are still open").isEmpty();
    assertThat(wantedOfPeers(commands)).startsWith(50);
    coordinator.on(new RequestEnded(0), START + 1_010);
    assertThat(fetches(decide(NOBODY, START + 1_010))).containsExactly(new Fetch(2, 0, 50, 58));
    coordinator.on(new RequestEnded(1), START + 1_020);
    assertThat(fetches(decide(NOBODY, START + 1_020))).containsExactly(new Fetch(3, 0, 58, 66));
  }

  @Test
  void takesAPieceThatStillCameFromACancelledRequest() {
    decide(NOBODY, START);
    readers = List.of(reader(50 * PIECE, 0));
    decide(NOBODY, START + 100);
    assertThat(coordinator.on(fetched(3), START + 110)).hasSize(1);
  }

  @Test
  void stopsAskingWhenNobodyReads() {
    decide(NOBODY, START);
    readers = List.of();
    List<Command> commands = decide(NOBODY, START + 100);
    assertThat(cancels(commands)).containsExactlyInAnyOrder(0, 1);
    assertThat(fetches(commands)).isEmpty();
  }

  @Test
  void waitsAsLongAsABusyOriginSays() {
    decide(NOBODY, START);
    end(0, busy(0, Duration.ofSeconds(5)), START);
    end(1, busy(1, Duration.ofSeconds(5)), START);
    assertThat(coordinator.originNotice(START)).isEqualTo("The source is busy (503).");
    assertThat(fetches(decide(NOBODY, START + 4_999))).isEmpty();
    assertThat(fetches(decide(NOBODY, START + 5_000))).hasSize(2);
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
    assertThat(fetches(decide(NOBODY, START))).containsExactly(new Fetch(2, 1, 0, 8));
    end(2, new RequestFailed(2, 1, moved, true, Optional.empty()), START);
    assertThat(decide(NOBODY, START)).noneMatch(Fail.class::isInstance);
    assertThat(fetches(decide(NOBODY, START + 500))).containsExactly(new Fetch(3, 0, 0, 8));
  }

  @Test
  void letsOneRequestBringTheWholeFile() {
    decide(NOBODY, START);
    coordinator.on(new WholeFileComes(0, 0, PIECES), START + 10);
    coordinator.on(new WholeFileComes(1, 0, PIECES), START + 10);
    List<Command> commands = decide(NOBODY, START + 20);
    assertThat(cancels(commands)).containsExactly(1);
    assertThat(wantedOfPeers(commands)).isEmpty();
    coordinator.on(new RequestEnded(1), START + 30);
    readers = List.of(reader(80 * PIECE, 0));
    assertThat(decide(NOBODY, START + 40)).allMatch(Want.class::isInstance);
    readers = List.of();
    assertThat(decide(NOBODY, START + 50)).allMatch(Want.class::isInstance);
  }

  @Test
  void cancelsARequestWhosePiecesTheWholeFileBrings() {
    decide(NOBODY, START);
    coordinator.on(new WholeFileComes(1, 0, PIECES), START + 10);
    assertThat(cancels(decide(NOBODY, START + 20))).containsExactly(0);
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
    decide(NOBODY, START);
    for (int i = 0; i < 40; i++) {
      coordinator.on(new BytesReceived(0, PIECE), START + i * 100L);
    }
    coordinator.on(new RequestEnded(0), START + 4_000);
    coordinator.on(new RequestEnded(1), START + 4_000);
    coordinator.peersAllowed(true, START);
    readers = List.of(reader(10 * PIECE, 10 * PIECE));
    SwarmStatus tooSlow = new SwarmStatus(1, 1, 0, 0, 0, 0);
    // Five seconds of lead: far more than the origin needs.
    assertThat(fetches(decide(tooSlow, START + 60_000))).isEmpty();
    assertThat(fetches(decide(tooSlow, START + 62_000))).isEmpty();
    assertThat(fetches(decide(tooSlow, START + 64_000))).isNotEmpty();
  }

  @Test
  void putsTheIndexBeforeThePictures() {
    readers = List.of(reader(0, 0), new ReaderView(2, 98L * PIECE, 99L * PIECE, 0, true));
    assertThat(fetches(decide(NOBODY, START)))
        .containsExactly(new Fetch(0, 0, 98, 99), new Fetch(1, 0, 0, 8));
  }

  @Test
  void wantsMoreOfAClipWithAHigherRate() {
    coordinator.peersAllowed(true, START);
    coordinator.clipRate(RATE / 2);
    assertThat(wantedOfPeers(decide(FAST, START))).hasSize(19);
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
