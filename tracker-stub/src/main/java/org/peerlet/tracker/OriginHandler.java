package org.peerlet.tracker;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;

/**
 * The files of an {@link OriginFolder} over GET and HEAD, with conditions and single ranges. A body
 * is read as fast as the client takes it, through one pooled buffer, and holds no thread while it
 * waits.
 */
final class OriginHandler extends Handler.Abstract {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final String INDEX = "index.html";

  /**
   * What a published page needs, and no more: its own files. No script or style inside a page, no
   * plug-in, no frame around it but the site's own.
   */
  private static final String CONTENT_POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'self'";

  private final OriginFolder folder;
  private final BytesSent bytesSent;

  OriginHandler(OriginFolder folder, BytesSent bytesSent) {
    this.folder = folder;
    this.bytesSent = bytesSent;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    boolean head = HttpMethod.HEAD.is(request.getMethod());
    if (!head && !HttpMethod.GET.is(request.getMethod())) {
      PlainErrors.methodNotAllowed(response, "GET, HEAD", callback);
      return true;
    }
    String path = request.getHttpURI().getPath();
    Optional<String> asked = Optional.ofNullable(path).flatMap(RequestPath::name);
    String name = asked.map(OriginHandler::withIndex).orElse("");
    Optional<OriginFolder.OpenFile> file = folder.open(name);
    if (file.isPresent()) {
      send(name, file.get(), head, request, response, callback);
    } else if (asked.isPresent() && folder.has(asked.get() + "/" + INDEX)) {
      // The page's own links are relative to its folder.
      String query = request.getHttpURI().getQuery();
      response
          .getHeaders()
          .put(HttpHeader.LOCATION, path + "/" + (query == null ? "" : "?" + query));
      PlainErrors.send(response, HttpStatus.MOVED_PERMANENTLY_301, callback);
    } else {
      PlainErrors.send(response, HttpStatus.NOT_FOUND_404, callback);
    }
    return true;
  }

  private static String withIndex(String name) {
    return name.isEmpty() || name.endsWith("/") ? name + INDEX : name;
  }

  private void send(
      String name,
      OriginFolder.OpenFile file,
      boolean head,
      Request request,
      Response response,
      Callback callback) {
    Callback closing = Callback.from(callback, () -> IO.close(file.channel()));
    long sizeBytes = file.attributes().size();
    Validators validators = Validators.of(file.attributes());
    HttpFields conditions = request.getHeaders();
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.ETAG, validators.etag());
    headers.put(HttpHeader.LAST_MODIFIED, validators.lastModified());

    switch (validators.evaluate(conditions)) {
      case FAILED -> PlainErrors.send(response, HttpStatus.PRECONDITION_FAILED_412, closing);
      case NOT_MODIFIED -> {
        response.setStatus(HttpStatus.NOT_MODIFIED_304);
        response.write(true, null, closing);
      }
      case SEND -> {
        headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
        String range =
            validators.rangeApplies(conditions) ? conditions.get(HttpHeader.RANGE) : null;
        RangeRequest wanted = RangeRequest.of(range, sizeBytes);
        if (wanted instanceof RangeRequest.Unsatisfiable) {
          headers.put(HttpHeader.CONTENT_RANGE, "bytes */" + sizeBytes);
          PlainErrors.send(response, HttpStatus.RANGE_NOT_SATISFIABLE_416, closing);
          return;
        }
        long first = 0;
        long end = sizeBytes;
        response.setStatus(HttpStatus.OK_200);
        if (wanted instanceof RangeRequest.Part part) {
          first = part.first();
          end = part.end();
          response.setStatus(HttpStatus.PARTIAL_CONTENT_206);
          // HTTP ranges are inclusive.
          headers.put(
              HttpHeader.CONTENT_RANGE, "bytes " + first + "-" + (end - 1) + "/" + sizeBytes);
        }
        String type = ContentTypes.of(name);
        headers.put(HttpHeader.CONTENT_TYPE, type);
        if (ContentTypes.isPage(type)) {
          headers.put("Content-Security-Policy", CONTENT_POLICY);
        }
        headers.put(HttpHeader.CONTENT_LENGTH, end - first);
        if (head || first == end) {
          response.write(true, null, closing);
        } else {
          copy(file, first, end, bytesSent.of(name), request, response, closing);
        }
      }
    }
  }

  private static void copy(
      OriginFolder.OpenFile file,
      long first,
      long end,
      LongAdder sent,
      Request request,
      Response response,
      Callback callback) {
    ByteBufferPool pool = request.getComponents().getByteBufferPool();
    Content.Source source =
        Content.Source.from(
            new ByteBufferPool.Sized(pool, true, BUFFER_BYTES), file.channel(), first, end - first);
    Content.Sink counting =
        (boolean last, ByteBuffer bytes, Callback written) -> {
          // Before the write, so that who has received the bytes finds them counted.
          sent.add(bytes == null ? 0 : bytes.remaining());
          response.write(last, bytes, written);
        };
    Content.copy(source, counting, callback);
  }
}
