package org.peerlet.jnlp.webstart;

import java.io.IOException;

/** Why the player can't be signed; its message is a sentence for the user. */
public final class SigningException extends IOException {
  private static final long serialVersionUID = 1;

  SigningException(String sentence) {
    super(sentence);
  }

  SigningException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
