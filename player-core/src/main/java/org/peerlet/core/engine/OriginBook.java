package org.peerlet.core.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.origin.OriginEvent;
import org.peerlet.core.origin.OriginHealth;
import org.peerlet.core.schedule.BandwidthMeter;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.schedule.OriginRun;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.Schedule;

/** What is known of the origins and of the requests to them. Lives on the engine thread. */
final class OriginBook {
  /** A guess until the first answer: a server on the same continent. */
  private static final long FIRST_LATENCY_MILLIS = 100;

  /**
   * A piece that was handed over is announced within milliseconds; after this it is asked again.
   */
  private static final long SETTLE_MILLIS = 2_000;

  /** Of a request; a server that takes longer is busy, or gone. */
  private static final long OVERDUE_MILLIS = 2_000;

  private final FileLayout layout;
  private final DoubleSupplier jitter;
  private final List<OriginHealth> healths = new ArrayList<>();
  private final NavigableMap<Integer, Request> requests = new TreeMap<>();
  private final Map<Integer, Long> deliveredAtMillis = new HashMap<>();
  private final BandwidthMeter meter = new BandwidthMeter();

  /**
   * By a clock that stands while nothing flows: an idle origin is not a slow one, and one that is
   * far away may still be fast.
   */
  private final BandwidthMeter speed = new BandwidthMeter();

  private long busyMillis;
  private long busySinceMillis;
  private int nextRequest;
  private long latencyMillis = FIRST_LATENCY_MILLIS;
  private long bytesReceived;
  private long duplicateBytes;
  private @Nullable StreamException lastFailure;

  /** A request under way. */
  private static final class Request {
    final int origin;
    int first;
    int end;
    boolean wholeFile;
    boolean failed;
    boolean cancelled;
    // Whether bytes have come.
    boolean flows;
    // Of the first piece that is still to come.
    long partialBytes;
    final long beganMillis;

    Request(int origin, int first, int end, long beganMillis) {
      this.beganMillis = beganMillis;
      this.origin = origin;
      this.first = first;
      this.end = end;
    }

    boolean holds(int piece) {
      return first <= piece && piece < end;
    }

    boolean holdsAllOf(Request other) {
      return first <= other.first && other.end <= end;
    }
  }

  OriginBook(FileLayout layout, int originCount, DoubleSupplier jitter) {
    this.layout = layout;
    this.jitter = jitter;
    for (int i = 0; i < originCount; i++) {
      healths.add(new OriginHealth());
    }
    speed.add(0, 0);
  }

  /** A piece that was handed over and never announced may be asked for again. */
  void expire(long nowMillis) {
    deliveredAtMillis.values().removeIf(at -> nowMillis - at >= SETTLE_MILLIS);
  }

  /** The origins as the policy sees them. */
  OriginPolicy.Origin view(long nowMillis) {
    return new OriginPolicy.Origin(
        available(nowMillis).isPresent(),
        speed.bytesPerSecond(busyMillis(nowMillis)),
        latencyMillis,
        requests.size(),
        pendingBytes());
  }

  private long pendingBytes() {
    long pending = 0;
    for (Request request : requests.values()) {
      if (request.wholeFile) {
        continue; // nobody waits for its end
      }
      for (int piece = request.first; piece < request.end; piece++) {
        pending += layout.pieceSize(piece);
      }
      pending -= request.partialBytes;
    }
    return pending;
  }

  /** Whether a piece was handed over a moment ago. */
  private boolean isDelivered(int piece, long nowMillis) {
    Long at = deliveredAtMillis.get(piece);
    return at != null && nowMillis - at < SETTLE_MILLIS;
  }

  /** One that may be asked; one that sends the whole file would begin it anew. */
  private Optional<Integer> available(long nowMillis) {
    for (int i = 0; i < healths.size(); i++) {
      if (healths.get(i).available(nowMillis) && !sendsWholeFile(i)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private boolean sendsWholeFile(int origin) {
    return requests.values().stream()
        .anyMatch(request -> request.origin == origin && request.wholeFile && !request.cancelled);
  }

  private long busyMillis(long nowMillis) {
    return isFlowing() ? busyMillis + nowMillis - busySinceMillis : busyMillis;
  }

  private boolean isFlowing() {
    return requests.values().stream().anyMatch(request -> request.flows);
  }

  /** Notes a request that will be made now. */
  Command.Fetch begin(OriginRun run, long nowMillis) {
    int origin = available(nowMillis).orElseThrow();
    int id = nextRequest++;
    requests.put(id, new Request(origin, run.first(), run.end(), nowMillis));
    return new Command.Fetch(id, origin, run.first(), run.end());
  }

  /** Notes what happened; returns the piece that should be handed to the torrent, if any. */
  Optional<OriginEvent.PieceFetched> note(OriginEvent event, BitSet have, long nowMillis) {
    if (event instanceof OriginEvent.BytesReceived received) {
      bytesReceived += received.bytes();
      Request request = requests.get(received.request());
      if (request != null) {
        if (!isFlowing()) {
          busySinceMillis = nowMillis;
        }
        request.flows = true;
        request.partialBytes += received.bytes();
      }
      meter.add(received.bytes(), nowMillis);
      speed.add(received.bytes(), busyMillis(nowMillis));
    } else if (event instanceof OriginEvent.Answered answered) {
      latencyMillis = (latencyMillis + answered.latency().toMillis()) / 2;
    } else if (event instanceof OriginEvent.PieceFetched fetched) {
      return fetched(fetched, have, nowMillis);
    } else if (event instanceof OriginEvent.WholeFileComes whole) {
      wholeFileComes(whole);
    } else if (event instanceof OriginEvent.RequestFailed failed) {
      failed(failed, nowMillis);
    } else if (event instanceof OriginEvent.RequestEnded ended) {
      ended(ended.request(), nowMillis);
    }
    return Optional.empty();
  }

  private Optional<OriginEvent.PieceFetched> fetched(
      OriginEvent.PieceFetched fetched, BitSet have, long nowMillis) {
    requests.values().stream()
        .filter(request -> request.first == fetched.piece())
        .forEach(
            request -> {
              request.first++;
              request.partialBytes = 0;
            });
    // Of a lost origin, the last failure is why the stream may have to end; of one that waits, why
    // nothing comes once this request has ended.
    if (healths.get(fetched.origin()).available(nowMillis)) {
      lastFailure = null;
    }
    if (have.get(fetched.piece()) || isDelivered(fetched.piece(), nowMillis)) {
      duplicateBytes += layout.pieceSize(fetched.piece());
      return Optional.empty();
    }
    deliveredAtMillis.put(fetched.piece(), nowMillis);
    return Optional.of(fetched);
  }

  private void wholeFileComes(OriginEvent.WholeFileComes whole) {
    Request request = requests.get(whole.request());
    if (request != null) {
      request.first = whole.first();
      request.end = whole.end();
      request.wholeFile = true;
    }
  }

  private void failed(OriginEvent.RequestFailed failed, long nowMillis) {
    Request request = requests.get(failed.request());
    if (request != null) {
      request.failed = true;
    }
    lastFailure = failed.failure();
    healths
        .get(failed.origin())
        .failed(failed.lasting(), failed.retryAfter(), nowMillis, jitter.getAsDouble());
  }

  private void ended(int id, long nowMillis) {
    long busy = busyMillis(nowMillis);
    Request request = requests.remove(id);
    if (request == null) {
      return;
    }
    if (!isFlowing()) {
      busyMillis = busy;
    }
    if (!request.failed && !request.cancelled) {
      healths.get(request.origin).succeeded();
    }
  }

  /** A piece was verified or rejected: it is no longer on its way. */
  void settled(int piece) {
    deliveredAtMillis.remove(piece);
  }

  /** Whether a piece is on its way from an origin, but has been for longer than it should. */
  boolean overdue(int piece, long nowMillis) {
    return requests.values().stream()
        .anyMatch(
            request -> request.holds(piece) && nowMillis - request.beganMillis > OVERDUE_MILLIS);
  }

  /** Whether a piece is on its way from an origin. */
  boolean underWay(int piece) {
    return deliveredAtMillis.containsKey(piece)
        || requests.values().stream().anyMatch(request -> request.holds(piece));
  }

  /**
   * Whether a piece is on its way from an origin and need not be asked of anybody else: one that
   * sends the whole file may come to it long after it is needed.
   */
  boolean comesInTime(PieceDeadline wanted, long nowMillis) {
    return deliveredAtMillis.containsKey(wanted.piece())
        || requests.values().stream()
            .anyMatch(
                request ->
                    request.holds(wanted.piece()) && reachesInTime(request, wanted, nowMillis));
  }

  private boolean reachesInTime(Request request, PieceDeadline wanted, long nowMillis) {
    if (!request.wholeFile || !request.flows) {
      return true;
    }
    long bytes = (wanted.piece() + 1L - request.first) * layout.pieceLength();
    long millis = bytes * 1000 / Math.max(1, bytesPerSecond(nowMillis));
    return millis <= Math.max(wanted.deadlineMillis(), OVERDUE_MILLIS);
  }

  /**
   * Requests to cancel, each named once: those of which no piece is wanted any more, since the
   * reader went elsewhere or peers were faster, and those whose pieces another one brings with the
   * whole file. One that brings the whole file goes on, since the next would start it from the
   * beginning.
   */
  List<Integer> cancelUnwanted(Schedule schedule) {
    List<Integer> unwanted = new ArrayList<>();
    // The younger first: of two that bring the whole file, the older is further on.
    requests
        .descendingMap()
        .forEach(
            (id, request) -> {
              boolean wanted =
                  request.wholeFile
                      || schedule.deadlines().stream().anyMatch(d -> request.holds(d.piece()));
              if (!request.cancelled && (!wanted || isBroughtByAnother(request))) {
                request.cancelled = true;
                unwanted.add(id);
              }
            });
    return unwanted;
  }

  private boolean isBroughtByAnother(Request request) {
    return requests.values().stream()
        .anyMatch(
            other ->
                other != request
                    && other.wholeFile
                    && !other.cancelled
                    && other.holdsAllOf(request));
  }

  /** Whether there is no origin, or none that asking again could help. */
  boolean allLost() {
    return healths.stream().allMatch(OriginHealth::lost);
  }

  @Nullable StreamException lastFailure() {
    return lastFailure;
  }

  long bytesReceived() {
    return bytesReceived;
  }

  long duplicateBytes() {
    return duplicateBytes;
  }

  long bytesPerSecond(long nowMillis) {
    return meter.bytesPerSecond(nowMillis);
  }
}
