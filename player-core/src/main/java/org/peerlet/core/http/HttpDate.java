package org.peerlet.core.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The date form of HTTP, IMF-fixdate (RFC 9110, 5.6.7). */
final class HttpDate {
  // Not DateTimeFormatter.RFC_1123_DATE_TIME: that writes the first nine days with one digit. The
  // names stand here, since reading a locale's takes longer than the rest of a first answer.
  private static final DateTimeFormatter IMF_FIXDATE =
      new DateTimeFormatterBuilder()
          .appendText(
              ChronoField.DAY_OF_WEEK, names("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
          .appendLiteral(", ")
          .appendValue(ChronoField.DAY_OF_MONTH, 2)
          .appendLiteral(' ')
          .appendText(
              ChronoField.MONTH_OF_YEAR,
              names(
                  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                  "Dec"))
          .appendPattern(" uuuu HH:mm:ss 'GMT'")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  /** Fractions of a second are cut off. */
  static String format(Instant instant) {
    return IMF_FIXDATE.format(instant);
  }

  private static Map<Long, String> names(String... inOrder) {
    Map<Long, String> byNumber = new HashMap<>();
    List.of(inOrder).forEach(name -> byNumber.put(byNumber.size() + 1L, name));
    return byNumber;
  }
}
