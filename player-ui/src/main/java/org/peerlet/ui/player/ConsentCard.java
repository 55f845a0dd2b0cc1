package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.peerlet.core.sharing.ShareMode;

/** The one question: whether others may be contacted and sent to. The picture goes on meanwhile. */
final class ConsentCard extends VBox {

  /**
   * @param answer hears what the viewer chose
   */
  ConsentCard(Consumer<ShareMode> answer) {
    getStyleClass().addAll("card", "consent");
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    Label question = new Label(text("consent.question"));
    question.setWrapText(true);
    question.setMinHeight(Region.USE_PREF_SIZE);
    HBox answers = new HBox();
    answers.getStyleClass().add("card-buttons");
    for (ShareMode mode : ShareMode.values()) {
      Button button = new Button(text("consent." + mode.name().toLowerCase(Locale.ROOT)));
      button.getStyleClass().add(mode == ShareMode.ON ? "primary" : "secondary");
      button.setOnAction(chosen -> answer.accept(mode));
      answers.getChildren().add(button);
    }
    getChildren().addAll(question, answers);
  }
}
