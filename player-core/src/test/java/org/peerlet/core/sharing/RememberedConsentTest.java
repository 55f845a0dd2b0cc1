package org.peerlet.core.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RememberedConsentTest {
  @TempDir Path temp;

  @Test
  void hasNoAnswerAtFirst() {
    assertThat(new RememberedConsent(temp.resolve("config")).answer()).isEmpty();
    assertThat(temp.resolve("config")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void remembers(ShareMode mode) {
    Path config = temp.resolve("a/config");
    new RememberedConsent(config).remember(mode);
    assertThat(new RememberedConsent(config).answer()).contains(mode);
  }

  @Test
  void remembersTheLastAnswerAndLeavesNoOtherFile() throws Exception {
    RememberedConsent consent = new RememberedConsent(temp);
    consent.remember(ShareMode.ON);
    consent.remember(ShareMode.OFF);
    assertThat(consent.answer()).contains(ShareMode.OFF);
    try (var files = Files.list(temp)) {
      assertThat(files).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "share",
        "share=",
        "share=maybe",
        "Share=on",
        "share=\\u12",
        "on",
        "share=on off"
      })
  void takesWhatItCannotReadForNoAnswer(String text) throws Exception {
    Files.writeString(temp.resolve("sharing.properties"), text);
    assertThat(new RememberedConsent(temp).answer()).isEmpty();
  }

  @Test
  void takesBytesThatAreNoTextForNoAnswer() throws Exception {
    Files.write(
        temp.resolve("sharing.properties"), "share=on\u00ff".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(new RememberedConsent(temp).answer()).isEmpty();
  }

  @Test
  void takesAFolderForNoAnswer() throws Exception {
    Files.createDirectory(temp.resolve("sharing.properties"));
    assertThat(new RememberedConsent(temp).answer()).isEmpty();
  }

  @Test
  void goesOnWhereNothingCanBeKept() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");
    RememberedConsent consent = new RememberedConsent(file.resolve("config"));
    consent.remember(ShareMode.ON);
    assertThat(consent.answer()).isEmpty();
    Files.createDirectories(temp.resolve("sharing.properties/full"));
    new RememberedConsent(temp).remember(ShareMode.ON);
    try (var files = Files.list(temp)) {
      assertThat(files).hasSize(2);
    }
  }
}
