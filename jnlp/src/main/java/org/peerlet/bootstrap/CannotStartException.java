package org.peerlet.bootstrap;

import java.io.Serial;
import java.util.List;

/** Why nothing plays: the key of a sentence in {@code messages.properties}, and what it names. */
final class CannotStartException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String key;
  private final transient List<Object> details;

  CannotStartException(String key, Object... details) {
    super(key);
    this.key = key;
    this.details = List.of(details);
  }

  String sentence(Texts texts) {
    return texts.text(key, details.toArray());
  }

  /** For tests: which sentence it is. */
  String key() {
    return key;
  }
}
