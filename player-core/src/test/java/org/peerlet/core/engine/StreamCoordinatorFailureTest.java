package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peerlet.core.engine.Command.Fail;
import org.peerlet.core.engine.Command.Fetch;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.origin.OriginEvent.RequestFailed;

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
}
