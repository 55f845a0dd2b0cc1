package org.peerlet.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PieceLengthTest {

  @ParameterizedTest
  @CsvSource({
    // bytes, seconds, KiB: 1 Mbit/s is 61 KiB in half a second, 8 Mbit/s 488 KiB
    "75000000, 600, 32",
    "600000000, 600, 256",
    "629145600, 600, 512",
    "1, 600, 32",
    "100000000000, 60, 4096",
    "7000000000, 100000, 128",
    "600000000, 0, 256",
    "0, 0, 32"
  })
  void isAtMostHalfASecond(long bytes, double seconds, int kibibytes) {
    assertThat(PieceLength.choose(bytes, seconds)).isEqualTo(kibibytes << 10);
  }
}
