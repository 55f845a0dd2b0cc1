package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.sharing.ShareMode;

/** The small card that says where the video comes from. */
final class StatusOverlay extends VBox {
  private final Label sharing = new Label();
  private final Label peers = new Label();
  private final Label rates = new Label();
  private final Label shares = new Label();
  private final Label uploaded = new Label();

  StatusOverlay() {
    getStyleClass().add("overlay");
    sharing.getStyleClass().add("overlay-sharing");
    getChildren().addAll(sharing, peers, rates, shares, uploaded);
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    setMouseTransparent(true);
  }

  void show(StreamStatus status, Optional<ShareMode> mode) {
    sharing.setText(sharingText(mode));
    boolean alone = mode.isEmpty() || mode.get() == ShareMode.OFF;
    shown(peers, !alone);
    shown(uploaded, !alone);
    peers.setText(text("overlay.peers", status.peers()));
    rates.setText(
        text(
            "overlay.rates",
            Texts.rate(status.downloadBytesPerSecond()),
            Texts.rate(status.uploadBytesPerSecond())));
    shares.setText(sharesText(status.bytesFromPeers(), status.bytesFromOrigin()));
    uploaded.setText(text("overlay.uploaded", Texts.bytes(status.bytesUploaded())));
  }

  private static void shown(Label line, boolean shown) {
    line.setVisible(shown);
    line.setManaged(shown);
  }

  static String sharingText(Optional<ShareMode> mode) {
    return text(
        "sharing." + mode.map(any -> any.name().toLowerCase(Locale.ROOT)).orElse("unanswered"));
  }

  static String sharesText(long fromPeers, long fromOrigin) {
    long all = fromPeers + fromOrigin;
    if (all == 0) {
      return text("overlay.shares.none");
    }
    long percent = Math.round(100.0 * fromPeers / all);
    return text("overlay.shares", percent, 100 - percent);
  }
}
