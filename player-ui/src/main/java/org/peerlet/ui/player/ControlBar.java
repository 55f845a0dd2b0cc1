package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.ui.player.BufferedTimeline.Stretch;

/** The row of buttons under the picture, and the seek bar above it. */
final class ControlBar extends VBox {
  private final PlayerActions actions;
  private final SeekBar seekBar;
  private final Button play;
  private final Label time = new Label(text("time", Texts.clock(Duration.ZERO), "–:––"));
  private final Button mute;
  private final Slider volume = new Slider(0, 1, 1);
  private final MenuButton sharing = new MenuButton();
  private final Map<ShareMode, RadioMenuItem> modes = new EnumMap<>(ShareMode.class);
  private final Button fullScreen;
  private boolean muted;

  ControlBar(PlayerActions actions, Runnable toggleOverlay, Runnable toggleFullScreen) {
    this.actions = actions;
    getStyleClass().add("controls");
    seekBar = new SeekBar(actions::seekTo);
    play = button("play", actions::togglePlay);
    mute = button("mute", this::toggleMute);
    mute.getStyleClass().add("icon-sound");
    fullScreen = button("fullscreen", toggleFullScreen);
    fullScreen.getStyleClass().add("icon-fullscreen");
    Button overlay = button("overlay", toggleOverlay);
    overlay.getStyleClass().add("icon-overlay");
    volume.setAccessibleText(text("volume"));
    volume.getStyleClass().add("volume");
    volume.valueProperty().addListener((of, before, now) -> changeVolume(now.doubleValue()));
    time.getStyleClass().add("time");
    sharingMenu();
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox row = new HBox(play, mute, volume, time, gap, sharing, overlay, fullScreen);
    row.getStyleClass().add("controls-row");
    getChildren().addAll(seekBar, row);
    setMaxHeight(Region.USE_PREF_SIZE);
    playing(false);
  }

  private static Button button(String key, Runnable action) {
    Button button = new Button();
    Region icon = new Region();
    icon.getStyleClass().add("icon");
    button.setGraphic(icon);
    button.getStyleClass().add("icon-button");
    button.setOnAction(pressed -> action.run());
    name(button, key);
    return button;
  }

  private static void name(ButtonBase button, String key) {
    button.setAccessibleText(text(key));
    button.setTooltip(new Tooltip(text(key)));
  }

  private void sharingMenu() {
    sharing.getStyleClass().add("sharing");
    sharing.setPopupSide(Side.TOP);
    sharing.setAccessibleText(text("sharing"));
    ToggleGroup group = new ToggleGroup();
    for (ShareMode mode : ShareMode.values()) {
      RadioMenuItem item =
          new RadioMenuItem(text("sharing." + mode.name().toLowerCase(Locale.ROOT) + ".long"));
      item.setToggleGroup(group);
      item.setOnAction(chosen -> actions.share(mode));
      modes.put(mode, item);
      sharing.getItems().add(item);
    }
  }

  /** Whether the viewer wants the clip to move. */
  void playing(boolean playing) {
    play.getStyleClass().removeAll("icon-play", "icon-pause");
    play.getStyleClass().add(playing ? "icon-pause" : "icon-play");
    name(play, playing ? "pause" : "play");
  }

  void time(Duration position, Duration duration, List<Stretch> buffered) {
    seekBar.show(position, duration, buffered);
    time.setText(
        text("time", Texts.clock(position), duration.isZero() ? "–:––" : Texts.clock(duration)));
  }

  void sharing(Optional<ShareMode> mode) {
    sharing.setText(StatusOverlay.sharingText(mode));
    modes.forEach((each, item) -> item.setSelected(mode.isPresent() && mode.get() == each));
  }

  void fullScreen(boolean full) {
    name(fullScreen, full ? "fullscreen.leave" : "fullscreen");
  }

  void changeVolumeBy(double step) {
    volume.setValue(Math.max(0, Math.min(1, volume.getValue() + step)));
  }

  void toggleMute() {
    muted = !muted;
    tellVolume();
  }

  private void changeVolume(double now) {
    muted = muted && now == 0;
    tellVolume();
  }

  private void tellVolume() {
    boolean off = muted || volume.getValue() == 0;
    mute.getStyleClass().removeAll("icon-sound", "icon-muted");
    mute.getStyleClass().add(off ? "icon-muted" : "icon-sound");
    name(mute, muted ? "unmute" : "mute");
    actions.volume(volume.getValue(), muted);
  }

  /** Whether a part of it is in use, so that it must not vanish. */
  boolean busy() {
    return isHover() || menuOpen();
  }

  boolean menuOpen() {
    return sharing.isShowing();
  }
}
