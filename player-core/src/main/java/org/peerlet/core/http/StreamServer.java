package org.peerlet.core.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local HTTP/1.1 server that media players read clips from.
 *
 * <p>It listens on 127.0.0.1 only and answers nobody who does not know a clip's secret path;
 * whatever else is asked, or asked wrongly, gets its connection closed without a byte (threats.md
 * T1, T2). Ranges follow nginx, see {@link ByteRange}. Headers are sent before the first byte of
 * the body is there. One thread per connection plus one per running body; all are daemons.
 *
 * <p>Pacing: a body is written as fast as its {@link ContentReader} gives bytes and the client
 * takes them. Beyond what the client has read there are at most one buffer, our send buffer and the
 * client's receive buffer. All methods may be called from any thread.
 */
public final class StreamServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamServer.class);

  // Read from the content at a time. Measured: 2.7 GB/s over loopback from memory.
  private static final int BUFFER_BYTES = 128 * 1024;

  /**
   * What the kernel holds for a client that does not read; Linux doubles it. Left alone it would
   * grow to 4 MiB: bytes that a paused or seeking player never reads but that peers or the origin
   * had to deliver. The client's receive buffer is out of our hands. Measured: a client that never
   * reads takes 0.4 MB, one that pauses after it has read as fast as it could takes 2.9 MB; by so
   * much the read position may lead the player. What needs it exact (JavaFX) is paced in the
   * reader.
   */
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  // A flood waits here, in the kernel; a full queue would delay a right request by a whole second.
  private static final int BACKLOG = 512;

  /** Longer than a thread takes to come out of accept on a machine under load. */
  private static final long ACCEPT_END_MILLIS = 2_000;

  private final ServerSocketChannel listener;
  private final int port;
  private final Publications publications = new Publications();
  private final ConnectionLimits connections;
  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor threads;
  private final ServerContext context;
  private final CountDownLatch acceptEnded = new CountDownLatch(1);

  private StreamServer(ServerSocketChannel listener, int port, ServerLimits limits) {
    this.listener = listener;
    this.port = port;
    this.connections = new ConnectionLimits(limits);
    AtomicInteger count = new AtomicInteger();
    ThreadFactory factory =
        task -> {
          Thread thread = new Thread(task, "stream-" + port + "-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    this.timer = new ScheduledThreadPoolExecutor(1, factory);
    timer.setRemoveOnCancelPolicy(true);
    // Threads are kept for a moment, since players open a connection per seek.
    this.threads =
        new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    this.context =
        new ServerContext(
            new RequestGuard(port),
            publications,
            limits,
            connections,
            new BufferPool(BUFFER_BYTES),
            timer,
            threads);
  }

  /**
   * Starts to listen.
   *
   * @param port in [0, 65535]; 0 takes any free one
   * @throws StreamException with reason {@code PORT_UNAVAILABLE}
   */
  public static StreamServer open(int port) throws StreamException {
    return open(port, ServerLimits.DEFAULT);
  }

  static StreamServer open(int port, ServerLimits limits) throws StreamException {
    ServerSocketChannel listener = listen(port);
    StreamServer server = new StreamServer(listener, listener.socket().getLocalPort(), limits);
    server.threads.execute(server::accept);
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /**
   * Serves a content until {@link #withdraw} or {@link #close}.
   *
   * @param displayName what the last part of the URL is made from, best with its extension
   * @return {@code http://127.0.0.1:PORT/<secret>/<name>}: keep it out of logs
   * @throws IllegalArgumentException if the content's media type or entity tag is not what {@link
   *     StreamContent} promises
   */
  public URI publish(String displayName, StreamContent content) {
    Publication publication = publications.add(displayName, content);
    return URI.create("http://127.0.0.1:" + port + publication.path());
  }

  /** Ends {@link #publish}, and every answer that is on its way. Unknown URIs are ignored. */
  public void withdraw(URI uri) {
    publications.remove(uri);
  }

  /**
   * Closes all connections that are reading this content now, without waiting for anybody; JavaFX
   * needs it before a seek and before dispose. The content stays published.
   */
  public void closeConnections(URI uri) {
    Publication publication = publications.find(uri);
    if (publication != null) {
      publication.closeConnections();
    }
  }

  /**
   * Stops listening and closes all connections, without waiting for their threads to end. Nobody
   * can connect when it returns: the kernel listens until the thread inside accept has left it, so
   * that one is waited for.
   */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      log.debug("Closing the listener failed", e);
    }
    threads.shutdown();
    connections.all().forEach(Connection::close);
    timer.shutdownNow();
    awaitAcceptEnd();
  }

  private void awaitAcceptEnd() {
    try {
      if (!acceptEnded.await(ACCEPT_END_MILLIS, TimeUnit.MILLISECONDS)) {
        log.warn("The port is still being closed");
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private static ServerSocketChannel listen(int port) throws StreamException {
    ServerSocketChannel channel = null;
    try {
      // SO_REUSEADDR is left to the JDK: on for Unix, where it only skips the wait after a restart,
      // off for Windows, where it would let another program take the port.
      channel = ServerSocketChannel.open(StandardProtocolFamily.INET);
      return channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
    } catch (IOException e) {
      if (channel != null) {
        try {
          channel.close();
        } catch (IOException suppressed) {
          e.addSuppressed(suppressed);
        }
      }
      String sentence = "The local port " + port + " can't be used.";
      throw new StreamException(Reason.PORT_UNAVAILABLE, sentence, e);
    }
  }

  private void accept() {
    try {
      acceptUntilClosed();
    } finally {
      acceptEnded.countDown();
    }
  }

  private void acceptUntilClosed() {
    while (listener.isOpen()) {
      try {
        connections.awaitRoom();
        start(listener.accept());
      } catch (ClosedChannelException | RejectedExecutionException e) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException e) {
        log.warn("No connection could be accepted: {}", e.getMessage());
        pause();
      }
    }
  }

  private void start(SocketChannel channel) throws IOException {
    Connection connection = new Connection(channel, context);
    Connection evicted = connections.admit(connection, System.nanoTime());
    if (evicted != null) {
      evicted.close();
    }
    boolean started = false;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
      threads.execute(connection);
      started = true;
    } catch (OutOfMemoryError e) {
      log.warn("No thread for a connection: {}", e.getMessage());
      pause();
    } finally {
      if (!started) {
        connection.close();
      }
    }
  }

  /** Out of file descriptors or threads: trying again at once would only burn the processor. */
  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
