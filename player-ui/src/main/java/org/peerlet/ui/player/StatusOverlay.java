package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.sharing.ShareMode;

/** The small card that says where the video comes from. */
final class StatusOverlay extends VBox {
  private final Label sharing = new Label();
  private final Label peers = new Label();
  private final Label rates = new Label();
  private final Label shares = new Label();
  private final Label uploaded = new Label();
  private final Label smooth = new Label();

  StatusOverlay() {
    getStyleClass().add("overlay");
    sharing.getStyleClass().add("overlay-sharing");
    getChildren().addAll(sharing, peers, rates, shares, uploaded, smooth);
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    setMouseTransparent(true);
  }

  void show(StreamStatus status, Viewing seen, Optional<ShareMode> mode) {
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
    String text =
        smoothText(
            status.ahead(), seen.rebuffers(), seen.rebufferMillis(), status.bytesDuplicate());
    shown(smooth, !text.isEmpty());
    smooth.setText(text);
  }

  private static void shown(Label line, boolean shown) {
    line.setVisible(shown);
    line.setManaged(shown);
  }

  static String sharingText(Optional<ShareMode> mode) {
    return text(
        "sharing." + mode.map(any -> any.name().toLowerCase(Locale.ROOT)).orElse("unanswered"));
  }

  /**
   * How smoothly it goes. What was no trouble is not spoken of.
   *
   * @param ahead playing time that is there; null if it is not known
   * @param duplicateBytes received more than once, or failed their hash
   */
  static String smoothText(
      @Nullable Duration ahead, int rebuffers, long rebufferMillis, long duplicateBytes) {
    List<String> parts = new ArrayList<>();
    if (ahead != null) {
      parts.add(text("overlay.ahead", ahead.toSeconds()));
    }
    if (rebuffers > 0) {
      parts.add(text("overlay.waited", rebuffers, Math.round(rebufferMillis / 1e3)));
    }
    if (duplicateBytes > 0) {
      parts.add(text("overlay.duplicate", Texts.bytes(duplicateBytes)));
    }
    return String.join(" · ", parts);
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
