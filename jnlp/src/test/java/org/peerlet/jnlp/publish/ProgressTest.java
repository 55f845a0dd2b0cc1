package org.peerlet.jnlp.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long nanos;

  private String printed() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void barIsDrawnTenTimesASecondAndCleared() {
    ProgressBar bar = new ProgressBar(out, () -> nanos);
    bar.at("hashing a.mp4", 0, 2_000_000);
    assertThat(printed())
        .isEqualTo("\r\u001b[K[" + "-".repeat(24) + "]   0 %  hashing a.mp4 (2.0 MB)");
    nanos = 99_999_999;
    bar.at("hashing a.mp4", 1_000_000, 2_000_000);
    assertThat(printed()).isEmpty();
    nanos = 100_000_000;
    bar.at("hashing a.mp4", 1_000_000, 2_000_000);
    assertThat(printed()).contains("[############------------]  50 %");
    bar.done();
    assertThat(printed()).isEqualTo("\r\u001b[K");
    bar.done();
    assertThat(printed()).isEmpty();
  }

  @Test
  void linesComeAsAStepBeginsAndEveryTenSeconds() {
    ProgressLines lines = new ProgressLines(out, () -> nanos);
    lines.at("copying a.mp4", 0, 2000);
    lines.at("copying a.mp4", 500, 2000);
    assertThat(printed()).isEqualTo("copying a.mp4 (2.0 kB)\n");
    nanos = 10_000_000_000L;
    lines.at("copying a.mp4", 1000, 2000);
    assertThat(printed()).isEqualTo("copying a.mp4: 50 %\n");
    lines.at("hashing a.mp4", 0, 2000);
    assertThat(printed()).isEqualTo("hashing a.mp4 (2.0 kB)\n");
  }
}
