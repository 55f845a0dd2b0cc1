package org.peerlet.core.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The date form of HTTP, IMF-fixdate (RFC 9110, 5.6.7). */
final class HttpDate {
  // Not DateTimeFormatter.RFC_1123_DATE_TIME: that writes the first nine days with one digit.
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  /** Fractions of a second are cut off. */
  static String format(Instant instant) {
    return IMF_FIXDATE.format(instant);
  }
}
