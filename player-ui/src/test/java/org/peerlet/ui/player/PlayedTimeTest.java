package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlayedTimeTest {
  @Test
  void countsWhatPassesAndNotWhatIsSkipped() {
    PlayedTime played = new PlayedTime();
    played.at(Duration.ofMillis(100), true);
    played.at(Duration.ofMillis(300), true);
    played.at(Duration.ofMillis(300), false);
    played.jump(Duration.ofSeconds(30));
    played.at(Duration.ofMillis(30_100), true);
    played.at(Duration.ofSeconds(10), true);
    played.at(Duration.ofMillis(10_600), true);
    assertThat(played.seconds()).isEqualTo(1.0);
  }
}
