package org.peerlet.ui.player;

import static org.peerlet.ui.player.Texts.text;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.peerlet.ui.player.BufferedTimeline.Stretch;

/** The position in the clip, with what of it is there; a click or a drag goes elsewhere. */
final class SeekBar extends Region {
  private static final double TRACK_HEIGHT = 4;
  private static final double THUMB_SIZE = 13;
  private static final double HEIGHT = 22;

  private final Region track = part("seek-track");
  private final Pane buffered = new Pane();
  private final Region played = part("seek-played");
  private final Region thumb = part("seek-thumb");
  private final Label hint = new Label();
  private final Consumer<Duration> seek;

  private Duration duration = Duration.ZERO;
  private Duration position = Duration.ZERO;
  private List<Stretch> stretches = List.of();
  private @Nullable Duration dragged;

  /**
   * @param seek hears where the viewer wants to go
   */
  SeekBar(Consumer<Duration> seek) {
    this.seek = seek;
    getStyleClass().add("seek-bar");
    hint.getStyleClass().add("seek-hint");
    hint.setVisible(false);
    hint.setManaged(false);
    buffered.setManaged(false);
    getChildren().addAll(track, buffered, played, thumb, hint);
    getChildren().forEach(child -> child.setMouseTransparent(true));
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.SLIDER);
    setAccessibleText(text("seek"));
    setOnMousePressed(this::drag);
    setOnMouseDragged(this::drag);
    setOnMouseReleased(this::drop);
    setOnMouseMoved(this::hover);
    setOnMouseExited(gone -> hint.setVisible(false));
  }

  private static Region part(String styleClass) {
    Region part = new Region();
    part.getStyleClass().add(styleClass);
    part.setManaged(false);
    return part;
  }

  /** Where the clip stands, and what of it is there. */
  void show(Duration newPosition, Duration newDuration, List<Stretch> newStretches) {
    position = newPosition;
    duration = newDuration;
    if (!stretches.equals(newStretches)) {
      stretches = newStretches;
      buffered.getChildren().setAll(stretches.stream().map(any -> part("seek-buffered")).toList());
    }
    notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
    requestLayout();
  }

  @Override
  public @Nullable Object queryAccessibleAttribute(
      AccessibleAttribute attribute, Object... parameters) {
    return switch (attribute) {
      case VALUE -> position.toMillis() / 1000.0;
      case MIN_VALUE -> 0.0;
      case MAX_VALUE -> duration.toMillis() / 1000.0;
      default -> super.queryAccessibleAttribute(attribute, parameters);
    };
  }

  private void drag(MouseEvent at) {
    if (!duration.isZero()) {
      dragged = timeAt(at.getX());
      hover(at);
      requestLayout();
    }
  }

  private void drop(MouseEvent at) {
    if (dragged != null) {
      dragged = null;
      position = timeAt(at.getX());
      seek.accept(position);
      requestLayout();
    }
  }

  private void hover(MouseEvent at) {
    if (duration.isZero()) {
      return;
    }
    hint.setText(Texts.clock(timeAt(at.getX())));
    hint.autosize();
    double x = Math.max(0, Math.min(getWidth() - hint.getWidth(), at.getX() - hint.getWidth() / 2));
    hint.relocate(x, -hint.getHeight() - 4);
    hint.setVisible(true);
  }

  private Duration timeAt(double x) {
    double part = (x - THUMB_SIZE / 2) / Math.max(1, getWidth() - THUMB_SIZE);
    return Duration.ofMillis((long) (duration.toMillis() * Math.max(0, Math.min(1, part))));
  }

  private double pixelOf(Duration time) {
    return duration.isZero()
        ? 0
        : (getWidth() - THUMB_SIZE)
            * Math.min(1, (double) time.toMillis() / Math.max(1, duration.toMillis()));
  }

  @Override
  protected void layoutChildren() {
    double left = THUMB_SIZE / 2;
    double top = (getHeight() - TRACK_HEIGHT) / 2;
    track.resizeRelocate(left, top, getWidth() - THUMB_SIZE, TRACK_HEIGHT);
    buffered.resizeRelocate(left, top, getWidth() - THUMB_SIZE, TRACK_HEIGHT);
    for (int each = 0; each < stretches.size(); each++) {
      double first = pixelOf(stretches.get(each).first());
      double end = pixelOf(stretches.get(each).end());
      buffered.getChildren().get(each).resizeRelocate(first, 0, end - first, TRACK_HEIGHT);
    }
    double at = pixelOf(dragged == null ? position : dragged);
    played.resizeRelocate(left, top, at, TRACK_HEIGHT);
    thumb.resizeRelocate(at, (getHeight() - THUMB_SIZE) / 2, THUMB_SIZE, THUMB_SIZE);
    thumb.setVisible(!duration.isZero());
  }

  @Override
  protected double computePrefHeight(double width) {
    return HEIGHT;
  }

  @Override
  protected double computeMinHeight(double width) {
    return HEIGHT;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 60;
  }
}
