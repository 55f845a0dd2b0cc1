package org.peerlet.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;

/**
 * What the viewer reads, in English or French. Any thread. The file is named, not searched for: the
 * JDK would look for one of each country, and an old one would read it as Latin-1.
 */
final class Texts {
  private final ResourceBundle bundle;

  private Texts(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  /** In the language of the system. */
  static Texts ofThisUser() {
    return of(Locale.getDefault(Locale.Category.DISPLAY));
  }

  static Texts of(Locale locale) {
    String name =
        locale.getLanguage().equals("fr") ? "messages_fr.properties" : "messages.properties";
    try (InputStream in = Texts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
      return new Texts(new PropertyResourceBundle(reader));
    } catch (IOException unreadable) {
      throw new IllegalStateException(name + " can't be read", unreadable);
    }
  }

  /**
   * One text.
   *
   * @param arguments for its {@code {0}}, {@code {1}}…
   */
  String text(String key, Object... arguments) {
    return new MessageFormat(bundle.getString(key), Locale.ROOT).format(arguments);
  }
}
