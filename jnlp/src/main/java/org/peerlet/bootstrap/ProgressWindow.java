package org.peerlet.bootstrap;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.BorderFactory;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.jspecify.annotations.Nullable;

/** A small window with a bar. Methods from any thread; they return before it is drawn. */
final class ProgressWindow implements Progress {
  private static final int WIDTH_PIXELS = 360;
  private static final int BORDER_PIXELS = 20;
  private static final int STEPS = 1000;

  private final Texts texts;
  private final Runnable closedByViewer;

  /** What is on the screen; touched by Swing's thread only. */
  private final AtomicReference<@Nullable Shown> shown = new AtomicReference<>();

  /** The parts of the window that change. */
  private record Shown(JFrame frame, JLabel label, JProgressBar bar) {}

  /**
   * Opens the window.
   *
   * @param closedByViewer run on Swing's thread when the viewer doesn't want to wait
   */
  ProgressWindow(Texts texts, Runnable closedByViewer) {
    this.texts = texts;
    this.closedByViewer = closedByViewer;
    SwingUtilities.invokeLater(this::open);
  }

  private void open() {
    JLabel label = new JLabel(texts.text("progress.checking"));
    JProgressBar bar = new JProgressBar(0, STEPS);
    bar.setIndeterminate(true);
    bar.setPreferredSize(new Dimension(WIDTH_PIXELS, bar.getPreferredSize().height));
    JPanel panel = new JPanel(new BorderLayout(0, BORDER_PIXELS / 2));
    panel.setBorder(
        BorderFactory.createEmptyBorder(
            BORDER_PIXELS, BORDER_PIXELS, BORDER_PIXELS, BORDER_PIXELS));
    panel.add(label, BorderLayout.NORTH);
    panel.add(bar, BorderLayout.CENTER);
    JFrame frame = new JFrame("Peerlet");
    frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent event) {
            closedByViewer.run();
          }
        });
    frame.setContentPane(panel);
    frame.setResizable(false);
    frame.pack();
    frame.setLocationRelativeTo(null);
    frame.setVisible(true);
    shown.set(new Shown(frame, label, bar));
  }

  @Override
  public void fetched(long bytes, long totalBytes) {
    change(
        parts -> {
          parts.label.setText(texts.text("progress.fetching", megabytes(totalBytes)));
          parts.bar.setIndeterminate(false);
          parts.bar.setValue((int) (STEPS * bytes / Math.max(1, totalBytes)));
        });
  }

  @Override
  public void starting() {
    change(
        parts -> {
          parts.label.setText(texts.text("progress.starting"));
          parts.bar.setIndeterminate(true);
        });
  }

  @Override
  public void close() {
    change(parts -> parts.frame.dispose());
  }

  private void change(java.util.function.Consumer<Shown> what) {
    SwingUtilities.invokeLater(
        () -> {
          Shown parts = shown.get();
          if (parts != null) {
            what.accept(parts);
          }
        });
  }

  private static long megabytes(long bytes) {
    return Math.max(1, Math.round(bytes / 1e6));
  }
}
