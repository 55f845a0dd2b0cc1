package org.peerlet.core.origin;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** What an origin answered, and whether it can be used. */
final class OriginAnswer {
  private static final String PLAIN = "identity";

  private final HttpResponse<InputStream> response;

  OriginAnswer(HttpResponse<InputStream> response) {
    this.response = response;
  }

  InputStream body() {
    return response.body();
  }

  /** Bytes of the file, from the range that was asked for. */
  boolean isPart() {
    return response.statusCode() == 206 && encoding().equals(PLAIN);
  }

  /** Bytes of an encoded form of the file, which mean nothing without those before them. */
  boolean isEncodedPart() {
    return response.statusCode() == 206 && !encoding().equals(PLAIN);
  }

  /**
   * The bytes of the whole file, decoded.
   *
   * @throws RefusedException if the answer is not the whole file
   */
  InputStream wholeBody() throws IOException, RefusedException {
    if (response.statusCode() != 200) {
      throw refused();
    }
    return switch (encoding()) {
      case PLAIN -> response.body();
      case "gzip", "x-gzip" -> new GZIPInputStream(response.body());
      default ->
          throw RefusedException.forGood(
              Reason.UNREACHABLE,
              "The source is misconfigured: it sends the video as "
                  + Shown.field(encoding())
                  + ".");
    };
  }

  private String encoding() {
    return header("Content-Encoding").orElse(PLAIN).toLowerCase(Locale.ROOT);
  }

  private Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /**
   * Checks that the part is the one that was asked for, of the file that was published.
   *
   * @throws RefusedException if it isn't
   */
  void requireRange(long partFirst, long fileLength) throws RefusedException {
    String range = header("Content-Range").orElse("");
    if (!range.startsWith("bytes " + partFirst + "-")) {
      throw RefusedException.forGood(
          Reason.UNREACHABLE, "The source is misconfigured: it sends another range than asked.");
    }
    String total = range.substring(range.indexOf('/') + 1).strip();
    if (!total.equals("*") && !total.equals(Long.toString(fileLength))) {
      throw RefusedException.forGood(
          Reason.CONTENT_DIFFERS, "The source differs from what was published.");
    }
  }

  private RefusedException refused() {
    int status = response.statusCode();
    if (status == 429 || status >= 500) {
      Optional<Duration> retryAfter = header("Retry-After").flatMap(OriginAnswer::retryAfter);
      String again = retryAfter.map(wait -> ", again in " + wait.toSeconds() + " s").orElse("");
      return new RefusedException(
          new StreamException(
              Reason.UNREACHABLE, "The source is busy (" + status + ")" + again + "."),
          false,
          retryAfter);
    }
    return switch (status) {
      case 416 -> RefusedException.forGood(Reason.CONTENT_DIFFERS, "The source has changed.");
      case 401, 403, 404, 410 ->
          RefusedException.forGood(Reason.UNREACHABLE, "The source has moved (" + status + ").");
      default ->
          RefusedException.forGood(
              Reason.UNREACHABLE, "The source is misconfigured (status " + status + ").");
    };
  }

  /** Seconds or a date (RFC 9110, 10.2.3). */
  private static Optional<Duration> retryAfter(String value) {
    try {
      if (value.strip().matches("[0-9]{1,6}")) {
        return Optional.of(Duration.ofSeconds(Integer.parseInt(value.strip())));
      }
      ZonedDateTime date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(ZonedDateTime.now(date.getZone()), date);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }
}
