package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.peerlet.core.StreamException;

/** What went wrong: one sentence, and what the viewer can do. */
final class MessageCard extends VBox {
  private final Label sentence = new Label();
  private final Label hint = new Label();
  private final Button retry = new Button(text("failure.retry"));

  MessageCard(Runnable onRetry, Runnable onClose) {
    getStyleClass().addAll("card", "message");
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    sentence.getStyleClass().add("message-sentence");
    hint.getStyleClass().add("message-hint");
    for (Label line : new Label[] {sentence, hint}) {
      line.setWrapText(true);
      line.setMinHeight(Region.USE_PREF_SIZE);
    }
    retry.getStyleClass().add("primary");
    retry.setOnAction(pressed -> onRetry.run());
    Button close = new Button(text("failure.close"));
    close.getStyleClass().add("secondary");
    close.setOnAction(pressed -> onClose.run());
    HBox buttons = new HBox(retry, close);
    buttons.getStyleClass().add("card-buttons");
    getChildren().addAll(sentence, hint, buttons);
    setVisible(false);
  }

  void show(StreamException failure) {
    sentence.setText(failure.sentence());
    hint.setText(hint(failure.reason()));
    setVisible(true);
    retry.requestFocus();
  }

  void hide() {
    setVisible(false);
  }

  /** One thing to do about it. */
  static String hint(StreamException.Reason reason) {
    return text("hint." + reason.name());
  }
}
