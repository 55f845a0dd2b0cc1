package org.peerlet.ui.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {
  private final DurationText text = new DurationText();

  @ParameterizedTest
  @CsvSource({"20,20000", "20s,20000", "500ms,500", "2m,120000", "1h,3600000", "0,0"})
  void readsNumbersWithUnits(String given, long millis) {
    assertThat(text.convert(given)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1.5s", "1 s", "1d", "20S", "٢s", "1234567890s"})
  void refusesAllElse(String given) {
    assertThatThrownBy(() -> text.convert(given))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + given + "' is no duration such as 20s, 500ms or 2m");
  }

  @Test
  void theLongestFitsWhereItIsCounted() {
    assertThat(text.convert("999999999h").toMillis()).isPositive();
  }
}
