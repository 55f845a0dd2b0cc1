package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.peerlet.core.engine.Command.AddPiece;
import org.peerlet.core.engine.Command.CancelFetch;
import org.peerlet.core.engine.Command.Fetch;
import org.peerlet.core.engine.Command.Want;
import org.peerlet.core.origin.OriginEvent;
import org.peerlet.core.origin.OriginEvent.Answered;
import org.peerlet.core.origin.OriginEvent.BytesReceived;
import org.peerlet.core.origin.OriginEvent.PieceFetched;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.torrent.SwarmPeer;

/**
 * Four viewers watch the same clip, each with a coordinator of its own: who shares sees what the
 * others have a quarter of a second late, and all share the origin's line. Virtual time alone.
 */
final class SmallCrowdTest {
  private static final int VIEWERS = 4;
  private static final int CROWDS = 20;
  private static final int PIECE = 32 << 10;
  private static final int PIECES = 240;

  /** Four pieces a second: a minute. */
  private static final long RATE = 4 * PIECE;

  private static final long END = (long) PIECES * PIECE;
  private static final long ORIGIN_RATE = 2 * RATE;
  private static final long UPLOAD_RATE = 2 * RATE;
  private static final long STEP_MILLIS = 10;
  private static final long TICK_MILLIS = 100;
  private static final long ORIGIN_LATENCY_MILLIS = 50;
  private static final long TELLING_MILLIS = 250;
  private static final long PEER_LATENCY_MILLIS = 50;

  /** From the start to the tracker's answer, and to the first connection. */
  private static final long ANNOUNCE_MILLIS = 200;

  private static final long CONNECT_MILLIS = 500;
  private static final int PIECES_OF_PEERS_AT_ONCE = 6;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<Viewer> viewers = new ArrayList<>();
  private long originBytes;
  private long now = 5_000_000;
  private final long begin = now;

  /** A request to the origin. */
  private static final class Request {
    final int first;
    final int end;
    final long beganMillis;
    boolean answered;
    long bytes;

    Request(Fetch fetch, long beganMillis) {
      first = fetch.first();
      end = fetch.end();
      this.beganMillis = beganMillis;
    }
  }

  /** A viewer with its player, its line and its requests. */
  private final class Viewer {
    final String name;
    final long startMillis;
    final StreamCoordinator coordinator =
        new StreamCoordinator(new FileLayout(0, END, PIECE, END), 1, RATE, () -> 0.5);
    final long[] haveSince = new long[PIECES];
    final Map<Integer, Request> requests = new TreeMap<>();
    final Map<Integer, Long> coming = new TreeMap<>();
    List<Integer> wanted = List.of();
    long lineFreeAtMillis;
    long bytesFromPeers;
    long position;
    long playedTo;
    boolean moving;
    int stops;

    Viewer(String name, long startMillis) {
      this.name = name;
      this.startMillis = startMillis;
      coordinator.peersAllowed(true, startMillis);
    }

    boolean isConnectedTo(Viewer other) {
      return now - Math.max(startMillis, other.startMillis) >= CONNECT_MILLIS;
    }

    boolean shows(int piece) {
      return coordinator.have().get(piece) && now - haveSince[piece] >= TELLING_MILLIS;
    }

    void verified(int piece) {
      if (!coordinator.have().get(piece)) {
        haveSince[piece] = now;
        coordinator.pieceVerified(piece);
      }
    }

    void play() {
      long most = Math.min(END, playedTo + 15 * RATE);
      position = Math.min(most, (long) coordinator.have().nextClearBit(0) * PIECE);
      if (position - playedTo >= 2 * RATE || position == END) {
        moving = true;
      }
      if (moving) {
        playedTo = Math.min(position, playedTo + RATE * STEP_MILLIS / 1000);
        moving = playedTo < position || playedTo == END;
        stops += moving ? 0 : 1;
      }
    }

    void takeFromPeers() {
      for (Iterator<Map.Entry<Integer, Long>> each = coming.entrySet().iterator();
          each.hasNext(); ) {
        Map.Entry<Integer, Long> next = each.next();
        if (next.getValue() <= now) {
          bytesFromPeers += PIECE;
          verified(next.getKey());
          each.remove();
        }
      }
      for (int piece : wanted) {
        if (coming.size() < PIECES_OF_PEERS_AT_ONCE && !coordinator.have().get(piece)) {
          askPeers(piece);
        }
      }
    }

    private void askPeers(int piece) {
      Viewer soonest = null;
      for (Viewer other : viewers) {
        if (other != this && isConnectedTo(other) && other.shows(piece)) {
          soonest =
              soonest == null || other.lineFreeAtMillis < soonest.lineFreeAtMillis
                  ? other
                  : soonest;
        }
      }
      if (soonest != null && !coming.containsKey(piece)) {
        soonest.lineFreeAtMillis =
            Math.max(now, soonest.lineFreeAtMillis) + PIECE * 1000L / UPLOAD_RATE;
        coming.put(piece, soonest.lineFreeAtMillis + PEER_LATENCY_MILLIS);
      }
    }

    void takeFromOrigin(long share) {
      for (int id : List.copyOf(requests.keySet())) {
        Request request = requests.get(id);
        if (request == null || now - request.beganMillis < ORIGIN_LATENCY_MILLIS) {
          continue;
        }
        if (!request.answered) {
          request.answered = true;
          hear(new Answered(0, Duration.ofMillis(now - request.beganMillis)));
        }
        long all = (long) (request.end - request.first) * PIECE;
        int bytes = (int) Math.min(share, all - request.bytes);
        originBytes += bytes;
        long before = request.bytes / PIECE;
        request.bytes += bytes;
        hear(new BytesReceived(id, bytes));
        if (request.bytes / PIECE > before) {
          hear(new PieceFetched(0, (int) (request.first + before), new byte[PIECE]));
        }
        if (request.bytes == all) {
          requests.remove(id);
          hear(new RequestEnded(id));
        }
      }
    }

    private void hear(OriginEvent event) {
      execute(coordinator.on(event, now));
    }

    void decide() {
      List<SwarmPeer> connected = new ArrayList<>();
      for (Viewer other : viewers) {
        if (other != this && isConnectedTo(other)) {
          connected.add(SwarmScene.sharing(other.name, other.shown()));
        }
      }
      SwarmScene swarm =
          new SwarmScene(
              SwarmScene.sharingId(name),
              connected,
              bytesFromPeers,
              0,
              0,
              now - startMillis >= ANNOUNCE_MILLIS,
              VIEWERS);
      ReaderView reader = new ReaderView(1, position, END, position, false, playedTo, moving);
      execute(coordinator.decide(List.of(reader), swarm.status(), now));
    }

    private BitSet shown() {
      BitSet shown = new BitSet(PIECES);
      for (int piece = 0; piece < PIECES; piece++) {
        shown.set(piece, shows(piece));
      }
      return shown;
    }

    private void execute(List<Command> commands) {
      for (Command command : commands) {
        if (command instanceof Fetch fetch) {
          requests.put(fetch.request(), new Request(fetch, now));
        } else if (command instanceof CancelFetch cancel) {
          if (requests.remove(cancel.request()) != null) {
            hear(new RequestEnded(cancel.request()));
          }
        } else if (command instanceof AddPiece add) {
          verified(add.piece());
        } else if (command instanceof Want want) {
          wanted = want.schedule().deadlines().stream().map(PieceDeadline::piece).toList();
        }
      }
    }
  }

  /** Now and then a crowd has bad luck, and so many are judged together. */
  @Test
  void costsTheSiteAboutOneCopyAndHardlyStops() {
    System.out.println("SmallCrowdTest: -Dseed=" + seed);
    int unlucky = 0;
    double copies = 0;
    for (int crowd = 0; crowd < CROWDS; crowd++) {
      watch();
      unlucky += viewers.stream().anyMatch(each -> each.stops > 1) ? 1 : 0;
      copies += (double) originBytes / END;
    }
    // In 13 of 400 crowds somebody does.
    assertThat(unlucky).as("crowds in which somebody stops twice or more").isLessThanOrEqualTo(5);
    // One crowd draws 1.07 on average, and more than 1.5 once in 300 times.
    assertThat(copies / CROWDS).isBetween(1.0, 1.3);
  }

  /** A crowd watches the clip to its end. */
  private void watch() {
    viewers.clear();
    originBytes = 0;
    now = begin;
    for (int i = 0; i < VIEWERS; i++) {
      viewers.add(new Viewer(random.nextInt(1_000) + "-" + i, begin + random.nextInt(3_000)));
    }
    while (viewers.stream().anyMatch(each -> each.playedTo < END) && now - begin < 180_000) {
      step();
    }
    assertThat(viewers).allMatch(each -> each.playedTo == END);
  }

  private void step() {
    now += STEP_MILLIS;
    List<Viewer> here = viewers.stream().filter(each -> each.startMillis <= now).toList();
    long busy =
        here.stream()
            .flatMap(each -> each.requests.values().stream())
            .filter(request -> now - request.beganMillis >= ORIGIN_LATENCY_MILLIS)
            .count();
    long share = ORIGIN_RATE * STEP_MILLIS / 1000 / Math.max(1, busy);
    for (Viewer viewer : here) {
      viewer.takeFromOrigin(share);
      viewer.takeFromPeers();
      viewer.play();
      if ((now - viewer.startMillis) % TICK_MILLIS < STEP_MILLIS) {
        viewer.decide();
      }
    }
  }
}
