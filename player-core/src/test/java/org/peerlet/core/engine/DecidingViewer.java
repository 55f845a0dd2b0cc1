package org.peerlet.core.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.peerlet.core.engine.Command.Fetch;
import org.peerlet.core.engine.Command.Want;
import org.peerlet.core.origin.OriginEvent.BytesReceived;
import org.peerlet.core.origin.OriginEvent.PieceFetched;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmStatus;
import org.peerlet.core.torrent.WishedPieces;

/**
 * A viewer in the middle of a clip, in virtual time, whose decisions are timed by the processor
 * time of their thread. It decides as often as the engine: ten times a second, and for each piece.
 */
final class DecidingViewer {
  private static final int PIECE = 256 << 10;
  private static final long BYTES_PER_SECOND = 1_000_000;
  private static final long TICK_MILLIS = 100;
  private static final int SECONDS = 300;

  /** Until the compiler has seen everything often enough. */
  private static final int WARM_UP_SECONDS = 120;

  private static final int PEERS = 20;
  private static final int POLL_MILLIS = 250;
  private static final long READ_AHEAD = 15 * BYTES_PER_SECOND;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final StreamCoordinator coordinator;
  private final int startPiece;
  private final byte[] data = new byte[PIECE];
  private final long length;
  private final Deque<Fetch> fetches = new ArrayDeque<>();
  private final long[] nanos = new long[100 * SECONDS];
  private SwarmStatus swarm = SwarmStatus.NONE;
  private WishedPieces wished = WishedPieces.NONE;
  private long bytesFromPeers;
  private double credit;
  private int decisions;
  private long nowMillis = 5_000_000;

  DecidingViewer(int pieces) {
    length = (long) pieces * PIECE;
    startPiece = pieces / 4;
    coordinator =
        new StreamCoordinator(
            new FileLayout(0, length, PIECE, length), 1, BYTES_PER_SECOND, () -> 0.5);
    coordinator.peersAllowed(true, nowMillis);
    for (int piece = 0; piece < startPiece; piece++) {
      coordinator.pieceVerified(piece);
    }
  }

  void play() {
    for (long tick = 0; tick < (WARM_UP_SECONDS + SECONDS) * 1000 / TICK_MILLIS; tick++) {
      if (tick * TICK_MILLIS == WARM_UP_SECONDS * 1000) {
        decisions = 0;
      }
      long position = (long) startPiece * PIECE + tick * TICK_MILLIS * BYTES_PER_SECOND / 1000;
      if (tick * TICK_MILLIS % POLL_MILLIS < TICK_MILLIS) {
        swarm = swarm(position);
      }
      decide(position);
      originAnswers(position);
      peersBring(position);
      nowMillis += TICK_MILLIS;
    }
  }

  /** Others are up to ten seconds behind and nine ahead, so that pieces are held, or ranked. */
  private SwarmStatus swarm(long position) {
    SwarmPeer[] peers = new SwarmPeer[PEERS];
    for (int i = 0; i < PEERS; i++) {
      int end = (int) ((position + (i - PEERS / 2) * BYTES_PER_SECOND) / PIECE);
      peers[i] = SwarmScene.sharing("p" + i, SwarmScene.pieces(Math.max(0, end - 400), end));
    }
    return SwarmScene.of(peers).brought(bytesFromPeers).counted(PEERS + 1).status();
  }

  private void decide(long position) {
    long read = Math.min(length, position + READ_AHEAD);
    int gap = coordinator.have().nextClearBit((int) (position / PIECE));
    long at = Math.min(read, Math.max(position, (long) gap * PIECE));
    List<ReaderView> readers = List.of(new ReaderView(1, at, length, at, false, position, true));
    long began = THREADS.getCurrentThreadCpuTime();
    List<Command> commands = coordinator.decide(readers, swarm, nowMillis);
    for (Command command : commands) {
      if (command instanceof Want want) {
        wished =
            WishedPieces.of(want.schedule(), nowMillis, BYTES_PER_SECOND, PIECE, this::someoneHas);
      } else if (command instanceof Fetch fetch) {
        fetches.add(fetch);
      }
    }
    nanos[decisions++] = THREADS.getCurrentThreadCpuTime() - began;
  }

  private boolean someoneHas(int piece) {
    return swarm.connected().stream().anyMatch(peer -> peer.near().get(piece));
  }

  private void originAnswers(long position) {
    for (Fetch fetch = fetches.poll(); fetch != null; fetch = fetches.poll()) {
      for (int piece = fetch.first(); piece < fetch.end(); piece++) {
        coordinator.on(new BytesReceived(fetch.request(), PIECE), nowMillis);
        coordinator.on(new PieceFetched(fetch.origin(), piece, data), nowMillis);
        coordinator.pieceVerified(piece);
        decide(position);
      }
      coordinator.on(new RequestEnded(fetch.request()), nowMillis);
    }
  }

  private void peersBring(long position) {
    credit = Math.min(PIECE, credit + BYTES_PER_SECOND * TICK_MILLIS / 1000.0);
    List<Integer> next = new ArrayList<>(wished.hurried());
    next.addAll(wished.anyOrder());
    for (int piece : next) {
      if (credit >= PIECE && !coordinator.have().get(piece) && someoneHas(piece)) {
        credit -= PIECE;
        bytesFromPeers += PIECE;
        coordinator.pieceVerified(piece);
        decide(position);
      }
    }
  }

  double decisionsPerSecond() {
    return decisions / (double) SECONDS;
  }

  /** Processor time a second of the clip. */
  double shareOfACore() {
    return Arrays.stream(nanos, 0, decisions).sum() / 1e9 / SECONDS;
  }

  double microsADecision() {
    return Arrays.stream(nanos, 0, decisions).average().orElse(0) / 1000;
  }

  double microsBelow(double share) {
    long[] sorted = Arrays.stream(nanos, 0, decisions).sorted().toArray();
    return sorted[(int) (share * (decisions - 1))] / 1000.0;
  }

  Map<OriginPolicy.Reason, Integer> asked() {
    return coordinator.asked();
  }
}
