package org.peerlet.core.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client. Its own thread does nothing but read: request heads, and while an answer is on its
 * way, the end of the input. A body is written by a second thread, which exists only that long. So
 * a client that goes away is noticed even while the body waits for a piece.
 *
 * <ul>
 *   <li>A client that closes only its sending side while it waits for the body ({@code nc -N})
 *       looks like one that closed altogether, and is treated so. No player does that; nginx drops
 *       such clients too when it passes a body on (its status 499).
 *   <li>A request that is sent before the answer to the last one has ended waits for {@link
 *       #PIPELINE_SECONDS}; then the connection is closed. No player pipelines.
 *   <li>A content that fails half-way closes the connection, the promised length unfulfilled.
 * </ul>
 */
final class Connection implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  // For a client that has the last byte before our thread has noted that it sent it.
  private static final int PIPELINE_SECONDS = 2;

  private final SocketChannel channel;
  private final ServerContext server;
  private final HeadBuffer heads = new HeadBuffer();
  private Future<?> writing = CompletableFuture.completedFuture(null);

  private volatile boolean idle;
  // The following are guarded by this.
  private boolean closed;
  private @Nullable BodyWriter body;
  private @Nullable Future<?> alarm;

  Connection(SocketChannel channel, ServerContext server) {
    this.channel = channel;
    this.server = server;
  }

  /** Whether the last answer has ended and no further request has begun. */
  boolean isIdle() {
    return idle;
  }

  @Override
  public void run() {
    try {
      closeAfter(server.limits().headTimeout());
      serve();
    } catch (BadRequestException e) {
      log.debug("Refused: {}", e.getMessage());
    } catch (IOException | RejectedExecutionException e) {
      log.debug("Connection ended: {}", e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("A request failed", e);
    } finally {
      close();
    }
  }

  /**
   * Closes the socket and ends both threads, at once and without waiting. Bytes that the kernel has
   * taken already still reach the client, then the end: the form of close that JavaFX was measured
   * with. Any thread, any number of times.
   */
  void close() {
    BodyWriter running;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      running = body;
      keepOpen();
    }
    if (running != null) {
      running.close();
    }
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("Close failed: {}", e.getClass().getSimpleName());
    }
    server.connections().remove(this);
  }

  private void serve() throws BadRequestException, IOException, InterruptedException {
    boolean open = true;
    while (open) {
      RequestHead request = heads.take();
      if (request != null) {
        open = answer(request);
      } else {
        open = channel.read(heads.space()) >= 0;
        if (idle) {
          idle = false;
          closeAfter(server.limits().headTimeout());
        }
      }
    }
  }

  /** Returns whether to read on. */
  private boolean answer(RequestHead request)
      throws BadRequestException, IOException, InterruptedException {
    server.guard().check(request);
    Publication publication = server.publications().find(request.target());
    if (publication == null) {
      throw new BadRequestException("unknown path");
    }
    awaitLastAnswer();
    if (!server.connections().prove(this)) {
      send(ResponseHead.busy(Instant.now()));
      return false;
    }
    idle = false;
    keepOpen();
    boolean keepAlive = request.keepAlive();
    ResponseHead response =
        ResponseHead.answer(request, publication.content(), keepAlive, Instant.now());
    log.debug(
        "{} [{}, {}) of {}",
        response.status(),
        response.first(),
        response.end(),
        publication.name());
    // Before a byte of the body is there: JavaFX freezes its window while it waits for headers.
    send(response);
    if (response.first() < response.end()) {
      return startBody(publication, response, keepAlive);
    }
    becomeIdle();
    return keepAlive;
  }

  private boolean startBody(Publication publication, ResponseHead response, boolean keepAlive) {
    BodyWriter writer = new BodyWriter(publication.content(), response.first(), response.end());
    synchronized (this) {
      if (closed) {
        return false;
      }
      body = writer;
    }
    if (!publication.enter(this)) {
      publication.leave(this);
      return false;
    }
    // Even when the connection closes after the answer, this thread goes on watching for its end.
    writing =
        CompletableFuture.runAsync(
            () -> {
              boolean whole = writeBody(writer, publication);
              publication.leave(this);
              if (whole && keepAlive) {
                becomeIdle();
              } else {
                close();
              }
            },
            server.threads());
    return true;
  }

  private boolean writeBody(BodyWriter writer, Publication publication) {
    ByteBuffer buffer = null;
    try {
      buffer = server.buffers().take();
      writer.writeTo(channel, buffer);
      return true;
    } catch (StreamException e) {
      if (e.reason() != Reason.CLOSED) {
        log.info("Reading {} failed: {}: {}", publication.name(), e.reason(), e.sentence());
      }
    } catch (IOException e) {
      log.debug("A client left {}", publication.name());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | OutOfMemoryError e) {
      // Even then the client must see the end, or it would wait for ever.
      log.warn("Reading {} failed", publication.name(), e);
    } finally {
      if (buffer != null) {
        server.buffers().give(buffer);
      }
    }
    return false;
  }

  private void awaitLastAnswer() throws BadRequestException, InterruptedException {
    try {
      writing.get(PIPELINE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new BadRequestException("pipelined request");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(ResponseHead response) throws IOException {
    ByteBuffer bytes = response.bytes();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void becomeIdle() {
    idle = true;
    closeAfter(server.limits().idleTimeout());
  }

  private synchronized void closeAfter(Duration delay) {
    keepOpen();
    if (!closed) {
      alarm = server.timer().schedule(this::close, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private synchronized void keepOpen() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }
}
