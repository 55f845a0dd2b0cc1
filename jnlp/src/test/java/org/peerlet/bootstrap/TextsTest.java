package org.peerlet.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void bothLanguagesHaveTheSameTextsAndDetails() throws IOException {
    Properties english = read("messages.properties");
    Properties french = read("messages_fr.properties");
    assertThat(french.keySet()).isEqualTo(english.keySet()).hasSizeGreaterThan(10);
    for (String key : english.stringPropertyNames()) {
      assertThat(details(french, key)).as(key).isEqualTo(details(english, key));
      assertThat(french.getProperty(key).replace("''", "")).as(key).doesNotContain("'");
      assertThat(english.getProperty(key).replace("''", "")).as(key).doesNotContain("'");
    }
  }

  private static String details(Properties texts, String key) {
    return Pattern.compile("\\{[0-9]}")
        .matcher(texts.getProperty(key))
        .results()
        .map(found -> found.group())
        .sorted()
        .distinct()
        .collect(Collectors.joining());
  }

  private static Properties read(String name) throws IOException {
    Properties texts = new Properties();
    try (var in = Objects.requireNonNull(Texts.class.getResourceAsStream(name))) {
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return texts;
  }
}
