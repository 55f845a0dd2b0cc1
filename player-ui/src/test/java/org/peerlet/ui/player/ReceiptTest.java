package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamStatus;
import org.peerlet.ui.player.StartupTimes.Moment;

class ReceiptTest {
  private static final StreamStatus STATUS =
      new StreamStatus(
          StreamStatus.State.CLOSED,
          "clip.mp4",
          100,
          25_000,
          List.of(new StreamStatus.ByteSpan(0, 40)),
          Duration.ofMillis(7250),
          0,
          false,
          0,
          0,
          new StreamStatus.Bytes(30, 10, 3, 4),
          new StreamStatus.OriginUse(
              Map.of("start", 1, "firstCopy", 2),
              List.of(new StreamStatus.Waiting(7, "peersInTime"))),
          Duration.ofMillis(45),
          null,
          null);

  @TempDir Path folder;

  @Test
  void replacesTheFileAsAWhole() throws IOException {
    Path file = folder.resolve("new").resolve("receipt.json");
    StartupTimes times = new StartupTimes(1000, at(1250));
    times.mark(Moment.JVM);
    Receipt.of(StreamStatus.OPENING, Viewing.NONE, times).write(file);
    Receipt.of(STATUS, new Viewing(12.5, 1, 300, null, null), times).write(file);

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.get("playedSeconds").asDouble()).isEqualTo(12.5);
    assertThat(json.get("rebuffers").asInt()).isEqualTo(1);
    assertThat(json.get("rebufferMillis").asLong()).isEqualTo(300);
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
    Receipt.of(StreamStatus.OPENING, new Viewing(0, 0, 0, "a notice", "why"), times).write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    for (String unknown :
        List.of("firstFrameMillis", "timeToFirstByteMillis", "bufferSeconds", "offload")) {
      assertThat(json.get(unknown).isNull()).as(unknown).isTrue();
    }
    assertThat(json.get("notice").asText()).isEqualTo("a notice");
    assertThat(json.get("failure").asText()).isEqualTo("why");
  }

  @Test
  void saysWhatTheStatusSaid() throws IOException {
    Path file = folder.resolve("receipt.json");
    StartupTimes times = new StartupTimes(1000, at(2400));
    times.mark(Moment.FIRST_FRAME);
    Receipt.of(STATUS, Viewing.NONE, times).write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.get("firstFrameMillis").asLong()).isEqualTo(1400);
    assertThat(json.get("bufferSeconds").asDouble()).isEqualTo(7.25);
    assertThat(json.get("clipBytesPerSecond").asLong()).isEqualTo(25_000);
    assertThat(json.get("bytesFromPeers").asLong()).isEqualTo(30);
    assertThat(json.get("bytesFromOrigin").asLong()).isEqualTo(10);
    assertThat(json.get("bytesDuplicate").asLong()).isEqualTo(3);
    assertThat(json.get("bytesUploaded").asLong()).isEqualTo(4);
    assertThat(json.get("offload").asDouble()).isEqualTo(0.75);
    assertThat(json.get("originPieces").toString()).isEqualTo("{\"firstCopy\":2,\"start\":1}");
    assertThat(json.get("waiting").toString())
        .isEqualTo("[{\"piece\":7,\"verdict\":\"peersInTime\"}]");
    assertThat(json.get("timeToFirstByteMillis").asLong()).isEqualTo(45);
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
