package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /launches/TOKEN}: whether the click with this token was followed by a launcher. 404 for a
 * token that is none, or not known any more; other paths are left to others.
 */
final class LaunchHandler extends Handler.Abstract {
  static final String PATH = "/launches/";

  private final Launches launches;
  private final LongSupplier nowMillis;

  LaunchHandler(Launches launches, LongSupplier nowMillis) {
    this.launches = launches;
    this.nowMillis = nowMillis;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    if (path == null
        || !path.startsWith(PATH)
        || !Launches.isToken(path.substring(PATH.length()))) {
      return false;
    }
    boolean head = HttpMethod.HEAD.is(request.getMethod());
    if (!head && !HttpMethod.GET.is(request.getMethod())) {
      PlainErrors.methodNotAllowed(response, "GET, HEAD", callback);
      return true;
    }
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Optional<Boolean> launched =
        launches.isLaunched(path.substring(PATH.length()), nowMillis.getAsLong());
    if (launched.isEmpty()) {
      PlainErrors.send(response, HttpStatus.NOT_FOUND_404, callback);
      return true;
    }
    byte[] body = ("{\"launched\":" + launched.get() + "}\n").getBytes(UTF_8);
    response.setStatus(HttpStatus.OK_200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, head ? null : ByteBuffer.wrap(body), callback);
    return true;
  }
}
