package org.peerlet.tracker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running tracker and origin. Any thread may call it. Its threads are daemons: it lives until
 * {@link #close} or the end of the program.
 */
public final class TrackerServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrackerServer.class);

  /** A few suffice, since a body that waits for its client holds none. */
  private static final int MAX_THREADS = 32;

  /**
   * A process has 1024 file descriptors by default, and a download takes two. More connections wait
   * in the backlog.
   */
  private static final int MAX_CONNECTIONS = 480;

  /** As nginx's {@code send_timeout}: a paused player may leave its connection full for a while. */
  private static final long IDLE_MILLIS = 60_000;

  private static final int MAX_HEADER_BYTES = 8 << 10;

  private final Server server;
  private final BytesSent bytesSent;
  private final @Nullable AccessLog accessLog;
  private final URI origin;

  private TrackerServer(
      Server server, BytesSent bytesSent, @Nullable AccessLog accessLog, URI origin) {
    this.server = server;
    this.bytesSent = bytesSent;
    this.accessLog = accessLog;
    this.origin = origin;
  }

  /**
   * Starts listening; when this returns, requests are answered.
   *
   * @throws java.nio.file.NotDirectoryException if the folder is none
   * @throws java.nio.file.NoSuchFileException if the folder is not there
   * @throws java.net.UnknownHostException if the host has no address
   * @throws IOException if the port is taken, or the folder or the access log cannot be opened
   */
  public static TrackerServer open(Options options) throws IOException {
    LongSupplier nowMillis = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    Path path = options.folder();
    OriginFolder folder = path == null ? null : OriginFolder.open(path, nowMillis);
    InetAddress address = InetAddress.getByName(options.host());
    BytesSent bytesSent = new BytesSent();

    Predicate<InfoHash> tracked =
        options.openTracker() || folder == null ? any -> true : folder::lists;
    // Who knows the seed of the choice could place itself in every answer.
    SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    Tracker tracker = new Tracker(options.interval(), tracked, random);

    Path logPath = options.accessLog();
    AccessLog accessLog = logPath == null ? null : AccessLog.open(logPath);
    Server server = new Server(threads());
    ServerConnector connector = connector(server, address, options.port());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    server.setErrorHandler(new PlainErrors());
    if (accessLog != null) {
      server.setRequestLog(accessLog);
    }
    Handler.Sequence handlers = new Handler.Sequence();
    handlers.addHandler(new NoSniff());
    handlers.addHandler(new TrackerHandler(tracker, nowMillis));
    if (folder == null) {
      handlers.addHandler(new NotFound());
    } else {
      Launches launches = new Launches();
      handlers.addHandler(new LaunchHandler(launches, nowMillis));
      handlers.addHandler(new LaunchFileHandler(folder, launches, nowMillis));
      handlers.addHandler(new OriginHandler(folder, bytesSent));
    }
    server.setHandler(handlers);

    URI origin = start(server, connector, address, accessLog);
    LOG.info(
        "serving {} at {}", path == null ? "no folder" : LogText.clean(path.toString()), origin);
    return new TrackerServer(server, bytesSent, accessLog, origin);
  }

  /**
   * The origin's root, ending in a slash. For a server that listens on all addresses, the loopback
   * one.
   */
  public URI origin() {
    return origin;
  }

  /** The announce URL to put into torrents. */
  public URI announce() {
    return origin.resolve("announce");
  }

  /** Payload bytes of files handed to the network so far, headers not counted. */
  public long bytesSent() {
    return bytesSent.total();
  }

  /** The same by file name ({@code clips/a.mp4}); files never asked for are missing. */
  public Map<String, Long> bytesSentByFile() {
    return bytesSent.byName();
  }

  /** Stops listening and drops all connections. Safe to repeat. */
  @Override
  public void close() {
    stop(server, accessLog);
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
    threads.setName("peerlet-serve");
    threads.setDaemon(true);
    return threads;
  }

  private static ServerConnector connector(Server server, InetAddress address, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    // Jetty refuses escapes that could confuse a mapping of paths to files ("100%25.mp4"). There is
    // no such mapping here: names
    // are looked up in a map, from the raw path, by our own strict decoder.
    http.setUriCompliance(UriCompliance.UNSAFE);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  private static URI start(
      Server server, ServerConnector connector, InetAddress address, @Nullable AccessLog accessLog)
      throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      stop(server, accessLog);
      throw e instanceof IOException failure ? failure : new IOException(e);
    }
    InetAddress reachable =
        address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    String text = String.valueOf(reachable.getHostAddress());
    String host = text.contains(":") ? "[" + text + "]" : text;
    return URI.create("http://" + host + ":" + connector.getLocalPort() + "/");
  }

  private static void stop(Server server, @Nullable AccessLog accessLog) {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("stopping was not clean", e);
    }
    IO.close(accessLog);
  }

  /** Passes every request on with the header that keeps browsers from guessing types. */
  private static final class NoSniff extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().put("X-Content-Type-Options", "nosniff");
      return false;
    }
  }

  private static final class NotFound extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      PlainErrors.send(response, HttpStatus.NOT_FOUND_404, callback);
      return true;
    }
  }
}
