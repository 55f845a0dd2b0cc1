package org.peerlet.ui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.StreamStatus.Bytes;
import org.peerlet.core.StreamStatus.OriginUse;
import org.peerlet.core.StreamStatus.State;
import org.peerlet.core.StreamStatus.Waiting;

class StatusJsonTest {
  @Test
  void saysAllThatIsKnown() throws JsonProcessingException {
    StreamStatus status =
        new StreamStatus(
            State.STREAMING,
            "clip.mp4",
            100,
            25_000,
            List.of(new ByteSpan(0, 30), new ByteSpan(50, 60)),
            Duration.ofMillis(7250),
            2,
            true,
            300,
            400,
            new Bytes(32, 10, 3, 4),
            new OriginUse(
                Map.of("start", 1, "firstCopy", 2),
                List.of(new Waiting(7, "peersInTime"), new Waiting(8, "notNear"))),
            Duration.ofMillis(45),
            "a notice",
            new StreamException(Reason.UNREACHABLE, "The site is gone."));
    assertThat(json(status))
        .isEqualTo(
            "{\"state\":\"streaming\",\"title\":\"clip.mp4\",\"lengthBytes\":100,"
                + "\"bufferedBytes\":40,\"bufferSeconds\":7.25,\"clipBytesPerSecond\":25000,"
                + "\"peers\":2,\"downloadBytesPerSecond\":300,\"uploadBytesPerSecond\":400,"
                + "\"bytesFromPeers\":32,\"bytesFromOrigin\":10,\"bytesDuplicate\":3,"
                + "\"bytesUploaded\":4,\"offload\":0.75,"
                + "\"originPieces\":{\"firstCopy\":2,\"start\":1},"
                + "\"waiting\":[{\"piece\":7,\"verdict\":\"peersInTime\"},"
                + "{\"piece\":8,\"verdict\":\"notNear\"}],"
                + "\"timeToFirstByteMillis\":45,\"notice\":\"a notice\","
                + "\"failure\":\"The site is gone.\"}");
  }

  @Test
  void leavesOutWhatIsNotKnown() throws JsonProcessingException {
    assertThat(json(StreamStatus.OPENING))
        .contains("\"originPieces\":{},\"waiting\":[]")
        .doesNotContain("bufferSeconds", "offload", "timeToFirstByteMillis", "notice", "failure");
  }

  @Test
  void countsAClosedClipAsNoFailure() throws JsonProcessingException {
    StreamException closed = new StreamException(Reason.CLOSED, "The clip was closed.");
    assertThat(json(StreamStatus.of(State.CLOSED, closed)))
        .contains("\"state\":\"closed\"")
        .doesNotContain("failure");
  }

  private static String json(StreamStatus status) throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(StatusJson.of(status));
  }
}
