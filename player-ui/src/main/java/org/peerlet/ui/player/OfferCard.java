package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.peerlet.core.Shown;

/** Asks before another page's clip replaces what is playing. The picture goes on meanwhile. */
final class OfferCard extends VBox {
  private final Label question = new Label();
  private final Button accept = new Button(text("offer.accept"));

  /**
   * @param answer hears whether the other clip is wanted
   */
  OfferCard(Consumer<Boolean> answer) {
    getStyleClass().addAll("card", "offer");
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    question.setWrapText(true);
    question.setMinHeight(Region.USE_PREF_SIZE);
    accept.getStyleClass().add("primary");
    accept.setOnAction(chosen -> answer.accept(true));
    Button decline = new Button(text("offer.decline"));
    decline.getStyleClass().add("secondary");
    decline.setOnAction(chosen -> answer.accept(false));
    HBox answers = new HBox(accept, decline);
    answers.getStyleClass().add("card-buttons");
    getChildren().addAll(question, answers);
  }

  /**
   * Asks.
   *
   * @param site whose page offers the clip
   */
  void show(String site) {
    question.setText(text("offer.question", Shown.field(site)));
    setVisible(true);
    accept.requestFocus();
  }
}
