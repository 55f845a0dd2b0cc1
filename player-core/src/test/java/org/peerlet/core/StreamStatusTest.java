package org.peerlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.StreamStatus.Bytes;
import org.peerlet.core.StreamStatus.OriginUse;
import org.peerlet.core.StreamStatus.State;
import org.peerlet.core.StreamStatus.Waiting;

final class StreamStatusTest {
  @Test
  void knowsNothingWhileItOpens() {
    StreamStatus opening = StreamStatus.OPENING;
    assertThat(opening.state()).isEqualTo(State.OPENING);
    assertThat(opening.title()).isEmpty();
    assertThat(opening.buffered()).isEmpty();
    assertThat(opening.timeToFirstByte()).isNull();
    assertThat(opening.notice()).isNull();
    assertThat(opening.failure()).isNull();
  }

  @Test
  void keepsWhyItFailed() {
    StreamException why = new StreamException(Reason.UNREACHABLE, "The source has moved.");
    StreamStatus failed = StreamStatus.of(State.FAILED, why);
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.failure()).isSameAs(why);
  }

  @Test
  void doesNotChangeWithTheListItWasMadeOf() {
    List<ByteSpan> spans = new ArrayList<>(List.of(new ByteSpan(0, 10)));
    StreamStatus status = having(spans, 0);
    spans.clear();
    assertThat(status.buffered()).containsExactly(new ByteSpan(0, 10));
  }

  @Test
  void doesNotChangeWithTheTableItWasMadeOf() {
    Map<String, Integer> pieces = new HashMap<>(Map.of("start", 1, "alone", 2));
    OriginUse use = new OriginUse(pieces, List.of(new Waiting(3, "notNear")));
    pieces.clear();
    assertThat(use.pieces()).hasToString("{alone=2, start=1}");
    assertThatThrownBy(() -> use.pieces().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void tellsWhatTheOriginWasSpared() {
    assertThat(StreamStatus.OPENING.offload()).isNull();
    assertThat(having(List.of(), 500).offload()).isNull();
    List<ByteSpan> spans = List.of(new ByteSpan(0, 2000), new ByteSpan(5000, 6000));
    assertThat(having(spans, 0).bufferedBytes()).isEqualTo(3000);
    assertThat(having(spans, 0).offload()).isEqualTo(1.0);
    assertThat(having(spans, 1000).offload()).isEqualTo(0.667);
    assertThat(having(spans, 3000).offload()).isEqualTo(0.0);
    assertThat(having(spans, 4500).offload()).isEqualTo(-0.5);
  }

  @Test
  void knowsWhereARunOfBytesEnds() {
    List<ByteSpan> spans = List.of(new ByteSpan(10, 20), new ByteSpan(30, 40));
    assertThat(ByteSpan.endOfRun(9, spans)).isEqualTo(9);
    assertThat(ByteSpan.endOfRun(10, spans)).isEqualTo(20);
    assertThat(ByteSpan.endOfRun(19, spans)).isEqualTo(20);
    assertThat(ByteSpan.endOfRun(20, spans)).isEqualTo(20);
    assertThat(ByteSpan.endOfRun(35, spans)).isEqualTo(40);
  }

  private static StreamStatus having(List<ByteSpan> spans, long bytesFromOrigin) {
    return new StreamStatus(
        State.STREAMING,
        "",
        0,
        0,
        spans,
        null,
        0,
        false,
        0,
        0,
        new Bytes(0, bytesFromOrigin, 0, 0),
        OriginUse.NONE,
        null,
        null,
        null);
  }
}
