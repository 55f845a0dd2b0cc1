package org.peerlet.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HttpDateTest {
  @Test
  void writesWhatTheStandardShows() {
    assertThat(HttpDate.format(Instant.parse("1994-11-06T08:49:37.999Z")))
        .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void writesEachDayAsTheEnglishLocaleDoes() {
    DateTimeFormatter english =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    Instant day = Instant.parse("2026-01-01T00:00:01Z");
    for (int i = 0; i < 800; i++) {
      assertThat(HttpDate.format(day)).isEqualTo(english.format(day));
      day = day.plusSeconds(86_400);
    }
  }
}
