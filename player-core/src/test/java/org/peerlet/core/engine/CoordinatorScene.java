package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.engine.Command.CancelFetch;
import org.peerlet.core.engine.Command.Fetch;
import org.peerlet.core.engine.Command.Want;
import org.peerlet.core.origin.OriginEvent;
import org.peerlet.core.origin.OriginEvent.BytesReceived;
import org.peerlet.core.origin.OriginEvent.PieceFetched;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.origin.OriginEvent.RequestFailed;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.schedule.OriginPolicy.Verdict;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.torrent.SwarmStatus;

/**
 * A coordinator with its readers, and words for what goes in and comes out. A window holds forty
 * pieces.
 */
class CoordinatorScene {
  static final int PIECE = 256 << 10;
  static final int PIECES = 100;

  /** Two pieces a second. */
  static final long RATE = 2 * PIECE;

  static final long END = (long) PIECES * PIECE;

  static final SwarmStatus NOBODY = SwarmStatus.NONE;
  static final SwarmStatus FAST = seed().status();

  /** Far from zero: nothing may depend on where a clock began. */
  static final long START = 5_000_000;

  final StreamException moved =
      new StreamException(Reason.UNREACHABLE, "The source has moved (404).");
  final StreamException unavailable =
      new StreamException(Reason.UNREACHABLE, "The source is busy (503).");
  StreamCoordinator coordinator = coordinator(PIECES, 1);
  List<ReaderView> readers = List.of(reader(0, 0));

  static StreamCoordinator coordinator(int pieces, int origins) {
    return coordinator(pieces, origins, 0);
  }

  /** All lots fall alike. */
  static StreamCoordinator coordinator(int pieces, int origins, double lot) {
    long length = (long) pieces * PIECE;
    return new StreamCoordinator(
        new FileLayout(0, length, PIECE, length), origins, RATE, () -> lot);
  }

  static ReaderView reader(long position, long bytesRead) {
    return new ReaderView(1, position, (long) PIECES * PIECE, bytesRead, false);
  }

  /** A reader whose player has shown all but the last few milliseconds of what it took. */
  static ReaderView told(int piece, long leadMillis) {
    long position = (long) piece * PIECE;
    // Rounded up: the lead is rounded down.
    return new ReaderView(
        1, position, END, 0, false, position - (leadMillis * RATE + 999) / 1000, true);
  }

  /** Another client that has everything. */
  static SwarmScene seed() {
    return SwarmScene.of(SwarmScene.foreign("seed", false, SwarmScene.pieces(0, PIECES)));
  }

  /** A request comes piece by piece, from an instant on. */
  void bring(int request, int first, int end, long millisPerPiece, long fromMillis) {
    long now = fromMillis;
    for (int piece = first; piece < end; piece++) {
      now += millisPerPiece;
      coordinator.on(new BytesReceived(request, PIECE), now);
      coordinator.on(fetched(piece), now);
      coordinator.pieceVerified(piece);
    }
  }

  /** Request 0 brings its piece at so many a second. */
  void originOf(int piecesPerSecond, long nowMillis) {
    long millis = 1_000 / piecesPerSecond;
    bring(0, 0, 1, millis, nowMillis);
    coordinator.on(new RequestEnded(0), nowMillis + millis);
  }

  /** Request 1 begins while request 0 ends, 100 ms after the start. */
  void twoRequests() {
    decide(NOBODY, START);
    coordinator.on(new BytesReceived(0, PIECE), START + 100);
    assertThat(fetches(decide(NOBODY, START + 100))).containsExactly(new Fetch(1, 0, 1, 9));
  }

  long decideAt(SwarmStatus swarm, long nowMillis) {
    assertThat(fetches(decide(swarm, nowMillis))).hasSize(1);
    return nowMillis;
  }

  List<OriginPolicy.Reason> reasons() {
    return coordinator.verdicts().stream().map(Verdict::reason).toList();
  }

  List<Command> decide(SwarmStatus swarm, long nowMillis) {
    return coordinator.decide(readers, swarm, nowMillis);
  }

  /** The first piece alone: whatever is asked for is one request. */
  List<Command> oneAtATime(long nowMillis) {
    return coordinator.decide(List.of(new ReaderView(1, 0, PIECE, 0, false)), NOBODY, nowMillis);
  }

  void end(int request, OriginEvent failure, long nowMillis) {
    assertThat(coordinator.on(failure, nowMillis)).isEmpty();
    assertThat(coordinator.on(new RequestEnded(request), nowMillis)).isEmpty();
  }

  static PieceFetched fetched(int piece) {
    return new PieceFetched(0, piece, new byte[PIECE]);
  }

  static RequestFailed failure(int request, StreamException why, boolean lasting) {
    return new RequestFailed(request, 0, why, lasting, Optional.empty());
  }

  RequestFailed busy(int request, Duration retryAfter) {
    return new RequestFailed(request, 0, unavailable, false, Optional.of(retryAfter));
  }

  static List<Fetch> fetches(List<Command> commands) {
    return commands.stream().filter(Fetch.class::isInstance).map(Fetch.class::cast).toList();
  }

  static List<Integer> cancels(List<Command> commands) {
    return commands.stream()
        .filter(CancelFetch.class::isInstance)
        .map(cancel -> ((CancelFetch) cancel).request())
        .toList();
  }

  static List<Integer> wantedOfPeers(List<Command> commands) {
    List<Integer> pieces = new ArrayList<>();
    for (Command command : commands) {
      if (command instanceof Want want) {
        want.schedule().deadlines().stream().map(PieceDeadline::piece).forEach(pieces::add);
      }
    }
    return pieces;
  }

  static List<Integer> beyond(List<Command> commands) {
    return commands.stream()
        .filter(Want.class::isInstance)
        .flatMap(want -> ((Want) want).schedule().beyond().stream())
        .toList();
  }
}
