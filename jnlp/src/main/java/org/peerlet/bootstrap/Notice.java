package org.peerlet.bootstrap;

import java.awt.GraphicsEnvironment;
import javax.swing.JOptionPane;

/** One sentence for the viewer when nothing will play. */
final class Notice {
  /** Longer lines are broken there, since a dialog is as wide as its text. */
  private static final int WIDTH_PIXELS = 420;

  private Notice() {}

  /** Says it on standard error and, where there is a screen, in a dialog until it is closed. */
  static void show(String sentence) {
    System.err.println("peerlet: " + sentence);
    if (!GraphicsEnvironment.isHeadless()) {
      JOptionPane.showMessageDialog(null, html(sentence), "Peerlet", JOptionPane.WARNING_MESSAGE);
    }
  }

  /** Swing breaks lines of HTML only; what others wrote must not become any. */
  static String html(String sentence) {
    return "<html><body style='width:"
        + WIDTH_PIXELS
        + "px'>"
        + sentence.replace("&", "&amp;").replace("<", "&lt;")
        + "</body></html>";
  }
}
