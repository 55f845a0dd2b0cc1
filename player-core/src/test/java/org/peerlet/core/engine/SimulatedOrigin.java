package org.peerlet.core.engine;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.origin.OriginEvent;
import org.peerlet.core.schedule.FileLayout;

/** The site: answers every request at once, over one line that all requests share. */
final class SimulatedOrigin {
  /** The headers' packet, which waits for its share of the line like any other. */
  private static final int HEAD_BYTES = 1_500;

  /** As {@code CheckedHttp} waits for headers. */
  private static final long HEADERS_TIMEOUT_MILLIS = 5_000;

  private static final byte[] NO_DATA = {};

  private final VirtualTime time;
  private final FileLayout layout;
  private final SharedLine line;
  private long bodyBytes;
  private int failures;

  SimulatedOrigin(VirtualTime time, FileLayout layout, double bytesPerSecond) {
    this.time = time;
    this.layout = layout;
    this.line = new SharedLine(time, bytesPerSecond);
  }

  /** A request under way. */
  final class Request {
    private final SimulatedViewer asker;
    private final Command.Fetch what;
    private final long beganMillis = time.nowMillis();
    private int next;
    private long sentBytes;
    private long toldBytes;
    private boolean answered;
    private boolean inBody;
    private boolean over;
    private SharedLine.@Nullable Transfer transfer;

    private Request(SimulatedViewer asker, Command.Fetch what) {
      this.asker = asker;
      this.what = what;
      this.next = what.first();
      time.afterMillis(CrowdSimulation.ONE_WAY_MILLIS, this::arrived);
      time.afterMillis(HEADERS_TIMEOUT_MILLIS, this::giveUp);
    }

    int id() {
      return what.request();
    }

    private void arrived() {
      if (!over) {
        transfer = line.begin(HEAD_BYTES, this::answer);
      }
    }

    private void answer() {
      time.afterMillis(
          CrowdSimulation.ONE_WAY_MILLIS,
          () -> {
            answered = true;
            tell(
                new OriginEvent.Answered(
                    what.origin(), Duration.ofMillis(time.nowMillis() - beganMillis)));
          });
      inBody = true;
      sendNext();
    }

    private void sendNext() {
      transfer = line.begin(layout.pieceSize(next), this::sent);
    }

    private void sent() {
      int piece = next++;
      transfer = null;
      sentBytes += layout.pieceSize(piece);
      bodyBytes += layout.pieceSize(piece);
      long soFar = sentBytes;
      time.afterMillis(CrowdSimulation.ONE_WAY_MILLIS, () -> fetched(piece, soFar));
      if (next < what.end()) {
        sendNext();
      }
    }

    private void fetched(int piece, long soFar) {
      tellBytes(soFar);
      tell(new OriginEvent.PieceFetched(what.origin(), piece, NO_DATA));
      if (piece + 1 == what.end()) {
        end();
      }
    }

    /** Tells of the part of a piece that has come. */
    void progress() {
      SharedLine.Transfer now = transfer;
      if (answered && now != null) {
        tellBytes(sentBytes + (long) line.sentOf(now));
      }
    }

    private void tellBytes(long soFar) {
      if (!over && soFar > toldBytes) {
        int bytes = (int) (soFar - toldBytes);
        toldBytes = soFar;
        tell(new OriginEvent.BytesReceived(what.request(), bytes));
      }
    }

    private void giveUp() {
      if (!over && !answered) {
        failures++;
        stop();
        tell(
            new OriginEvent.RequestFailed(
                what.request(),
                what.origin(),
                new StreamException(Reason.UNREACHABLE, "The source does not answer."),
                false,
                Optional.empty()));
        end();
      }
    }

    /** What is on its way meanwhile was sent for nothing. */
    void cancel() {
      time.afterMillis(CrowdSimulation.ONE_WAY_MILLIS, this::stop);
      time.afterMillis(1, this::end);
    }

    private void stop() {
      SharedLine.Transfer now = transfer;
      if (now != null) {
        transfer = null;
        bodyBytes += inBody ? (long) line.sentOf(now) : 0;
        line.stop(now);
      }
      next = what.end();
    }

    private void end() {
      if (!over) {
        tell(new OriginEvent.RequestEnded(what.request()));
        over = true;
        asker.ended(this);
      }
    }

    private void tell(OriginEvent event) {
      if (!over) {
        asker.on(event);
      }
    }
  }

  Request fetch(SimulatedViewer asker, Command.Fetch what) {
    return new Request(asker, what);
  }

  /** Of all bodies, as an access log would count them. */
  long bodyBytes() {
    return bodyBytes;
  }

  /** Requests that got no answer in time. */
  int failures() {
    return failures;
  }
}
