package org.peerlet.jnlp.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailSheetTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 2000, 1, 1",
    "2000, 1, 2000, 1, 1",
    "2001, 2, 2000, 2, 1",
    "60000, 30, 2000, 10, 3",
    "200000, 100, 2000, 10, 10",
    "7200000, 100, 72000, 10, 10",
    "7200001, 100, 72001, 10, 10"
  })
  void coversTheClip(long millis, int count, long interval, int columns, int rows) {
    ThumbnailSheet sheet = ThumbnailSheet.of(Duration.ofMillis(millis));
    assertThat(sheet.count()).isEqualTo(count);
    assertThat(sheet.intervalMillis()).isEqualTo(interval);
    assertThat(sheet.columns()).isEqualTo(columns);
    assertThat(sheet.rows()).isEqualTo(rows);
    assertThat(sheet.vtt("a.jpg").split("-->", -1)).hasSize(count + 1);
  }

  @Test
  void namesRegions() {
    assertThat(ThumbnailSheet.of(Duration.ofMillis(21_500)).vtt("a.jpg"))
        .startsWith("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\na.jpg#xywh=0,0,160,90\n\n")
        .endsWith("\n\n00:00:20.000 --> 00:00:21.500\na.jpg#xywh=0,90,160,90\n");
  }
}
