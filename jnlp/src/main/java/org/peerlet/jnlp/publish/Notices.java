package org.peerlet.jnlp.publish;

/** Is told what the site's owner should know although publishing goes on. */
@FunctionalInterface
interface Notices {
  /** One sentence, safe to print. */
  void say(String sentence);
}
