package org.peerlet.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The status line and headers of an answer, and which bytes of the content follow it.
 *
 * @param lines without line ends
 * @param first offset of the first byte of the body
 * @param end offset after the last byte of the body; equal to {@code first} where there is none
 */
record ResponseHead(List<String> lines, long first, long end) {
  ResponseHead {
    lines = List.copyOf(lines);
  }

  /** Answers a request that passed every check. */
  static ResponseHead answer(
      RequestHead request, StreamContent content, boolean keepAlive, Instant now) {
    long lengthBytes = content.lengthBytes();
    String entityTag = content.entityTag();
    Instant lastModified = content.lastModified();
    ByteRange range =
        ByteRange.applies(request.first("If-Range"), entityTag, lastModified)
            ? ByteRange.parse(request.first("Range"), lengthBytes)
            : ByteRange.WHOLE;

    List<String> lines = new ArrayList<>();
    if (range instanceof ByteRange.Unsatisfiable) {
      lines.add("HTTP/1.1 416 Range Not Satisfiable");
      lines.add("Content-Range: bytes */" + lengthBytes);
      lines.add("Content-Length: 0");
      addCommon(lines, keepAlive, now);
      return new ResponseHead(lines, 0, 0);
    }
    long first = 0;
    long end = lengthBytes;
    if (range instanceof ByteRange.Part part) {
      first = part.first();
      end = part.end();
      lines.add("HTTP/1.1 206 Partial Content");
      lines.add("Content-Range: bytes " + first + "-" + (end - 1) + "/" + lengthBytes);
    } else {
      lines.add("HTTP/1.1 200 OK");
    }
    lines.add("Content-Type: " + content.mediaType());
    lines.add("Content-Length: " + (end - first));
    lines.add("Accept-Ranges: bytes");
    lines.add("ETag: " + entityTag);
    lines.add("Last-Modified: " + HttpDate.format(lastModified));
    addCommon(lines, keepAlive, now);
    return new ResponseHead(lines, first, request.head() ? first : end);
  }

  /** Answers a client that knows the secret when too many others do already. */
  static ResponseHead busy(Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add("HTTP/1.1 503 Service Unavailable");
    lines.add("Content-Length: 0");
    lines.add("Retry-After: 1");
    addCommon(lines, false, now);
    return new ResponseHead(lines, 0, 0);
  }

  ByteBuffer bytes() {
    return ByteBuffer.wrap((String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1));
  }

  String status() {
    return lines.get(0).substring("HTTP/1.1 ".length());
  }

  private static void addCommon(List<String> lines, boolean keepAlive, Instant now) {
    lines.add("Date: " + HttpDate.format(now));
    // The clip must not end up in a browser's cache, nor be embedded or guessed at by a page (T2).
    lines.add("Cache-Control: no-store");
    lines.add("Cross-Origin-Resource-Policy: same-origin");
    lines.add("X-Content-Type-Options: nosniff");
    lines.add("Connection: " + (keepAlive ? "keep-alive" : "close"));
  }
}
