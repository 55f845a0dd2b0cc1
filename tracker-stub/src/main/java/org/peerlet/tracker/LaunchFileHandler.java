package org.peerlet.tracker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Launch files that are asked for with a token ({@code clip.jnlp?launch=TOKEN}): the file with the
 * token in its own address, and a header that says where to ask whether a launcher followed. All
 * other requests are left to the next handler, which serves a launch file as it is.
 */
final class LaunchFileHandler extends Handler.Abstract {
  private final OriginFolder folder;
  private final Launches launches;
  private final LongSupplier nowMillis;

  LaunchFileHandler(OriginFolder folder, Launches launches, LongSupplier nowMillis) {
    this.folder = folder;
    this.launches = launches;
    this.nowMillis = nowMillis;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    boolean head = HttpMethod.HEAD.is(request.getMethod());
    Optional<String> token = Launches.tokenOf(request.getHttpURI().getQuery());
    Optional<String> name =
        Optional.ofNullable(request.getHttpURI().getPath())
            .flatMap(RequestPath::name)
            .filter(each -> each.endsWith(".jnlp"));
    if (!(head || HttpMethod.GET.is(request.getMethod())) || token.isEmpty() || name.isEmpty()) {
      return false;
    }
    Optional<OriginFolder.OpenFile> file = folder.open(name.get());
    if (file.isEmpty()) {
      return false;
    }
    Optional<byte[]> changed;
    try (InputStream in = Channels.newInputStream(file.get().channel())) {
      byte[] bytes = in.readNBytes(LaunchFile.MAX_BYTES + 1);
      changed =
          bytes.length > LaunchFile.MAX_BYTES
              ? Optional.empty()
              : LaunchFile.withToken(bytes, token.get());
    }
    if (changed.isEmpty()) {
      return false;
    }
    HttpFields headers = request.getHeaders();
    launches.asked(token.get(), headers.get(HttpHeader.USER_AGENT), nowMillis.getAsLong());
    Validators validators = Validators.of(file.get().attributes()).variant(token.get());
    send(changed.get(), token.get(), validators, head, headers, response, callback);
    return true;
  }

  private static void send(
      byte[] body,
      String token,
      Validators validators,
      boolean head,
      HttpFields conditions,
      Response response,
      Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Peerlet-Launch", LaunchHandler.PATH + token);
    headers.put(HttpHeader.ETAG, validators.etag());
    headers.put(HttpHeader.LAST_MODIFIED, validators.lastModified());
    // A cache that answered the launcher by itself would keep us from knowing.
    headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
    switch (validators.evaluate(conditions)) {
      case FAILED -> PlainErrors.send(response, HttpStatus.PRECONDITION_FAILED_412, callback);
      case NOT_MODIFIED -> {
        response.setStatus(HttpStatus.NOT_MODIFIED_304);
        response.write(true, null, callback);
      }
      case SEND -> {
        response.setStatus(HttpStatus.OK_200);
        headers.put(HttpHeader.CONTENT_TYPE, ContentTypes.of(".jnlp"));
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
      }
    }
  }
}
