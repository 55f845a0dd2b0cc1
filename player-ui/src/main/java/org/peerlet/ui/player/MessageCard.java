package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;

/** What went wrong: one sentence, and what the viewer can do. */
final class MessageCard extends VBox {
  private final Label sentence = new Label();
  private final Label hint = new Label();
  private final Button first;

  /**
   * @param onRetry null where to try again is of no use
   */
  MessageCard(@Nullable Runnable onRetry, Runnable onClose) {
    getStyleClass().addAll("card", "message");
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    sentence.getStyleClass().add("message-sentence");
    hint.getStyleClass().add("message-hint");
    for (Label line : new Label[] {sentence, hint}) {
      line.setWrapText(true);
      line.setMinHeight(Region.USE_PREF_SIZE);
    }
    Button close = new Button(text("failure.close"));
    close.setOnAction(pressed -> onClose.run());
    HBox buttons = new HBox(close);
    if (onRetry == null) {
      first = close;
    } else {
      first = new Button(text("failure.retry"));
      first.setOnAction(pressed -> onRetry.run());
      close.getStyleClass().add("secondary");
      buttons.getChildren().add(0, first);
    }
    first.getStyleClass().add("primary");
    buttons.getStyleClass().add("card-buttons");
    getChildren().addAll(sentence, hint, buttons);
    setVisible(false);
  }

  void show(StreamException failure) {
    sentence.setText(failure.sentence());
    hint.setText(hint(failure.reason()));
    setVisible(true);
    first.requestFocus();
  }

  void hide() {
    setVisible(false);
  }

  /** One thing to do about it. */
  static String hint(StreamException.Reason reason) {
    return text("hint." + reason.name());
  }
}
