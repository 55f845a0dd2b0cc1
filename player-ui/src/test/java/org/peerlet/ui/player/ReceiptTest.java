package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.ui.player.StartupTimes.Moment;

class ReceiptTest {
  @TempDir Path folder;

  @Test
  void replacesTheFileAsAWhole() throws IOException {
    Path file = folder.resolve("new").resolve("receipt.json");
    StartupTimes times = new StartupTimes(1000, at(1250));
    times.mark(Moment.JVM);
    new Receipt(null, 0, 0, 0, 0, 0, 0, 0, times.table(), null, "why").write(file);
    new Receipt(1400L, 12.5, 1, 300, 10, 20, 3, 4, times.table(), null, null).write(file);

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.get("firstFrameMillis").asLong()).isEqualTo(1400);
    assertThat(json.get("playedSeconds").asDouble()).isEqualTo(12.5);
    assertThat(json.get("startup").get("jvmMillis").asLong()).isEqualTo(250);
    assertThat(json.get("failure").isNull()).isTrue();
    try (var files = Files.list(folder.resolve("new"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void hasNoFirstFrameWhereNoneWasShown() throws IOException {
    Path file = folder.resolve("receipt.json");
    StartupTimes times = new StartupTimes(0, at(5));
    new Receipt(null, 0, 0, 0, 0, 0, 0, 0, times.table(), "a notice", "why").write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.get("firstFrameMillis").isNull()).isTrue();
    assertThat(json.get("failure").asText()).isEqualTo("why");
  }

  @Test
  void countsEachMomentOnce() {
    StartupTimes times = new StartupTimes(1000, at(1800));
    assertThat(times.millis(Moment.FIRST_FRAME)).isEmpty();
    times.mark(Moment.FIRST_FRAME);
    times.mark(Moment.FIRST_FRAME);
    assertThat(times.millis(Moment.FIRST_FRAME)).hasValue(800);
    assertThat(times).hasToString("firstFrame 800 ms");
  }

  private static Clock at(long millis) {
    return Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }
}
