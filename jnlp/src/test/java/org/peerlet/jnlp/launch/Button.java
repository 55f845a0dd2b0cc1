package org.peerlet.jnlp.launch;

/** The parts of a page's launch button, as expressions of its script. */
public final class Button {
  public static final String ROOT = "document.querySelector('peerlet-launch').shadowRoot";
  public static final String LAUNCH = part("[part=launch]");
  public static final String HERE = part("[part=here]");
  public static final String VIDEO = part("video");
  public static final String PANEL = part("dialog");
  public static final String PANEL_OPEN = PANEL + "?.open";
  public static final String HERE_NOW = part("footer button");
  public static final String NOTICE = part(".notice");
  public static final String FOCUSED = ROOT + ".activeElement";

  private Button() {}

  public static String part(String selector) {
    return ROOT + "?.querySelector('" + selector + "')";
  }
}
