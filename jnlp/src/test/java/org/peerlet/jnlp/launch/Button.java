package org.peerlet.jnlp.launch;

/** The parts of a page's launch button, as expressions of its script. */
final class Button {
  static final String ROOT = "document.querySelector('peerlet-launch').shadowRoot";
  static final String LAUNCH = part("[part=launch]");
  static final String HERE = part("[part=here]");
  static final String VIDEO = part("video");
  static final String PANEL = part("dialog");
  static final String PANEL_OPEN = PANEL + "?.open";
  static final String HERE_NOW = part("footer button");
  static final String NOTICE = part(".notice");
  static final String FOCUSED = ROOT + ".activeElement";

  private Button() {}

  static String part(String selector) {
    return ROOT + "?.querySelector('" + selector + "')";
  }
}
