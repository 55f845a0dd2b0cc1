package org.peerlet.jnlp.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.fixtures.browser.Browser;
import org.peerlet.fixtures.browser.Page;
import org.peerlet.fixtures.lab.SwarmLab;

/** The button in a real Chromium, on a page that {@code serve} serves under its content policy. */
class LaunchButtonIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Path SHOTS = Path.of("target/screenshots");

  @TempDir private static Path folder;
  private static SwarmLab lab;
  private static Browser browser;
  private static ClipSite site;
  private static int downloads;
  private Page page;

  @BeforeAll
  static void openBrowser() throws Exception {
    lab = SwarmLab.open();
    browser = Browser.open(lab);
    site = ClipSite.open(folder);
  }

  @AfterAll
  static void closeBrowser() {
    site.close();
    browser.close();
    lab.close();
  }

  @BeforeEach
  void openPage() throws InterruptedException {
    page = browser.newPage();
    page.prefer(Map.of("prefers-reduced-motion", "reduce"));
  }

  @AfterEach
  void closePage() throws InterruptedException {
    assertThat(page.complaints()).isEmpty();
    assertThat(page.policyViolations()).isEmpty();
    page.close();
  }

  private void open(String name) throws InterruptedException {
    page.open(site.uri(name));
    page.await(Button.ROOT, SOON);
  }

  /** Clicks, and returns the file that the browser downloads. */
  private Path launch() throws InterruptedException {
    page.click(Button.LAUNCH);
    page.await(Button.PANEL_OPEN, SOON);
    return browser.awaitDownload(++downloads, SOON);
  }

  private URI launchUrl() throws InterruptedException {
    return URI.create(page.evaluate(Button.LAUNCH + ".href").asText());
  }

  private String text(String element) throws InterruptedException {
    return page.evaluate(element + ".textContent.trim()").asText();
  }

  @Test
  void isAPlainLinkWithoutScript() throws InterruptedException {
    page.send("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    page.open(site.uri("clip/"));
    page.send("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    page.screenshot(SHOTS.resolve("without-script.png"));
    assertThat(page.evaluate("document.querySelector('peerlet-launch').shadowRoot").isNull())
        .isTrue();
    String link = "document.querySelector('peerlet-launch > a')";
    assertThat(page.evaluate(link + ".checkVisibility()").asBoolean()).isTrue();
    assertThat(page.evaluate(link + ".href").asText())
        .isEqualTo(site.uri("clip/clip.jnlp").toString());
    page.evaluate("globalThis.policyViolations = []"); // the witness is a script as well
  }

  @Test
  void downloadsTheFileAndOpensThePanel() throws Exception {
    open("clip/");
    page.await(Button.part(".poster") + ".naturalWidth == 640", SOON);
    page.screenshot(SHOTS.resolve("page-en.png"));
    Path file = launch();
    assertThat(file.getFileName().toString()).endsWith(".jnlp");
    URI url = launchUrl();
    assertThat(url.getQuery()).matches("launch=[0-9a-f]{32}");
    assertThat(Files.readString(file))
        .isEqualTo(
            Files.readString(folder.resolve("clip/clip.jnlp"))
                .replace("clip.jnlp", "clip.jnlp?" + url.getQuery()));
    page.screenshot(SHOTS.resolve("panel-en.png"));
    assertThat(page.evaluate(Button.part("h2") + ".textContent").asText())
        .isEqualTo("Opening the player…");
    assertThat(page.evaluate(Button.ROOT + ".querySelectorAll('li').length").asInt()).isEqualTo(4);
    assertThat(page.evaluate(Button.part("li:nth-child(2) a") + ".href").asText())
        .isEqualTo(url.toString().replaceFirst("^http:", "jnlp:"));
    assertThat(page.evaluate(Button.part("li:nth-child(4) a") + ".href").asText())
        .isEqualTo(site.uri("player/").toString());
    List<Integer> heights = new ArrayList<>();
    page.evaluate(
            "Array.from("
                + Button.ROOT
                + ".querySelectorAll('figure svg'), (each) => each.getBoundingClientRect().height)")
        .forEach(height -> heights.add(height.asInt()));
    assertThat(heights).hasSize(3).allMatch(height -> height > 50);
    page.evaluate(Button.part("ol") + ".scrollTo(0, 9999)");
    page.screenshot(SHOTS.resolve("panel-en-end.png"));
  }

  @Test
  void isUsableByKeyboard() throws InterruptedException {
    open("clip/");
    page.press(Page.Key.TAB);
    assertThat(page.evaluate(Button.FOCUSED + " === " + Button.LAUNCH).asBoolean()).isTrue();
    page.press(Page.Key.TAB);
    assertThat(page.evaluate(Button.FOCUSED + " === " + Button.HERE).asBoolean()).isTrue();
    page.evaluate(Button.LAUNCH + ".focus()");
    page.press(Page.Key.ENTER);
    page.await(Button.PANEL_OPEN, SOON);
    browser.awaitDownload(++downloads, SOON);
    assertThat(text(Button.FOCUSED)).isEqualTo("Opening the player…");

    List<String> order = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      page.press(Page.Key.TAB);
      order.add(
          page.evaluate(Button.FOCUSED + ".ariaLabel ?? " + Button.FOCUSED + ".textContent")
              .asText());
    }
    assertThat(order)
        .containsExactly(
            "Close",
            "Download it again",
            "Open in OpenWebStart",
            "Get OpenWebStart",
            "Choose a package",
            "Watch here now");
    page.press(Page.Key.ESCAPE);
    page.await("!" + Button.PANEL, SOON);
    assertThat(page.evaluate(Button.FOCUSED + " === " + Button.LAUNCH).asBoolean()).isTrue();

    page.press(Page.Key.TAB);
    page.press(Page.Key.SPACE);
    page.await(Button.VIDEO + ".currentTime > 0", SOON);
    assertThat(page.evaluate(Button.FOCUSED + " === " + Button.VIDEO).asBoolean()).isTrue();
  }

  @Test
  void closesByItsButtonAndByAClickBesideIt() throws InterruptedException {
    open("clip/");
    launch();
    page.click(Button.part(".close"));
    page.await("!" + Button.PANEL, SOON);
    launch();
    for (String type : List.of("mousePressed", "mouseReleased")) {
      page.send(
          "Input.dispatchMouseEvent",
          Map.of("type", type, "x", 5, "y", 5, "button", "left", "clickCount", 1));
    }
    page.await("!" + Button.PANEL, SOON);
  }

  @Test
  void speaksTheLanguageOfThePage() throws InterruptedException {
    open("clip/fr.html");
    page.screenshot(SHOTS.resolve("page-fr.png"));
    assertThat(text(Button.LAUNCH)).isEqualTo("Lire");
    launch();
    assertThat(page.evaluate(Button.PANEL + ".lang").asText()).isEqualTo("fr");
    assertThat(text(Button.HERE_NOW)).isEqualTo("Regarder ici maintenant");
    assertThat(text(Button.PANEL)).doesNotContain("Open ", "Close", "Install ", "Choose ");
    page.screenshot(SHOTS.resolve("panel-fr.png"));
  }

  @Test
  void speaksTheLanguageOfTheBrowserWhereThePageSaysNone() throws Exception {
    page.send(
        "Emulation.setUserAgentOverride", Map.of("userAgent", "Test", "acceptLanguage", "fr-CA"));
    page.open(site.uri("clip/no-language.html"));
    page.await(Button.LAUNCH, SOON);
    assertThat(text(Button.LAUNCH)).isEqualTo("Lire");
  }

  @Test
  void hasTheSameTextsInEveryLanguage() throws InterruptedException {
    open("clip/");
    String keys = "(t) => JSON.stringify(Object.keys(t).concat(Object.keys(t.shots)).sort())";
    assertThat(
            page.evaluate(
                    "new Set(Object.values(customElements.get('peerlet-launch').texts).map("
                        + keys
                        + ")).size")
                .asInt())
        .isEqualTo(1);
    page.evaluate(
        "customElements.get('peerlet-launch').texts.de ="
            + " { ...customElements.get('peerlet-launch').texts.en, play: 'Abspielen' }");
    page.evaluate("document.documentElement.lang = 'de-AT'");
    page.evaluate(
        "document.querySelector('peerlet-launch').setAttribute('poster', 'poster.jpg?2')");
    assertThat(text(Button.LAUNCH)).isEqualTo("Abspielen");
  }

  @Test
  void closesThePanelWhenALauncherFollowsThisClick() throws Exception {
    open("clip/");
    Page other = browser.newPage();
    other.open(site.uri("clip/"));
    other.await(Button.ROOT, SOON);
    other.click(Button.LAUNCH);
    other.await(Button.PANEL_OPEN, SOON);
    browser.awaitDownload(++downloads, SOON);
    page.send("Page.bringToFront", Map.of());
    launch();
    assertThat(ask(launchUrl(), "Java/17.0.9")).isEqualTo(200);
    page.await("!" + Button.PANEL, SOON);
    assertThat(text(Button.NOTICE)).isEqualTo("The player is opening.");
    page.screenshot(SHOTS.resolve("confirmed.png"));
    assertThat(page.evaluate(Button.FOCUSED + " === " + Button.LAUNCH).asBoolean()).isTrue();
    other.send("Page.bringToFront", Map.of());
    // Three answers later the other click's panel is still there.
    other.await(
        "performance.getEntriesByType('resource').filter((e) => e.name.includes('/launches/'))"
            + ".length >= 3",
        SOON);
    assertThat(other.evaluate(Button.PANEL_OPEN).asBoolean()).isTrue();
    other.close();
  }

  private static int ask(URI url, String userAgent) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url).header("User-Agent", userAgent).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void asksAStaticServerNothingMoreAndSaysWhatHelps() throws Exception {
    try (StaticSite plain = StaticSite.open(folder)) {
      page.open(plain.uri("clip/index.html"));
      page.await(Button.ROOT, SOON);
      Path file = launch();
      assertThat(file).hasSameBinaryContentAs(folder.resolve("clip/clip.jnlp"));
      assertThat(page.evaluate(Button.part("#status") + ".role").asText()).isEqualTo("status");
      page.await(Button.part("#status") + ".textContent.includes('Nothing happened')", SOON);
      assertThat(plain.requests()).noneMatch(each -> each.contains("/launches"));
      assertThat(plain.requests()).filteredOn(each -> each.startsWith("HEAD ")).hasSize(1);
      assertThat(page.evaluate(Button.PANEL_OPEN).asBoolean()).isTrue();
    }
  }

  @Test
  void offersPhonesTheVideoAlone() throws InterruptedException {
    page.resize(390, 844, true);
    page.send(
        "Emulation.setUserAgentOverride",
        Map.of(
            "userAgent",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15",
            "platform",
            "iPhone"));
    open("clip/");
    assertThat(page.evaluate(Button.LAUNCH + " ?? null").isNull()).isTrue();
    assertThat(page.evaluate(Button.HERE + ".className").asText()).contains("main");
    page.screenshot(SHOTS.resolve("phone-en.png"));
    page.click(Button.HERE);
    page.await(Button.VIDEO + ".currentTime > 0", SOON);
  }

  @Test
  void takesNoAddressButOfTheWeb() throws Exception {
    open("clip/");
    page.evaluate(
        """
        for (const name of ['href', 'video', 'poster', 'packages']) {
          document.querySelector('peerlet-launch').setAttribute(name, 'javascript:alert(1)');
        }\
        """);
    assertThat(page.evaluate(Button.ROOT + ".querySelectorAll('a, button, img').length").asInt())
        .isZero();
  }
}
