package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per request in the "combined" format of Apache and nginx, which site owners' tools read.
 * Any thread: a line is one append. Rotate it with logrotate's {@code copytruncate}.
 */
final class AccessLog implements RequestLog, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault());

  private final FileChannel file;

  private AccessLog(FileChannel file) {
    this.file = file;
  }

  static AccessLog open(Path file) throws IOException {
    return new AccessLog(
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  @Override
  public void log(Request request, Response response) {
    String line =
        line(
            Request.getRemoteAddr(request),
            Instant.ofEpochMilli(Request.getTimeStamp(request)),
            request.getMethod()
                + ' '
                + request.getHttpURI().getPathQuery()
                + ' '
                + request.getConnectionMetaData().getProtocol(),
            response.getStatus(),
            Response.getContentBytesWritten(response),
            request.getHeaders().get(HttpHeader.REFERER),
            request.getHeaders().get(HttpHeader.USER_AGENT));
    try {
      file.write(ByteBuffer.wrap(line.getBytes(UTF_8)));
    } catch (IOException e) {
      LOG.warn("cannot write the access log: {}", LogText.clean(String.valueOf(e.getMessage())));
    }
  }

  static String line(
      @Nullable String address,
      Instant time,
      String request,
      int status,
      long bytesSent,
      @Nullable String referer,
      @Nullable String userAgent) {
    return "%s - - [%s] %s %d %d %s %s%n"
        .formatted(
            LogText.clean(address == null ? "-" : address),
            TIME.format(time),
            LogText.quoted(request),
            status,
            bytesSent,
            LogText.quoted(referer == null ? "-" : referer),
            LogText.quoted(userAgent == null ? "-" : userAgent));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
