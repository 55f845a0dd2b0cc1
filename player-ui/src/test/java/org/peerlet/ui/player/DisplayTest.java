package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

class DisplayTest {
  @Test
  void isMissedBeforeAnythingStarts() {
    StreamException none =
        catchThrowableOfType(StreamException.class, () -> Display.check("Linux", Map.of()));
    assertThat(none.reason()).isEqualTo(Reason.NO_DISPLAY);
    assertThat(none.sentence()).startsWith("There is no display");
  }

  @Test
  void isTakenForGrantedElsewhere() {
    assertThatCode(() -> Display.check("Windows 11", Map.of())).doesNotThrowAnyException();
    assertThatCode(() -> Display.check("Linux", Map.of("DISPLAY", ":0")))
        .doesNotThrowAnyException();
  }
}
