package org.peerlet.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
  private static final int JAVA_8 = 52;

  @ParameterizedTest
  @CsvSource({
    "1.8, java.old",
    "11, java.old",
    "16, java.old",
    "17, ''",
    "21, ''",
    "22, java.new",
    "25, java.new",
    "garbage, java.old"
  })
  void judgesTheVersionOfJava(String version, String key) {
    assertThat(Bootstrap.wrongJava(version)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bootstrap", "Texts", "Notice"})
  void letsAnOldJavaSayThatItIsTooOld(String name) throws IOException {
    try (InputStream in = Bootstrap.class.getResourceAsStream(name + ".class")) {
      DataInputStream data = new DataInputStream(java.util.Objects.requireNonNull(in));
      data.skipBytes(6);
      assertThat(data.readUnsignedShort()).isEqualTo(JAVA_8);
    }
  }

  @Test
  void saysItInEnglishAndFrench() {
    String english = Texts.of(Locale.GERMANY).text("java.old", "11", 17, 21);
    String french = Texts.of(Locale.CANADA_FRENCH).text("java.old", "11", 17, 21);
    assertThat(english).startsWith("Peerlet needs Java 17 to 21, and this is Java 11");
    assertThat(french).startsWith("Peerlet demande Java 17 à 21, et celui-ci est Java 11");
  }

  @Test
  void makesNoMarkupOfWhatOthersWrote() {
    assertThat(Notice.html("<img src=x>&")).contains(">&lt;img src=x>&amp;<");
  }
}
