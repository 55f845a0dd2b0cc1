package org.peerlet.core.origin;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * GET requests that check every address before they go there, redirects included. Safe for several
 * threads; requests wait on the calling thread.
 *
 * <ul>
 *   <li>Interrupting that thread ends the wait for the headers, but not a read of the body: only
 *       closing the body does (Java 17).
 *   <li>The time-outs end with the headers. A body is watched by {@link #read}, or by its reader.
 * </ul>
 */
public final class CheckedHttp implements AutoCloseable {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** A file behind a load balancer takes one or two; more is a loop. */
  private static final int MAX_REDIRECTS = 3;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(4);

  /** To the end of the headers. */
  private static final Duration HEADERS_TIMEOUT = Duration.ofSeconds(5);

  private static final long LOOK_MILLIS = 500;

  private final AddressPolicy policy;
  // Runs the client's own work.
  private final ExecutorService executor = Executors.newCachedThreadPool(OriginFetcher::thread);
  private final Set<WatchedBody> reading = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private @Nullable HttpClient client;

  public CheckedHttp(AddressPolicy policy) {
    this.policy = policy;
  }

  /** Made with the first request: it takes a tenth of a second, and a clip may have no origin. */
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              // HTTP/2 over plain text would cost each first request an upgrade.
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECT_TIMEOUT)
              .executor(executor)
              .build();
    }
    return client;
  }

  /**
   * Asks for a URL, or a range of it.
   *
   * @param range first and last byte, both inclusive, as HTTP counts
   * @return any answer; a redirect only where it can't be followed: the fourth in a row, or one to
   *     nowhere. Its body must be closed
   * @throws StreamException when there is no answer, or the address is refused
   */
  public HttpResponse<InputStream> get(URI url, Optional<InclusiveRange> range)
      throws StreamException, InterruptedException {
    URI target = url;
    int redirects = 0;
    while (true) {
      requireHttp(target);
      policy.check(target);
      HttpResponse<InputStream> response = send(target, range);
      Optional<URI> next = redirectTarget(target, response);
      if (next.isEmpty() || redirects == MAX_REDIRECTS) {
        return response;
      }
      closeQuietly(response.body());
      target = next.get();
      redirects++;
    }
  }

  /**
   * Reads a body to its end, or so many bytes of it, on the calling thread.
   *
   * @throws IOException when the connection breaks, when no byte comes for four seconds, and when
   *     this is closed
   */
  public byte[] read(InputStream body, int maxBytes) throws IOException {
    WatchedBody watched = new WatchedBody(body, System::nanoTime);
    ScheduledExecutorService watchdog =
        Executors.newSingleThreadScheduledExecutor(OriginFetcher::thread);
    reading.add(watched);
    try {
      if (closed) {
        throw new IOException("closed");
      }
      var unused =
          watchdog.scheduleWithFixedDelay(
              watched::breakIfStalled, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return watched.read(maxBytes);
    } finally {
      reading.remove(watched);
      watchdog.shutdownNow();
    }
  }

  /** A range of an HTTP request; the one place where the end is inclusive (RFC 9110, 14.1.2). */
  public record InclusiveRange(long first, long last) {}

  private static void requireHttp(URI target) throws StreamException {
    String scheme = target.getScheme();
    if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
      throw new StreamException(
          Reason.ADDRESS_REFUSED,
          "The source is misconfigured: it leads to " + Shown.field(target.toString()));
    }
  }

  private HttpResponse<InputStream> send(URI target, Optional<InclusiveRange> range)
      throws StreamException, InterruptedException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target)
              .timeout(HEADERS_TIMEOUT)
              .header("User-Agent", "Peerlet/0.1")
              .header("Accept-Encoding", "identity");
      range.ifPresent(r -> request.header("Range", "bytes=" + r.first() + "-" + r.last()));
      return client().send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException | IllegalArgumentException failed) {
      throw unreachable(target, failed);
    }
  }

  private static Optional<URI> redirectTarget(URI from, HttpResponse<InputStream> response) {
    if (!REDIRECTS.contains(response.statusCode())) {
      return Optional.empty();
    }
    try {
      return response.headers().firstValue("Location").map(from::resolve);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  static StreamException unreachable(URI target, @Nullable Exception failed) {
    String host = Shown.field(String.valueOf(target.getHost()));
    if (failed instanceof SSLException) {
      return new StreamException(
          Reason.UNREACHABLE, "The connection to " + host + " is not secure.", failed);
    }
    if (failed instanceof HttpTimeoutException) {
      return new StreamException(
          Reason.UNREACHABLE, "The server " + host + " does not answer.", failed);
    }
    if (failed instanceof ConnectException) {
      return new StreamException(
          Reason.UNREACHABLE, "The server " + host + " can't be reached.", failed);
    }
    return new StreamException(Reason.UNREACHABLE, "The connection to " + host + " broke.", failed);
  }

  /** Ends what is under way, but for bodies that others read; nothing can be asked for any more. */
  @Override
  public void close() {
    closed = true;
    reading.forEach(WatchedBody::breakNow);
    executor.shutdownNow();
  }

  static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException alreadyBroken) {
      // Nothing was expected from it any more.
    }
  }
}
