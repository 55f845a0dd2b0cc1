package org.peerlet.jnlp.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.fixtures.browser.Browser;
import org.peerlet.fixtures.browser.Page;
import org.peerlet.fixtures.lab.SwarmLab;

/** axe-core finds nothing wrong with page and panel, wide and narrow, light and dark. */
class AccessibilityIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final String axe = axe();

  @TempDir private Path folder;

  @Test
  void findsNothingWrong() throws Exception {
    try (SwarmLab lab = SwarmLab.open();
        Browser browser = Browser.open(lab);
        ClipSite site = ClipSite.open(folder)) {
      check(browser, site, "clip/", "light", 1280);
      check(browser, site, "clip/", "dark", 390);
      check(browser, site, "clip/fr.html", "dark", 1280);
      check(browser, site, "clip/fr.html", "light", 390);
    }
  }

  private void check(Browser browser, ClipSite site, String name, String scheme, int width)
      throws InterruptedException {
    String shot = "%s-%s-%d".formatted(name.endsWith("/") ? "en" : "fr", scheme, width);
    try (Page page = browser.newPage()) {
      page.resize(width, 800, false);
      page.prefer(Map.of("prefers-color-scheme", scheme, "prefers-reduced-motion", "reduce"));
      page.open(site.uri(name));
      page.await(Button.part(".poster") + ".complete", SOON);
      page.evaluate(axe + "; 0");
      assertThat(violations(page)).as("page " + shot).isEmpty();
      page.click(Button.LAUNCH);
      page.await(Button.PANEL_OPEN, SOON);
      assertThat(violations(page)).as("panel " + shot).isEmpty();
      page.screenshot(Path.of("target/screenshots/panel-" + shot + ".png"));
    }
  }

  /** One line for each rule that is broken. */
  private static List<String> violations(Page page) throws InterruptedException {
    JsonNode found =
        page.evaluate(
            """
            axe.run().then((result) => ({
              passes: result.passes.length,
              violations: result.violations.map((each) =>
                each.id + ': ' + each.nodes.map((node) => node.target + ' ' + node.html).join()),
            }))\
            """);
    assertThat(found.path("passes").asInt()).isGreaterThan(10);
    List<String> violations = new ArrayList<>();
    found.path("violations").forEach(each -> violations.add(each.asText()));
    return violations;
  }

  private static String axe() {
    try (InputStream in = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("axe-core is not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
