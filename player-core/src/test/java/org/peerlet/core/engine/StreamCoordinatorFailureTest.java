package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peerlet.core.engine.Command.Fail;
import org.peerlet.core.engine.Command.Fetch;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.origin.OriginEvent.RequestFailed;
import org.peerlet.core.origin.OriginEvent.WholeFileComes;

/** What a coordinator does about origins that fail. */
final class StreamCoordinatorFailureTest extends CoordinatorScene {
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
    coordinator.peersAllowed(false, 0);
    decide(NOBODY, START);
    end(0, failure(0, moved, true), START);
    assertThat(decide(NOBODY, START)).contains(new Fail(moved));
  }

  /** Who is asked whether to share may still say yes. */
  @Test
  void waitsForTheViewersAnswerWhenTheOnlyOriginIsLost() {
    decide(NOBODY, START);
    end(0, failure(0, moved, true), START);
    assertThat(decide(NOBODY, START)).noneMatch(Fail.class::isInstance);
    assertThat(coordinator.originNotice(START)).isEqualTo(moved.sentence());
    coordinator.peersAllowed(false, START);
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
    coordinator.peersAllowed(false, 0);
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

  /** Two requests: one is told to wait, the other still brings what was on its way. */
  @Test
  void saysThatAnOriginIsBusyUntilItMayBeAskedAgain() {
    twoRequests();
    end(1, busy(1, Duration.ofMinutes(2)), START + 200);
    bring(0, 0, 1, 100, START + 200);
    coordinator.on(new RequestEnded(0), START + 400);
    assertThat(coordinator.originNotice(START + 119_000)).isEqualTo(unavailable.sentence());
    assertThat(coordinator.originNotice(START + 120_200)).isNull();
  }

  /** It comes to where the viewer has gone in 40 s. */
  @Test
  void asksPeersForWhatAWholeFileBringsTooLate() {
    wholeFileComes(1);
    readers = List.of(reader(80 * PIECE, 0));
    List<Integer> wanted = wantedOfPeers(decide(FAST, START + 2_000));
    assertThat(wanted).startsWith(80, 81, 82).contains(99);
  }

  @Test
  void leavesToTheWholeFileWhatItBringsInTime() {
    wholeFileComes(1);
    // Of eight pieces four are here; the next come within two seconds, or before they are needed.
    readers = List.of(told(2, 1_000));
    assertThat(wantedOfPeers(decide(FAST, START + 2_000))).isEmpty();
  }

  @Test
  void asksAnotherOriginForWhatAWholeFileBringsTooLate() {
    wholeFileComes(2);
    readers = List.of(reader(80 * PIECE, 0));
    List<Fetch> fetches = fetches(decide(NOBODY, START + 2_000));
    assertThat(fetches).isNotEmpty().allMatch(fetch -> fetch.origin() == 1);
    assertThat(fetches.get(0).first()).isEqualTo(80);
  }

  @Test
  void neverAsksForAWholeFileTwice() {
    wholeFileComes(1);
    readers = List.of(reader(80 * PIECE, 0));
    assertThat(fetches(decide(NOBODY, START + 2_000))).isEmpty();
  }

  /** The first origin sends all from the start on, two pieces a second, and four have come. */
  private void wholeFileComes(int origins) {
    coordinator = coordinator(PIECES, origins);
    coordinator.peersAllowed(true, 0);
    decide(NOBODY, START);
    coordinator.on(new WholeFileComes(0, 0, PIECES), START);
    bring(0, 0, 4, 500, START);
  }
}
