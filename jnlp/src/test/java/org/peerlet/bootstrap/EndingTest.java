package org.peerlet.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndingTest {
  @ParameterizedTest
  @ValueSource(ints = {134, 138, 139, -1073741819})
  void knowsWhenNativeCodeTookItDown(int exitCode) {
    assertThat(new Ending(exitCode, true, false, List.of()).crashed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 130, 137, 143})
  void anyOtherEndIsNoCrash(int exitCode) {
    assertThat(new Ending(exitCode, true, false, List.of()).crashed()).isFalse();
    assertThat(new Ending(exitCode, true, true, List.of()).crashed()).isTrue();
  }

  @Test
  void saysNothingWhenTheViewerSawTheWindow() {
    assertThat(new Ending(1, true, false, List.of()).failure()).isEmpty();
    assertThat(new Ending(0, false, false, List.of()).failure()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x: libgtk-3.so.0: cannot open shared object file | The library libgtk-3.so.0 is missing",
        "Caused by: UnsupportedOperationException: Unable to open DISPLAY | There is no screen",
        "Error initializing QuantumRenderer: no suitable pipeline found | The library libgtk-3",
        "Unable to load glass GTK library. | The library libgtk-3.so.0 is missing",
        "peerlet: The source has moved. | The source has moved.",
        "something else | The player ended before its window was up (code 1)"
      })
  void saysInOneSentenceWhyThereWasNoWindow(String line, String sentence) {
    Ending ending = new Ending(1, false, false, List.of("first", line, "last"));
    assertThat(ending.failure().orElseThrow().sentence(Texts.of(Locale.ENGLISH)))
        .startsWith(sentence)
        .doesNotContain("\n");
  }

  @Test
  void saysThatItCrashed() {
    assertThat(new Ending(139, true, false, List.of()).failure().orElseThrow().key())
        .isEqualTo("player.crashed");
  }
}
