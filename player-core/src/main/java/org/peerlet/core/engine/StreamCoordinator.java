package org.peerlet.core.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.engine.Command.AddPiece;
import org.peerlet.core.engine.Command.CancelFetch;
import org.peerlet.core.engine.Command.Fail;
import org.peerlet.core.engine.Command.Want;
import org.peerlet.core.origin.OriginEvent;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.PieceScheduler;
import org.peerlet.core.schedule.ReadWindow;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.torrent.SwarmStatus;

/**
 * Decides for one clip: what happened and the time go in, commands come out. It does nothing
 * itself, knows no threads and no clock, and lives on the engine thread.
 */
final class StreamCoordinator {
  /** From the leave to contact peers to the first one: session, tracker, connection, unchoke. */
  private static final long HOPE_MILLIS = 4_000;

  private final FileLayout layout;
  private final OriginBook origins;
  private final BitSet have = new BitSet();
  private final Map<Integer, ReaderPace> paces = new HashMap<>();
  private long bytesPerSecond;
  private boolean peersAllowed;
  private long peersAllowedAtMillis;

  /**
   * @param originCount how many origins the torrent names
   * @param bytesPerSecond the clip's rate, as far as known
   * @param jitter random numbers in [0, 1)
   */
  StreamCoordinator(
      FileLayout layout, int originCount, long bytesPerSecond, DoubleSupplier jitter) {
    this.layout = layout;
    this.origins = new OriginBook(layout, originCount, jitter);
    this.bytesPerSecond = Math.max(1, bytesPerSecond);
  }

  /** The clip's own rate became known. */
  void clipRate(long newBytesPerSecond) {
    bytesPerSecond = Math.max(1, newBytesPerSecond);
  }

  /** Whether peers may be hoped for. */
  void peersAllowed(boolean allowed, long nowMillis) {
    if (allowed && !peersAllowed) {
      peersAllowedAtMillis = nowMillis;
    }
    peersAllowed = allowed;
  }

  void pieceVerified(int piece) {
    have.set(piece);
    origins.settled(piece);
  }

  void pieceRejected(int piece) {
    origins.settled(piece);
  }

  /** What an origin's request brought. */
  List<Command> on(OriginEvent event, long nowMillis) {
    return origins
        .note(event, have, nowMillis)
        .map(fetched -> List.<Command>of(new AddPiece(fetched.piece(), fetched.data())))
        .orElse(List.of());
  }

  /** Looks at everything and decides what to do now. */
  List<Command> decide(List<ReaderView> readers, SwarmStatus swarm, long nowMillis) {
    List<Command> commands = new ArrayList<>();
    Schedule schedule =
        PieceScheduler.plan(layout, have, windows(readers, nowMillis), bytesPerSecond);
    origins.cancelUnwanted(schedule).forEach(request -> commands.add(new CancelFetch(request)));
    askOrigins(schedule, swarm, nowMillis, commands);
    commands.add(new Want(withoutUnderWay(schedule)));
    if (!peersAllowed && origins.allLost() && !schedule.deadlines().isEmpty()) {
      StreamException failure = origins.lastFailure();
      if (failure != null) {
        commands.add(new Fail(failure));
      }
    }
    return commands;
  }

  private List<ReadWindow> windows(List<ReaderView> readers, long nowMillis) {
    paces.keySet().retainAll(readers.stream().map(ReaderView::id).toList());
    List<ReadWindow> windows = new ArrayList<>(readers.size());
    for (ReaderView reader : readers) {
      windows.add(
          paces
              .computeIfAbsent(reader.id(), id -> new ReaderPace())
              .window(reader, bytesPerSecond, layout.pieceLength(), nowMillis));
    }
    return windows;
  }

  private void askOrigins(
      Schedule schedule, SwarmStatus swarm, long nowMillis, List<Command> commands) {
    boolean hopeful =
        peersAllowed && (swarm.peers() > 0 || nowMillis - peersAllowedAtMillis < HOPE_MILLIS);
    OriginPolicy.Swarm seen = new OriginPolicy.Swarm(hopeful, swarm.downloadBytesPerSecond());
    while (true) {
      Optional<OriginPolicy.Run> run =
          OriginPolicy.next(layout, schedule, seen, origins.view(nowMillis));
      if (run.isEmpty()) {
        return;
      }
      commands.add(origins.begin(run.get(), nowMillis));
    }
  }

  /** A piece on its way from the origin is not also asked of peers. */
  private Schedule withoutUnderWay(Schedule schedule) {
    List<PieceDeadline> deadlines =
        schedule.deadlines().stream().filter(d -> !origins.underWay(d.piece())).toList();
    List<Integer> beyond =
        schedule.beyond().stream().filter(piece -> !origins.underWay(piece)).toList();
    return new Schedule(deadlines, beyond);
  }

  BitSet have() {
    return have;
  }

  long bytesFromOrigin() {
    return origins.bytesReceived();
  }

  long duplicateBytes() {
    return origins.duplicateBytes();
  }

  long originBytesPerSecond(long nowMillis) {
    return origins.bytesPerSecond(nowMillis);
  }

  /** The sentence about the origin, while something is wrong with it. */
  @Nullable String originNotice(long nowMillis) {
    StreamException failure = origins.lastFailure();
    return failure != null && !origins.view(nowMillis).available() ? failure.sentence() : null;
  }
}
