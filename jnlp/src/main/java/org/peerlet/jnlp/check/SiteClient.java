package org.peerlet.jnlp.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** Fetches what a site serves, as browsers and players do. One thread. */
final class SiteClient {
  private static final Duration TIME = Duration.ofSeconds(20);

  /** As much as a player asks for before it knows anything. */
  private static final int FIRST_BYTES = 64 << 10;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIME).build();

  /**
   * A whole small file.
   *
   * @param type its content type begins with; empty for any
   * @throws StreamException {@code UNREACHABLE} for any answer but 200 with that type
   */
  byte[] get(URI url, String type) throws StreamException {
    HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(url).timeout(TIME).build());
    String told = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() != 200) {
      throw unfit(url, "is answered with " + answer.statusCode());
    }
    if (!told.startsWith(type)) {
      throw unfit(url, "has the type " + Shown.field(told) + " instead of " + type);
    }
    return answer.body();
  }

  /**
   * Asks for a video's first bytes, by a range.
   *
   * @return length of the whole file
   * @throws StreamException {@code UNREACHABLE} for any answer but that range
   */
  long firstRange(URI url) throws StreamException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(TIME)
            .header("Range", "bytes=0-" + (FIRST_BYTES - 1))
            .build();
    HttpResponse<byte[]> answer = send(request);
    String range = answer.headers().firstValue("Content-Range").orElse("");
    if (answer.statusCode() != 206 || !range.matches("bytes 0-\\d{1,6}/\\d{1,18}")) {
      throw unfit(url, "is not served by ranges");
    }
    long length = Long.parseLong(range.substring(range.indexOf('/') + 1));
    if (answer.body().length != Math.min(FIRST_BYTES, length)) {
      throw unfit(url, "is not served whole");
    }
    return length;
  }

  /**
   * The first bytes of a stream that is being played.
   *
   * @param count at least as many come
   */
  byte[] first(URI url, long count, Duration time) throws StreamException {
    HttpRequest request =
        HttpRequest.newBuilder(url).timeout(time).header("Range", "bytes=0-" + (count - 1)).build();
    HttpResponse<byte[]> answer = send(request);
    if (answer.statusCode() != 206 || answer.body().length != count) {
      throw unfit(url, "does not play");
    }
    return answer.body();
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws StreamException {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException broken) {
      throw new StreamException(
          Reason.UNREACHABLE, shown(request.uri()) + " can't be fetched.", broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StreamException(Reason.CLOSED, "The check was interrupted.", stopped);
    }
  }

  private static StreamException unfit(URI url, String why) {
    return new StreamException(Reason.UNREACHABLE, shown(url) + " " + why + ".");
  }

  private static String shown(URI url) {
    return Shown.field(url.getPath());
  }
}
