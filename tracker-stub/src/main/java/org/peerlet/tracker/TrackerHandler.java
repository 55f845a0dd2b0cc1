package org.peerlet.tracker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /announce} and {@code /scrape} over HTTP. Always 200 with bencode: clients read no other
 * status.
 */
final class TrackerHandler extends Handler.Abstract {
  private final Tracker tracker;
  private final LongSupplier nowMillis;

  TrackerHandler(Tracker tracker, LongSupplier nowMillis) {
    this.tracker = tracker;
    this.nowMillis = nowMillis;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    boolean announce = "/announce".equals(path);
    if (!announce && !"/scrape".equals(path)) {
      return false;
    }
    if (!HttpMethod.GET.is(request.getMethod())) {
      PlainErrors.methodNotAllowed(response, "GET", callback);
      return true;
    }
    // The raw query: Jetty's parameters are text, and an info-hash is not.
    String query = request.getHttpURI().getQuery();
    InetAddress remote = remote(request);
    byte[] body =
        announce
            ? tracker.announce(query, remote, nowMillis.getAsLong())
            : tracker.scrape(query, remote, nowMillis.getAsLong());
    response.setStatus(HttpStatus.OK_200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static InetAddress remote(Request request) {
    if (request.getConnectionMetaData().getRemoteSocketAddress()
        instanceof InetSocketAddress socket) {
      return socket.getAddress();
    }
    throw new IllegalStateException("only TCP connectors are used");
  }
}
