package org.peerlet.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.StreamStatus.State;

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
    StreamStatus status =
        new StreamStatus(State.STREAMING, "", 0, spans, 0, 0, 0, 0, 0, 0, 0, null, null, null);
    spans.clear();
    assertThat(status.buffered()).containsExactly(new ByteSpan(0, 10));
  }
}
