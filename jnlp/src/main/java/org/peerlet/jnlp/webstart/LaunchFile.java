package org.peerlet.jnlp.webstart;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.peerlet.bootstrap.Bootstrap;
import org.peerlet.bootstrap.PlayerJars;

/**
 * The JNLP file of a clip (JSR 56), and the template of all of a site, which lies in the signed
 * bootstrap jar: a launcher refuses a file that differs from it anywhere but at its asterisks.
 *
 * <p>It names one jar for all systems. The player's own are fetched by the bootstrap: icedtea-netx
 * fetched those that may be left until needed ({@code lazy}) at once all the same, and asked about
 * each of them at every start.
 */
final class LaunchFile {
  /** Where launchers look for it in the main jar. */
  static final String TEMPLATE_ENTRY = "JNLP-INF/APPLICATION_TEMPLATE.JNLP";

  /** The template lies in the jar whose name it would have to hold. */
  static final String ANY_BOOTSTRAP = "*";

  private static final String ANY = "*";

  /** Never {@code 17+}: with a Java 25 at hand, launchers take it and end silently (facts.md). */
  private static final List<String> JAVA_VERSIONS = List.of("17*", "21*");

  private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

  private final URI site;
  private final String bootstrapName;

  /**
   * @param site its URL, which ends in a slash
   * @param bootstrapName of the bootstrap jar's file
   */
  LaunchFile(URI site, String bootstrapName) {
    this.site = site;
    this.bootstrapName = bootstrapName;
  }

  /** The template: what every clip of the site has in common. */
  byte[] template() {
    return write(ANY, ANY, ANY);
  }

  /**
   * The file of one clip.
   *
   * @param href the file's own URL, relative to the site
   * @param argument the absolute URL of the clip manifest
   */
  byte[] of(String title, String href, String argument) {
    return write(title, href, argument);
  }

  private byte[] write(String title, String href, String argument) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      XMLStreamWriter xml = XML.createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      xml.writeStartElement("jnlp");
      xml.writeAttribute("spec", "1.0+");
      xml.writeAttribute("codebase", site.toString());
      xml.writeAttribute("href", href);
      information(xml, title);
      xml.writeStartElement("security");
      xml.writeEmptyElement("all-permissions");
      xml.writeEndElement();
      resources(xml);
      xml.writeStartElement("application-desc");
      xml.writeAttribute("main-class", Bootstrap.class.getName());
      xml.writeStartElement("argument");
      xml.writeCharacters(argument);
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible); // the names are ours and the target is memory
    }
    return out.toByteArray();
  }

  private void information(XMLStreamWriter xml, String title) throws XMLStreamException {
    xml.writeStartElement("information");
    xml.writeStartElement("title");
    xml.writeCharacters(printable(title));
    xml.writeEndElement();
    xml.writeStartElement("vendor");
    xml.writeCharacters(site.getHost());
    xml.writeEndElement();
    xml.writeEmptyElement("homepage");
    xml.writeAttribute("href", site.toString());
    xml.writeEndElement();
  }

  private void resources(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("resources");
    for (String version : JAVA_VERSIONS) {
      xml.writeEmptyElement("java");
      xml.writeAttribute("version", version);
    }
    xml.writeEmptyElement("jar");
    xml.writeAttribute(
        "href", bootstrapName.equals(ANY_BOOTSTRAP) ? ANY : PlayerJars.FOLDER + bootstrapName);
    xml.writeAttribute("main", "true");
    xml.writeEndElement();
  }

  /** XML 1.0 has no control characters, not even escaped ones, and no half surrogates. */
  private static String printable(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .map(c -> c < ' ' || (c >= 0x7f && c < 0xa0) ? ' ' : c)
        .map(c -> (c >= 0xd800 && c < 0xe000) || (c & 0xfffe) == 0xfffe ? 0xfffd : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
