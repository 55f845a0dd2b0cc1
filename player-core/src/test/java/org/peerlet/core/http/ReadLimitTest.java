package org.peerlet.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamStatus.ByteSpan;

final class ReadLimitTest {
  @Test
  void isTheSameForAllPositionsWithoutSpans() {
    ReadLimit limit = new ReadLimit(1_000, List.of());
    assertThat(limit.endFor(0)).isEqualTo(1_000);
    assertThat(limit.endFor(999)).isEqualTo(1_000);
    assertThat(limit.endFor(5_000)).isEqualTo(1_000);
    assertThat(ReadLimit.NONE.endFor(Long.MAX_VALUE - 1)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void letsAnExemptSpanBeReadToItsEnd() {
    ReadLimit limit = new ReadLimit(1_000, List.of(new ByteSpan(5_000, 6_000)));
    assertThat(limit.endFor(4_999)).isEqualTo(1_000);
    assertThat(limit.endFor(5_000)).isEqualTo(6_000);
    assertThat(limit.endFor(5_999)).isEqualTo(6_000);
    assertThat(limit.endFor(6_000)).isEqualTo(1_000);
  }

  @Test
  void isNeverNarrowedByASpan() {
    ReadLimit limit = new ReadLimit(1_000, List.of(new ByteSpan(0, 100), new ByteSpan(900, 1_100)));
    assertThat(limit.endFor(50)).isEqualTo(1_000);
    assertThat(limit.endFor(950)).isEqualTo(1_100);
  }
}
