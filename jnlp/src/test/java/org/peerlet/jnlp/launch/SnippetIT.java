package org.peerlet.jnlp.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.ClipManifest;
import org.peerlet.fixtures.browser.Browser;
import org.peerlet.fixtures.browser.Page;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.jnlp.page.HostileTexts;

/** The button's HTML, from Java and from the documents, as Chromium reads it. */
class SnippetIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int TEXTS = 1000;

  @TempDir private static Path folder;
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
  void addsNoNodeWhateverTheTextsAre() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("snippet seed " + seed);
    Random random = new Random(seed);
    List<String> labels = new ArrayList<>();
    List<String> html = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      labels.add(HostileTexts.markup(random));
      ClipManifest.Subtitles subtitles =
          new ClipManifest.Subtitles(
              URI.create("x.vtt"), HostileTexts.markup(random), HostileTexts.markup(random));
      html.add(
          new LaunchButton(
                  URI.create("clip.jnlp?a=1&b='"),
                  Optional.of(URI.create("clip.mp4")),
                  Optional.empty(),
                  Optional.empty(),
                  List.of(subtitles))
              .html(labels.get(i)));
    }
    JsonNode parsed = ParsedHtml.of(browser, html);
    for (int i = 0; i < TEXTS; i++) {
      JsonNode each = parsed.get(i);
      assertThat(ParsedHtml.names(each))
          .as(html.get(i))
          .containsExactly("peerlet-launch", "a", "track");
      assertThat(each.path("text").asText()).isEqualTo(labels.get(i).strip());
      assertThat(each.path("comments").asBoolean()).isFalse();
      assertThat(each.at("/elements/0/attributes/href").asText()).isEqualTo("clip.jnlp?a=1&b='");
      assertThat(each.at("/elements/2/attributes").size()).isEqualTo(4);
    }
  }

  @Test
  void worksAsTheDocumentsSay() throws Exception {
    String document = Files.readString(Path.of("../docs/launch-button.md"));
    Matcher snippet = Pattern.compile("(?s)```html\n(.*?)```").matcher(document);
    assertThat(snippet.find()).isTrue();
    String html = "<!doctype html><html lang=en><title>A clip</title>" + snippet.group(1);
    ClipSite.write(folder, "clip/snippet.html", html.replace("my-clip.mp4", "clip.mp4"));
    try (ClipSite site = ClipSite.open(folder);
        Page page = browser.newPage()) {
      page.open(site.uri("clip/snippet.html"));
      page.await(Button.LAUNCH, SOON);
      page.click(Button.HERE);
      page.await(Button.VIDEO + ".currentTime > 0", SOON);
      assertThat(page.policyViolations()).isEmpty();
    }
  }
}
