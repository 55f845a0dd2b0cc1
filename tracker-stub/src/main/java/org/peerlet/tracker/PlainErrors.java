package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Errors as one line of plain text that echoes nothing of the request. */
final class PlainErrors implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    send(response, response.getStatus(), callback);
    return true;
  }

  static void send(Response response, int status, Callback callback) {
    ByteBuffer body = body(status);
    response.setStatus(status);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
    response.write(true, body, callback);
  }

  /** Refuses a method, and drops the connection: a body may follow, or, after CONNECT, anything. */
  static void methodNotAllowed(Response response, String allowed, Callback callback) {
    response.getHeaders().put(HttpHeader.ALLOW, allowed);
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    send(response, HttpStatus.METHOD_NOT_ALLOWED_405, callback);
  }

  private static ByteBuffer body(int status) {
    return ByteBuffer.wrap((status + " " + HttpStatus.getMessage(status) + "\n").getBytes(UTF_8));
  }
}
