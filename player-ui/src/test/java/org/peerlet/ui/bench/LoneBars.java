package org.peerlet.ui.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The bars of each setting, and where the medians of one benchmark's runs stand beside them. */
final class LoneBars {
  private final List<LoneSample> samples;

  LoneBars(List<? extends LoneSample> samples) {
    this.samples = List.copyOf(samples);
  }

  List<Bar> of(LoneSetting setting) {
    return switch (setting) {
      case ALONE ->
          List.of(
              new Bar(
                  setting,
                  "first byte in ms, of plain HTTP's first piece + 150",
                  median(setting, Subject.PEERLET, each -> each.viewer().timeToFirstByteMillis()),
                  median(setting, Subject.HTTP, each -> each.viewer().timeToPieceMillis()) + 150),
              new Bar(
                  setting,
                  "origin bytes beside plain HTTP's",
                  beside(setting, Subject.HTTP, LoneResult::originBodyBytes),
                  1.02));
      case ENOUGH ->
          List.of(
              new Bar(
                  setting,
                  "origin's share after 5 s",
                  median(setting, Subject.PEERLET, LoneResult::laterOriginShare),
                  0.1));
      case SLOW ->
          List.of(
              new Bar(
                  setting,
                  "startup beside plain HTTP's",
                  beside(setting, Subject.HTTP, each -> each.viewer().startupMillis()),
                  1.3),
              smooth(setting));
      case LEAVE ->
          List.of(
              new Bar(
                  setting,
                  "bytes on the origin's wire beside Chromium's",
                  beside(setting, Subject.CHROMIUM, LoneResult::originWireBytes),
                  1));
      case SEEK -> seeks(setting);
      case VANISH, ORIGIN_SILENT, ORIGIN_KILLED -> List.of(smooth(setting));
    };
  }

  /** Every run counts, and one that was given up as if it had never gone on. */
  private Bar smooth(LoneSetting setting) {
    double most =
        of(LoneResult.class, setting, Subject.PEERLET)
            .map(LoneResult::viewer)
            .mapToDouble(each -> each.finished() ? each.rebuffers() : Double.POSITIVE_INFINITY)
            .max()
            .orElse(Double.NaN);
    return new Bar(setting, "rebuffers, the most of any run", most, 0);
  }

  private double beside(
      LoneSetting setting, Subject other, Function<LoneResult, @Nullable Number> figure) {
    return median(setting, Subject.PEERLET, figure) / median(setting, other, figure);
  }

  /** Not a number when a run lacks the figure: a median of the others would flatter. */
  private double median(
      LoneSetting setting, Subject subject, Function<LoneResult, @Nullable Number> figure) {
    double[] values =
        of(LoneResult.class, setting, subject)
            .mapToDouble(
                each -> {
                  Number value = figure.apply(each);
                  return value == null ? Double.NaN : value.doubleValue();
                })
            .toArray();
    for (double value : values) {
      if (Double.isNaN(value)) {
        return Double.NaN;
      }
    }
    return values.length == 0 ? Double.NaN : Report.median(values);
  }

  private List<Bar> seeks(LoneSetting setting) {
    double[] plain = seekMillis(setting, Subject.HTTP);
    double[] ours = seekMillis(setting, Subject.PEERLET);
    double usual = plain.length == 0 ? Double.NaN : Report.median(plain);
    double median = ours.length == 0 ? Double.NaN : Report.median(ours);
    double most = Arrays.stream(ours).max().orElse(Double.NaN);
    return List.of(
        new Bar(setting, "median beside plain HTTP's", median / usual, 1.4),
        new Bar(setting, "longest beside plain HTTP's median", most / usual, 2));
  }

  private double[] seekMillis(LoneSetting setting, Subject subject) {
    return of(SeekResult.class, setting, subject)
        .flatMapToDouble(each -> Arrays.stream(each.millis()))
        .toArray();
  }

  private <T extends LoneSample> Stream<T> of(Class<T> kind, LoneSetting setting, Subject subject) {
    return samples.stream()
        .filter(each -> each.setting() == setting && each.subject() == subject)
        .filter(kind::isInstance)
        .map(kind::cast);
  }
}
