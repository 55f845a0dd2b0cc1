package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchFileTest {
  private static final String TOKEN = "0123456789abcdef".repeat(2);

  private static Optional<String> withToken(String jnlp) {
    return LaunchFile.withToken(jnlp.getBytes(UTF_8), TOKEN).map(bytes -> new String(bytes, UTF_8));
  }

  /** {@code @} stands where the token belongs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<jnlp href=\"clip.jnlp@\"/>",
        "<jnlp href='clip.jnlp@'></jnlp>",
        "<jnlp spec=\"1.0+\" codebase=\"https://site.example/é/\"   href = \"clip.jnlp@\" x='y'>é",
        "\ufeff<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<!-- <jnlp href=\"no\"> --> <jnlp href='é@'>",
        "<jnlp a='href=\"no\"' xhref=\"no\" href=\"yes@\" href2=\"no\"><resources><jar"
            + " href=\"no\"/>",
      })
  void putsTheTokenIntoTheFilesOwnAddress(String jnlp) {
    assertThat(withToken(jnlp.replace("@", ""))).contains(jnlp.replace("@", "?launch=" + TOKEN));
  }

  @Test
  void addsToAQueryThatIsThere() {
    assertThat(withToken("<jnlp href=\"clip.jnlp?v=2\">"))
        .contains("<jnlp href=\"clip.jnlp?v=2&amp;launch=" + TOKEN + "\">");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<jnlp>",
        "<jnlp",
        "<jnlp ",
        "<jnlp href",
        "<jnlp href=>",
        "<jnlp href=\"",
        "<jnlp href=\"a'>",
        "<jnlp href=a>",
        "<jnlp codebase=\"a\"><jar href=\"a.jar\"/></jnlp>",
        "<jnlp/ href=\"a\">",
        "<jnlpx href=\"a\">",
        "<x><jnlp href=\"a\"/></x>",
        "<!-- <jnlp href=\"a\">",
        "<?xml <jnlp href=\"a\">",
        "text <jnlp href=\"a\">",
      })
  void leavesAnythingElseAlone(String jnlp) {
    assertThat(withToken(jnlp)).isEmpty();
  }

  @Test
  void isNotHeldUpByOddFiles() {
    for (String part : new String[] {" ", "<!--", "<!---->", "<?", "<?a?>", "a='b' ", "a=", "\""}) {
      String odd = part.repeat(LaunchFile.MAX_BYTES / part.length());
      for (String text : new String[] {odd, "<jnlp " + odd}) {
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(2), () -> withToken(text)))
            .isEmpty();
      }
    }
  }
}
