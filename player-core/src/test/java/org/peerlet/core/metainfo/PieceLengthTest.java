package org.peerlet.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PieceLengthTest {

  @ParameterizedTest
  @CsvSource({
    // bytes, seconds, KiB: 1 Mbit/s is 30 KiB in a quarter of a second, 8 Mbit/s 244 KiB
    "75000000, 600, 32",
    "600000000, 600, 128",
    "629145600, 600, 256",
    "1, 600, 32",
    "1006632960, 60, 4096",
    "1006632959, 60, 2048",
    "100000000000, 60, 4096",
    "7000000000, 100000, 128",
    "600000000, 0, 256",
    "0, 0, 32"
  })
  void isAtMostAQuarterOfASecond(long bytes, double seconds, int kibibytes) {
    assertThat(PieceLength.choose(bytes, seconds)).isEqualTo(kibibytes << 10);
  }
}
