package org.peerlet.jnlp.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.peerlet.fixtures.browser.Browser;
import org.peerlet.fixtures.lab.Program;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.jnlp.page.HostileTexts;

/**
 * The WordPress plugin in PHP, beside as much of WordPress as it uses; Chromium reads the result.
 */
class WordPressIT {
  private static final int TEXTS = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static SwarmLab lab;
  private static Browser browser;

  @BeforeAll
  static void openBrowser() throws InterruptedException {
    lab = SwarmLab.open();
    browser = Browser.open(lab);
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
    lab.close();
  }

  @Test
  void isMadeByWordPress() throws Exception {
    String clip = "https://site.example/my-clip/clip.jnlp";
    JsonNode made =
        wordPress(
            List.of(
                Map.of("clip", clip),
                Map.of(
                    "clip", clip, "video", "https://cdn.example/a.mp4?x=1&y=2", "label", "See it"),
                Map.of("clip", clip, "packages", "https://site.example/player/"),
                Map.of(),
                Map.of("clip", clip, "video", "my-clip.mov", "poster", "still.jpg")));
    assertThat(made.at("/scripts/peerlet-launch").asText())
        .isEqualTo("https://blog.example/wp-content/plugins/peerlet/peerlet-launch.js");
    JsonNode parsed = ParsedHtml.of(browser, html(made));
    JsonNode first = parsed.get(0);
    assertThat(ParsedHtml.names(first)).containsExactly("peerlet-launch", "a");
    assertThat(first.at("/elements/0/attributes"))
        .isEqualTo(
            JSON.valueToTree(
                Map.of(
                    "href", clip,
                    "video", "https://site.example/my-clip/my-clip.mp4",
                    "poster", "https://site.example/my-clip/poster.jpg")));
    assertThat(first.at("/elements/1/attributes/href").asText()).isEqualTo(clip);
    assertThat(first.path("text").asText()).isEqualTo("Play");
    assertThat(parsed.get(1).at("/elements/0/attributes/video").asText())
        .isEqualTo("https://cdn.example/a.mp4?x=1&y=2");
    assertThat(parsed.get(1).path("text").asText()).isEqualTo("See it");
    assertThat(parsed.get(2).at("/elements/0/attributes/packages").asText())
        .isEqualTo("https://site.example/player/");
    assertThat(html(made).get(3)).isEmpty();
    assertThat(parsed.get(4).at("/elements/0/attributes"))
        .isEqualTo(
            JSON.valueToTree(
                Map.of(
                    "href", clip,
                    "video", "https://site.example/my-clip/my-clip.mov",
                    "poster", "https://site.example/my-clip/still.jpg")));
  }

  @Test
  void addsNoNodeWhateverWordPressIsGiven() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("WordPress seed " + seed);
    Random random = new Random(seed);
    List<Map<String, String>> given = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      given.add(
          Map.of(
              "clip", (i % 2 == 0 ? "https://site.example/" : "") + HostileTexts.markup(random),
              "video", HostileTexts.markup(random),
              "poster", HostileTexts.markup(random),
              "packages", HostileTexts.markup(random),
              "label", HostileTexts.markup(random),
              "onclick", HostileTexts.markup(random)));
    }
    JsonNode parsed = ParsedHtml.of(browser, html(wordPress(given)));
    int buttons = 0;
    for (int i = 0; i < TEXTS; i++) {
      JsonNode each = parsed.get(i);
      if (each.path("elements").isEmpty()) {
        continue; // its launch file had no address of the web
      }
      buttons++;
      assertThat(ParsedHtml.names(each))
          .as("%s", given.get(i))
          .containsExactly("peerlet-launch", "a");
      assertThat(each.path("comments").asBoolean()).isFalse();
      for (JsonNode element : each.path("elements")) {
        element
            .path("attributes")
            .properties()
            .forEach(
                attribute -> {
                  assertThat(attribute.getKey()).isIn("href", "video", "poster", "packages");
                  assertThat(attribute.getValue().asText())
                      .doesNotStartWithIgnoringCase("javascript:")
                      .doesNotStartWithIgnoringCase("data:");
                });
      }
    }
    assertThat(buttons).isBetween(TEXTS / 2, TEXTS);
  }

  private static List<String> html(JsonNode made) {
    List<String> html = new ArrayList<>();
    made.path("html").forEach(each -> html.add(each.asText()));
    return html;
  }

  /** Runs the plugin in PHP. */
  private static JsonNode wordPress(List<Map<String, String>> shortcodes)
      throws IOException, InterruptedException {
    Process php =
        new ProcessBuilder(
                Program.PHP.path(),
                "src/test/php/wordpress.php",
                Path.of("src/main/wordpress/peerlet/peerlet.php").toAbsolutePath().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var in = php.getOutputStream()) {
      in.write(JSON.writeValueAsString(shortcodes).getBytes(UTF_8));
    }
    String answer = new String(php.getInputStream().readAllBytes(), UTF_8);
    assertThat(php.waitFor()).as(answer).isZero();
    return JSON.readTree(answer);
  }
}
