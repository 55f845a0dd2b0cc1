package org.peerlet.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlNameTest {
  @ParameterizedTest
  @CsvSource({
    "clip.mp4, clip.mp4",
    "Big Buck Bunny (2008).mp4, Big-Buck-Bunny-2008.mp4",
    "Épisode n°1.webm, Episode-n-1.webm",
    "動画.mp4, clip.mp4",
    "../../etc/passwd, clip.etc-passwd",
    "'a?b#c%41&d=\"<x>\".mp4', a-b-c-41-d-x.mp4",
    "'', clip",
    "..., clip",
    "'%00\u202egpj.exe', 00-gpj.exe",
  })
  void keepsOnlyHarmlessLetters(String displayName, String expected) {
    assertThat(UrlName.of(displayName)).isEqualTo(expected);
  }

  @Test
  void cutsTheStartOfALongNameAndKeepsItsExtension() {
    assertThat(UrlName.of("x".repeat(300) + ".mp4")).hasSize(80).endsWith("x.mp4");
  }
}
