package org.peerlet.jnlp.publish;

/** Is told how far a long step is. Called from one thread at a time. */
interface Progress {
  /**
   * Tells how far it is.
   *
   * @param what such as {@code hashing film.mp4}, safe to print
   * @param done bytes of {@code total}, rising
   */
  void at(String what, long done, long total);

  /** The step is over. */
  void done();
}
