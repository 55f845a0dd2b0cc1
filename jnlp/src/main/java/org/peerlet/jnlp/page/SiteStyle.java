package org.peerlet.jnlp.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The look that all pages of a site share. */
public final class SiteStyle {
  private SiteStyle() {}

  /** The bytes of {@code site.css}. */
  public static byte[] css() {
    return resource("site.css");
  }

  /** The bytes of {@code icon.svg}, which a browser shows beside a page's title. */
  public static byte[] icon() {
    return resource("peerlet.svg");
  }

  private static byte[] resource(String name) {
    try (InputStream in = SiteStyle.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
