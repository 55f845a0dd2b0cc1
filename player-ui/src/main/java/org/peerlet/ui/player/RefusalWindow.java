package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.peerlet.core.StreamException;

/**
 * The window of a command that was started by a desktop and has nothing to play: it says why, since
 * nobody sees what such a command writes.
 */
public final class RefusalWindow {
  private static final double WIDTH = 560;
  private static final double HEIGHT = 260;

  private RefusalWindow() {}

  /**
   * Shows the sentence and waits until the viewer closes the window. Once in the life of a process,
   * and only where there was no other window: JavaFX starts only once.
   *
   * @throws StreamException {@code NO_DISPLAY}
   */
  public static void show(StreamException why) throws StreamException {
    Display.check(System.getProperty("os.name", ""), System.getenv());
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Display.startToolkit(
        () -> {
          try {
            open(why, () -> closed.complete(null));
          } catch (RuntimeException fault) {
            closed.completeExceptionally(fault);
          }
        });
    closed.join();
    Platform.exit();
  }

  private static void open(StreamException why, Runnable onClose) {
    MessageCard card = new MessageCard(null, onClose);
    StackPane root = new StackPane(card);
    PictureLayers.style(root);
    Scene scene = new Scene(root, WIDTH, HEIGHT, Color.BLACK);
    scene
        .getAccelerators()
        .put(new KeyCodeCombination(KeyCode.W, KeyCombination.SHORTCUT_DOWN), onClose);
    Stage stage = new Stage();
    stage.setScene(scene);
    stage.setTitle(text("window.title.none"));
    stage.setOnCloseRequest(request -> onClose.run());
    stage.show();
    card.show(why);
  }
}
