package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.TorrentSource;

class StateFileTest {
  @TempDir Path folder;

  @Test
  void tellsOnceASecondAndGoesOnFromThere() throws Exception {
    Path file = folder.resolve("state");
    TorrentSource source = TorrentSource.parse("https://site.example/a/clip.json");
    StateFile first = new StateFile(file);
    assertThat(first.position()).isZero();
    assertThat(first.source()).isEmpty();
    first.tell(Duration.ofMillis(1_200), source, 5_000);
    first.tell(Duration.ofMillis(2_100), source, 5_900);
    await().until(() -> Files.exists(file));
    StateFile second = new StateFile(file);
    assertThat(second.position()).isEqualTo(Duration.ofMillis(1_200));
    assertThat(second.source()).contains(source);
    assertThat(Files.readString(file)).startsWith("{\"window\":true,\"positionMillis\":1200,");
    first.tell(Duration.ofMillis(2_200), source, 6_000);
    await().until(() -> new StateFile(file).position().equals(Duration.ofMillis(2_200)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"positionMillis\":\"x\"}",
        "{\"positionMillis\":-5}",
        "{\"url\":\"file:///etc/clip.json\"}",
        "{\"url\":\"--share\"}"
      })
  void beginsAnewWhereNothingRightWasLeft(String left) throws Exception {
    Path file = Files.writeString(folder.resolve("state"), left);
    StateFile state = new StateFile(file);
    assertThat(state.position()).isZero();
    assertThat(state.source()).isEmpty();
  }
}
