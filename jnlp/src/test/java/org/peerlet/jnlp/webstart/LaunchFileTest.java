package org.peerlet.jnlp.webstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class LaunchFileTest {
  private static final URI SITE = URI.create("https://example.org/v/");
  private static final LaunchFile FILE = new LaunchFile(SITE, "peerlet.jar");
  private static final String CLIP = "https://example.org/v/a/clip.json";

  /** What breaks out of texts, attributes, comments, sections and scripts. */
  private static final List<String> HOSTILE =
      List.of(
          "<",
          ">",
          "&",
          "\"",
          "'",
          "]]>",
          "<![CDATA[",
          "-->",
          "<!--",
          "</title>",
          "<jar href='x'/>",
          "&lt;",
          "&#0;",
          "&x;",
          "<?xml?>",
          "\u0000",
          "\u0001",
          "\u001b",
          "\t",
          "\r\n",
          "\u0085",
          "\u2028",
          "\u202e",
          "\ufffe",
          "\uffff",
          "\ud800",
          "\udc00",
          "\ud83c\udf7f",
          "é",
          "*",
          " ");

  @Test
  void namesOneClipOverTheSitesJars() throws Exception {
    Document jnlp = parse(FILE.of("A clip", "a/clip.jnlp", CLIP));
    assertThat(jnlp.getDocumentElement().getAttribute("codebase")).isEqualTo(SITE.toString());
    assertThat(jnlp.getDocumentElement().getAttribute("href")).isEqualTo("a/clip.jnlp");
    assertThat(text(jnlp, "title")).containsExactly("A clip");
    assertThat(text(jnlp, "argument")).containsExactly(CLIP);
    assertThat(attributes(jnlp, "java", "version")).containsExactly("17*", "21*");
    assertThat(attributes(jnlp, "jar", "href")).containsExactly("player/peerlet.jar");
    assertThat(jnlp.getElementsByTagName("all-permissions").getLength()).isEqualTo(1);
  }

  @Test
  void theTemplateDiffersOnlyAtItsAsterisks() throws Exception {
    String clip = flat(parse(FILE.of("A clip", "a/clip.jnlp", CLIP)).getDocumentElement());
    String template =
        flat(parse(new LaunchFile(SITE, LaunchFile.ANY_BOOTSTRAP).template()).getDocumentElement());
    assertThat(template)
        .isEqualTo(
            clip.replace("A clip", "*")
                .replace("a/clip.jnlp", "*")
                .replace(CLIP, "*")
                .replace("player/peerlet.jar", "*"));
  }

  @Test
  void noTitleAddsANode() throws Exception {
    long seed = System.nanoTime();
    System.out.println("LaunchFileTest seed " + seed);
    Random random = new Random(seed);
    String plain = shape(parse(FILE.of("plain", "a/clip.jnlp", CLIP)).getDocumentElement());
    for (int round = 0; round < 1000; round++) {
      StringBuilder title = new StringBuilder("t");
      for (int part = random.nextInt(8); part >= 0; part--) {
        title.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
      }
      Document jnlp = parse(FILE.of(title.toString(), "a/clip.jnlp", CLIP));
      assertThat(shape(jnlp.getDocumentElement())).as("%s", title).isEqualTo(plain);
      assertThat(text(jnlp, "title").get(0)).hasSameSizeAs(title);
    }
  }

  private static Document parse(byte[] xml) throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    return parser.parse(new ByteArrayInputStream(xml));
  }

  /** Names and number of nodes, without what is in them. */
  private static String shape(Node node) {
    StringBuilder shape = new StringBuilder(node.getNodeName()).append('(');
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      shape.append(shape(child));
    }
    return shape.append(')').toString();
  }

  private static String flat(Node node) {
    StringBuilder flat = new StringBuilder(node.getNodeName());
    for (int i = 0; node.getAttributes() != null && i < node.getAttributes().getLength(); i++) {
      flat.append(' ').append(node.getAttributes().item(i));
    }
    flat.append(node.getNodeType() == Node.TEXT_NODE ? node.getNodeValue() : "").append('(');
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      flat.append(flat(child));
    }
    return flat.append(')').toString();
  }

  private static List<String> text(Document document, String element) {
    List<String> texts = new ArrayList<>();
    NodeList found = document.getElementsByTagName(element);
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }

  private static List<String> attributes(Document document, String element, String attribute) {
    List<String> values = new ArrayList<>();
    NodeList found = document.getElementsByTagName(element);
    for (int i = 0; i < found.getLength(); i++) {
      values.add(((Element) found.item(i)).getAttribute(attribute));
    }
    return values;
  }
}
