package org.peerlet.jnlp.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerlet.core.ClipManifest;
import org.peerlet.core.ClipManifest.Subtitles;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.DisplayName;
import org.peerlet.jnlp.launch.LaunchButton;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** No title adds a node to a page, a feed or a manifest (threats.md T13). */
class HostilePagesTest {
  private static final int COUNT = 1000;

  private SiteAddress site;

  @BeforeEach
  void parseAddress() throws StreamException {
    site = SiteAddress.parse("https://example.org/v");
  }

  /** By turns as they come, and as the publisher takes them. */
  private static List<String> titles() {
    List<String> titles = new ArrayList<>();
    for (String text : HostileTexts.of(20261126, COUNT)) {
      titles.add(titles.size() % 2 == 0 ? text : DisplayName.cleanOr(text, "Video"));
    }
    return titles;
  }

  private static ClipEntry clip(String title) {
    return new ClipEntry(
        "film", title, "film.mp4", 1234, Duration.ofSeconds(61), true, Instant.EPOCH);
  }

  private static List<Subtitles> subtitles(String label) {
    return List.of(new Subtitles(URI.create("film.en.vtt"), "en", label));
  }

  @Test
  void landingPageKeepsItsNodes() {
    List<String> plain = nodes(Jsoup.parse(page("Film")));
    assertThat(plain).hasSizeGreaterThan(25).contains("peerlet-launch[href, poster, video]");
    for (String title : titles()) {
      Document page = Jsoup.parse(page(title));
      assertThat(nodes(page)).isEqualTo(plain);
      assertThat(page.expectFirst("h1").wholeText()).isEqualTo(shown(title));
      assertThat(page.expectFirst("meta[property=og:title]").attr("content"))
          .isEqualTo(shown(title));
      assertThat(page.expectFirst("track").attr("label")).isEqualTo(shown(title));
    }
  }

  private String page(String title) {
    return LandingPage.html(
        site,
        clip(title),
        Optional.of(
            LaunchButton.of(
                    "film.mp4",
                    Optional.of(URI.create("poster.jpg")),
                    Optional.empty(),
                    subtitles(title))
                .html("Play")));
  }

  @Test
  void indexKeepsItsNodes() {
    List<String> plain = nodes(Jsoup.parse(IndexPage.html(site, List.of(clip("Film")))));
    assertThat(plain).hasSizeGreaterThan(15);
    for (String title : titles()) {
      Document page = Jsoup.parse(IndexPage.html(site, List.of(clip(title))));
      assertThat(nodes(page)).isEqualTo(plain);
      assertThat(page.expectFirst(".title").wholeText()).isEqualTo(shown(title));
    }
  }

  @Test
  void feedIsXmlAndKeepsItsNodes() throws Exception {
    DocumentBuilder parser = parser();
    List<String> plain = nodes(parse(parser, feed("Film")));
    assertThat(plain).hasSize(13);
    for (String title : titles()) {
      Node feed = parse(parser, feed(title));
      assertThat(nodes(feed)).isEqualTo(plain);
      assertThat(text(feed, "title")).isEqualTo(xmlShown(title));
    }
  }

  private String feed(String title) {
    return Feed.xml(site, List.of(clip(title)), List.of(500L));
  }

  @Test
  void manifestIsReadAgain() throws StreamException {
    for (String title : HostileTexts.of(7, COUNT)) {
      String clean = DisplayName.cleanOr(title, "Video");
      ClipManifest manifest =
          new ClipManifest(
              clean,
              URI.create("clip.torrent"),
              List.of(),
              Optional.empty(),
              OptionalLong.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of(),
              Optional.empty());
      assertThat(ClipManifest.parse(manifest.toJson())).isEqualTo(manifest);
    }
  }

  @Test
  void pagesHoldNothingInline() {
    Document page = Jsoup.parse(page("Film"));
    assertThat(page.select("style, [style], script:not([src])")).isEmpty();
    assertThat(page.getAllElements())
        .noneMatch(
            each -> each.attributes().asList().stream().anyMatch(a -> a.getKey().startsWith("on")));
    assertThat(page.expectFirst("meta[http-equiv]").attr("content"))
        .startsWith("default-src 'self';");
  }

  @Test
  void pageWithoutScriptHasPlainLinks() {
    Document page = Jsoup.parse(LandingPage.html(site, clip("Film"), Optional.empty()));
    assertThat(page.select("script, peerlet-launch, [href=clip.jnlp]")).isEmpty();
    assertThat(page.expectFirst("a.play").attr("href")).isEqualTo("film.mp4");
  }

  /** What HTML can't hold is shown as a replacement character; line ends are all one. */
  private static String shown(String title) {
    StringBuilder out = new StringBuilder();
    title
        .codePoints()
        .map(
            c ->
                (Character.isISOControl(c) && c != '\t' && c != '\n')
                        || Character.getType(c) == Character.SURROGATE
                        || (c & 0xFFFE) == 0xFFFE
                        || (c >= 0xFDD0 && c <= 0xFDEF)
                    ? 0xFFFD
                    : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** XML holds the controls from 0x7F on and all line ends. */
  private static String xmlShown(String title) {
    StringBuilder out = new StringBuilder();
    title
        .codePoints()
        .map(
            c ->
                (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
                        || Character.getType(c) == Character.SURROGATE
                        || c == 0xFFFE
                        || c == 0xFFFF
                    ? 0xFFFD
                    : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static List<String> nodes(Document page) {
    List<String> nodes = new ArrayList<>();
    for (Element each : page.getAllElements()) {
      List<String> names =
          each.attributes().asList().stream().map(a -> a.getKey()).sorted().toList();
      nodes.add(each.tagName() + names);
    }
    page.traverse(
        (node, depth) -> {
          if (node.nodeName().equals("#comment") || node.nodeName().equals("#cdata")) {
            nodes.add(node.nodeName());
          }
        });
    return nodes;
  }

  private static DocumentBuilder parser() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setNamespaceAware(true);
    DocumentBuilder parser = factory.newDocumentBuilder();
    parser.setErrorHandler(null);
    return parser;
  }

  private static Node parse(DocumentBuilder parser, String xml) throws IOException, SAXException {
    return parser.parse(new InputSource(new StringReader(xml))).getDocumentElement();
  }

  private static List<String> nodes(Node node) {
    List<String> nodes = new ArrayList<>();
    if (node.getNodeType() != Node.TEXT_NODE) {
      nodes.add(node.getNodeName());
    }
    NodeList children = node.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      nodes.addAll(nodes(children.item(i)));
    }
    return nodes;
  }

  /** Of the item's element. */
  private static String text(Node feed, String name) {
    NodeList all = ((org.w3c.dom.Element) feed).getElementsByTagName(name);
    return all.item(1).getTextContent();
  }
}
