package org.peerlet.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestDepthTest {
  /** 64 KiB/s more is one block more. */
  @ParameterizedTest
  @CsvSource({
    "0, 3",
    "65536, 3",
    "131071, 3",
    "131072, 4",
    "1048576, 18",
    "32636928, 500",
    "999999999, 500"
  })
  void asksAQuarterSecondInAdvance(long bytesPerSecond, int blocks) {
    assertThat(RequestDepth.of(bytesPerSecond, 4, 0, 2)).isEqualTo(blocks);
  }

  @Test
  void isDeeperAtOnceAndShallowerOnlyWhereItMatters() {
    assertThat(RequestDepth.of(1 << 20, 1, 3_999, 17)).isEqualTo(18);
    assertThat(RequestDepth.of(1 << 20, 1, 3_999, 25)).isEqualTo(25);
    assertThat(RequestDepth.of(1 << 20, 1, 3_999, 26)).isEqualTo(18);
    assertThat(RequestDepth.of(0, 1, 3_999, 4)).isEqualTo(4);
    assertThat(RequestDepth.of(0, 1, 3_999, 5)).isEqualTo(3);
  }

  /** From five peers on; and again one more when they are few. */
  @ParameterizedTest
  @CsvSource({"0, 2", "65536, 2", "131072, 3", "1048576, 17", "999999999, 500"})
  void asksOneLessInACrowd(long bytesPerSecond, int blocks) {
    assertThat(RequestDepth.of(bytesPerSecond, 5, 0, 2)).isEqualTo(blocks);
    assertThat(RequestDepth.of(0, 5, 0, 3)).isEqualTo(2);
    assertThat(RequestDepth.of(0, 4, 0, 2)).isEqualTo(3);
  }

  @Test
  void isModestWithMuchInHandUnlessPeersAreFast() {
    assertThat(RequestDepth.of(150_000, 1, 3_999, 5)).isEqualTo(5);
    assertThat(RequestDepth.of(150_000, 1, 4_000, 5)).isEqualTo(2);
    assertThat(RequestDepth.of(6 << 16, 1, Long.MAX_VALUE, 5)).isEqualTo(2);
    assertThat(RequestDepth.of(7 << 16, 1, Long.MAX_VALUE, 5)).isEqualTo(9);
    assertThat(RequestDepth.of(100_000, 1, 3_999, 2)).isEqualTo(3);
  }
}
