package org.peerlet.ui.player;

import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.ui.player.BufferedTimeline.Stretch;

/** All that lies over the picture. */
final class PictureLayers extends StackPane {
  private static final Insets MARGIN = new Insets(12);
  private static final Insets ABOVE_CONTROLS = new Insets(12, 12, 92, 12);

  private final ControlBar controls;
  private final StatusOverlay overlay = new StatusOverlay();
  private final ConsentCard consent;
  private final OfferCard offer;
  private final MessageCard message;
  private final VBox waiting = new VBox();
  private final Label waitingFor = new Label();
  private final Label notice = new Label();

  PictureLayers(PlayerActions actions, Runnable toggleFullScreen) {
    controls = new ControlBar(actions, this::toggleOverlay, toggleFullScreen);
    consent = new ConsentCard(actions::share);
    offer = new OfferCard(actions::answerOffer);
    message = new MessageCard(actions::retry, actions::close);
    // Clicks beside the controls are for the picture.
    setPickOnBounds(false);
    waiting.getChildren().addAll(new ProgressIndicator(), waitingFor);
    waiting.getStyleClass().add("waiting");
    waiting.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    waiting.setMouseTransparent(true);
    waiting.setVisible(false);
    waitingFor.setWrapText(true);
    notice.getStyleClass().add("notice");
    notice.setVisible(false);
    notice.setMouseTransparent(true);
    consent.setVisible(false);
    offer.setVisible(false);
    StackPane.setAlignment(controls, Pos.BOTTOM_CENTER);
    StackPane.setAlignment(overlay, Pos.TOP_RIGHT);
    StackPane.setMargin(overlay, MARGIN);
    StackPane.setAlignment(notice, Pos.TOP_LEFT);
    StackPane.setMargin(notice, MARGIN);
    StackPane.setAlignment(consent, Pos.BOTTOM_CENTER);
    StackPane.setMargin(consent, ABOVE_CONTROLS);
    // In the order of the tab key: an open question comes before the controls.
    getChildren().addAll(waiting, overlay, notice, consent, offer, controls, message);
  }

  /** How all that lies over a picture looks. */
  static void style(StackPane root) {
    URL style = PictureLayers.class.getResource("player.css");
    if (style != null) {
      root.getStylesheets().add(style.toExternalForm());
    }
    root.getStyleClass().add("player");
  }

  ControlBar controls() {
    return controls;
  }

  /** Everything that moves. */
  void show(
      Duration position,
      Duration duration,
      List<Stretch> buffered,
      StreamStatus status,
      Viewing seen,
      Optional<ShareMode> mode) {
    controls.time(position, duration, buffered);
    controls.sharing(mode);
    overlay.show(status, seen, mode);
  }

  /** One sentence that does not stop the clip; null for none. */
  void notice(@Nullable String sentence) {
    notice.setVisible(sentence != null);
    if (sentence != null) {
      notice.setText(sentence);
    }
  }

  /** What the viewer waits for; null when nothing. */
  void waiting(@Nullable String sentence) {
    waiting.setVisible(sentence != null);
    if (sentence != null) {
      waitingFor.setText(sentence);
    }
  }

  void ask(boolean unanswered) {
    consent.setVisible(unanswered);
  }

  /** Asks about the clip of another site's page. */
  void offer(String site) {
    offer.show(site);
  }

  void withdrawOffer() {
    offer.setVisible(false);
  }

  void fail(StreamException failure) {
    message.show(failure);
  }

  void recover() {
    message.hide();
  }

  void toggleOverlay() {
    overlay.setVisible(!overlay.isVisible());
  }

  /** Whether something waits for the viewer, so that the controls and the focus stay. */
  boolean busy() {
    return controls.busy() || asking();
  }

  private boolean asking() {
    return consent.isVisible() || offer.isVisible() || message.isVisible();
  }

  /** Whether a node is on a card with buttons that is open. */
  boolean inCard(@Nullable Node focus) {
    return isWithin(consent, focus) || isWithin(offer, focus) || isWithin(message, focus);
  }

  /** Whether a node is a part of the controls. */
  boolean inControls(@Nullable Node focus) {
    return isWithin(controls, focus);
  }

  private static boolean isWithin(Node shown, @Nullable Node inner) {
    Node node = inner;
    while (node != null && node != shown) {
      node = node.getParent();
    }
    return node != null && shown.isVisible();
  }
}
