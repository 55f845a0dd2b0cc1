package org.peerlet.jnlp.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The style sheet that all pages of a site share. */
public final class SiteStyle {
  private SiteStyle() {}

  /** The bytes of {@code site.css}. */
  public static byte[] css() {
    try (InputStream in = SiteStyle.class.getResourceAsStream("site.css")) {
      if (in == null) {
        throw new IllegalStateException("site.css is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
