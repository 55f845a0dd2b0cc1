package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Background;
import javafx.scene.layout.StackPane;
import javafx.scene.media.MediaView;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.ui.player.BufferedTimeline.Stretch;

/**
 * The window: the picture, and what lies over it. Decides nothing about the clip.
 *
 * <p>Controls cost twice the time of the bare window, so they come after the first frame, or when
 * there is something to say before.
 */
final class PlayerWindow {
  private static final double WIDTH = 960;
  private static final double HEIGHT = 540;
  private static final double MIN_WIDTH = 480;
  private static final double MIN_HEIGHT = 300;
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final double VOLUME_STEP = 0.1;

  /** A first frame usually comes within it; a viewer waits for longer only with a word. */
  private static final long BARE_MILLIS = 700;

  /** Long enough to find a button, short enough not to cover the picture. */
  private static final long CONTROLS_MILLIS = 3000;

  private final Stage stage = new Stage();
  private final PlayerActions actions;
  private final MediaView view = new MediaView();
  private final StackPane root = new StackPane(view);
  private final Notices notices = new Notices();
  private @Nullable PictureLayers layers;
  private long shownAtMillis;
  private long movedAtMillis;
  private boolean playing;
  private boolean unanswered;

  PlayerWindow(PlayerActions actions) {
    this.actions = actions;
    root.setFocusTraversable(true);
    view.setPreserveRatio(true);
    view.fitWidthProperty().bind(root.widthProperty());
    view.fitHeightProperty().bind(root.heightProperty());
    root.setBackground(Background.fill(Color.BLACK));
    Scene scene = new Scene(root, WIDTH, HEIGHT, Color.BLACK);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    scene.addEventFilter(MouseEvent.ANY, this::onMouse);
    stage.setScene(scene);
    stage.setTitle(text("window.title.none"));
    stage.setMinWidth(MIN_WIDTH);
    stage.setMinHeight(MIN_HEIGHT);
    stage.setFullScreenExitHint("");
    stage.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH);
    stage.setOnCloseRequest(
        request -> {
          request.consume();
          actions.close();
        });
  }

  void show() {
    stage.show();
    root.requestFocus();
    shownAtMillis = nowMillis();
    movedAtMillis = shownAtMillis;
  }

  void hide() {
    stage.hide();
  }

  MediaView view() {
    return view;
  }

  void title(String title) {
    stage.setTitle(text("window.title", title));
  }

  /** No clip is known yet. */
  void untitled() {
    stage.setTitle(text("window.title.none"));
  }

  /** Brings the window before all others. */
  void raise() {
    stage.setIconified(false);
    stage.toFront();
    stage.requestFocus();
  }

  /**
   * Asks whether another clip is to take the place of this one.
   *
   * @param site whose page offers it
   */
  void offer(String site) {
    layers().offer(site);
  }

  void withdrawOffer() {
    if (layers != null) {
      layers.withdrawOffer();
      releaseFocus();
    }
  }

  /** What lies over the picture, made when it is first needed. */
  private PictureLayers layers() {
    PictureLayers made = layers;
    if (made == null) {
      made = new PictureLayers(actions, this::toggleFullScreen);
      layers = made;
      PictureLayers.style(root);
      root.getChildren().add(made);
      ControlBar controls = made.controls();
      controls.playing(playing);
      stage.fullScreenProperty().addListener((of, before, now) -> controls.fullScreen(now));
      made.ask(unanswered);
      movedAtMillis = nowMillis();
    }
    return made;
  }

  /** The picture is there: now there is time for the rest. */
  void firstFrame() {
    Platform.runLater(this::layers);
  }

  /** Whether the viewer wants the clip to move. */
  void playing(boolean nowPlaying) {
    if (playing != nowPlaying) {
      movedAtMillis = nowMillis();
    }
    playing = nowPlaying;
    if (layers != null) {
      layers.controls().playing(nowPlaying);
    }
  }

  /**
   * Everything that moves; to be called several times a second.
   *
   * @param waitingFor what the viewer waits for; null when for nothing
   */
  void show(
      Duration position,
      Duration duration,
      List<Stretch> buffered,
      StreamStatus status,
      Viewing seen,
      Optional<ShareMode> mode,
      @Nullable String waitingFor) {
    long now = nowMillis();
    if (status.notice() != null) {
      notice(status.notice());
    }
    if (layers == null && now - shownAtMillis < BARE_MILLIS) {
      return;
    }
    PictureLayers over = layers();
    over.show(position, duration, buffered, status, seen, mode);
    over.waiting(waitingFor);
    over.notice(notices.show(now));
    boolean hidden =
        playing
            && now - movedAtMillis > CONTROLS_MILLIS
            && !over.busy()
            // What is hidden loses the focus, and the keys would do something else.
            && !over.inControls(root.getScene().getFocusOwner());
    over.controls().setVisible(!hidden);
    root.getScene().setCursor(hidden ? Cursor.NONE : Cursor.DEFAULT);
  }

  /** One sentence that does not stop the clip; shown for a while, once for each sentence. */
  void notice(String sentence) {
    notices.add(sentence);
  }

  /** The last notice that was shown; null if there was none. */
  @Nullable String lastNotice() {
    return notices.last();
  }

  /** Shows the question, or takes it away. */
  void ask(boolean question) {
    unanswered = question;
    if (layers != null) {
      layers.ask(question);
      releaseFocus();
    }
  }

  void fail(StreamException failure) {
    PictureLayers over = layers();
    over.waiting(null);
    over.fail(failure);
  }

  void recover() {
    layers().recover();
    root.requestFocus();
  }

  private void toggleFullScreen() {
    stage.setFullScreen(!stage.isFullScreen());
  }

  private void onMouse(MouseEvent event) {
    movedAtMillis = nowMillis();
    if (layers != null) {
      layers.controls().setVisible(true);
    }
    root.getScene().setCursor(Cursor.DEFAULT);
    if (event.getEventType() == MouseEvent.MOUSE_CLICKED
        && event.getButton() == MouseButton.PRIMARY
        && (event.getTarget() == root || event.getTarget() == view)) {
      // The second click of a double click takes back what the first one did.
      actions.togglePlay();
      if (event.getClickCount() == 2) {
        toggleFullScreen();
      }
    }
    if (event.getEventType() == MouseEvent.MOUSE_RELEASED) {
      // What was clicked must not keep the keys.
      Platform.runLater(this::releaseFocus);
    }
  }

  private void releaseFocus() {
    Node focus = root.getScene().getFocusOwner();
    // A menu closes when its button loses the focus.
    if (layers == null || !(layers.inCard(focus) || layers.controls().menuOpen())) {
      root.requestFocus();
    }
  }

  private void onKey(KeyEvent event) {
    if (event.isShortcutDown() && event.getCode() == KeyCode.W) {
      event.consume();
      actions.close();
    }
    if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
      return;
    }
    movedAtMillis = nowMillis();
    Node focus = root.getScene().getFocusOwner();
    boolean handled =
        switch (event.getCode()) {
          case SPACE -> !(focus instanceof ButtonBase) && act(actions::togglePlay);
          case LEFT ->
              !(focus instanceof Slider)
                  && !layers().inCard(focus)
                  && act(() -> actions.seekBy(STEP.negated()));
          case RIGHT ->
              !(focus instanceof Slider)
                  && !layers().inCard(focus)
                  && act(() -> actions.seekBy(STEP));
          case UP ->
              !(focus instanceof MenuButton)
                  && act(() -> layers().controls().changeVolumeBy(VOLUME_STEP));
          case DOWN ->
              !(focus instanceof MenuButton)
                  && act(() -> layers().controls().changeVolumeBy(-VOLUME_STEP));
          case F -> act(this::toggleFullScreen);
          case M -> act(layers().controls()::toggleMute);
          case I -> act(layers()::toggleOverlay);
          case ESCAPE -> stage.isFullScreen() && act(this::toggleFullScreen);
          default -> false;
        };
    if (handled) {
      event.consume();
    }
  }

  private static boolean act(Runnable action) {
    action.run();
    return true;
  }

  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }
}
