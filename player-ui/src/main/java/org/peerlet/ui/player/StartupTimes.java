package org.peerlet.ui.player;

import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Where the time goes from the start of the process to the first frame. Any thread. */
final class StartupTimes {
  /** The moments, in their usual order. */
  enum Moment {
    /** The program's own code runs. */
    JVM("jvmMillis"),
    /** JavaFX is there. */
    TOOLKIT("toolkitMillis"),
    /** The window was put on the screen. */
    WINDOW("windowMillis"),
    TORRENT_KNOWN("torrentKnownMillis"),
    /** The clip's index was read. */
    INSPECTION("inspectionMillis"),
    /** JavaFX has read the clip's beginning. */
    MEDIA_READY("mediaReadyMillis"),
    FIRST_FRAME("firstFrameMillis");

    private final String field;

    Moment(String field) {
      this.field = field;
    }
  }

  private final long processStartMillis;
  private final Clock clock;
  private final Map<Moment, Long> moments = new EnumMap<>(Moment.class);

  StartupTimes(long processStartMillis, Clock clock) {
    this.processStartMillis = processStartMillis;
    this.clock = clock;
  }

  /** It is now; only the first time counts. */
  synchronized void mark(Moment moment) {
    moments.putIfAbsent(moment, clock.millis() - processStartMillis);
  }

  /** Milliseconds from the start of the process; empty before. */
  synchronized OptionalLong millis(Moment moment) {
    Long millis = moments.get(moment);
    return millis == null ? OptionalLong.empty() : OptionalLong.of(millis);
  }

  /** Milliseconds from the start of the process by name, without what has not come yet. */
  synchronized Map<String, Long> table() {
    Map<String, Long> table = new LinkedHashMap<>();
    moments.forEach((moment, millis) -> table.put(moment.field, millis));
    return table;
  }

  /** One line for the log. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    table()
        .forEach(
            (field, millis) ->
                line.append(line.isEmpty() ? "" : ", ")
                    .append(field.replace("Millis", ""))
                    .append(String.format(Locale.ROOT, " %d ms", millis)));
    return line.toString();
  }
}
