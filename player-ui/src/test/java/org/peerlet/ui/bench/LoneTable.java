package org.peerlet.ui.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what lone viewers saw. */
final class LoneTable {
  private final PrintStream out;

  LoneTable(PrintStream out) {
    this.out = out;
  }

  void head() {
    out.printf(
        "%-14s %-8s %3s %8s %8s %8s %9s %8s %8s %8s %8s %8s %6s %5s%n",
        "setting",
        "subject",
        "run",
        "startup",
        "1st byte",
        "piece",
        "rebuffers",
        "waited",
        "played",
        "peers",
        "origin",
        "wire",
        "later",
        "busy");
  }

  void row(LoneSample sample) {
    if (sample instanceof LoneResult result) {
      row(result);
    } else if (sample instanceof SeekResult result) {
      row(result);
    }
  }

  private void row(SeekResult result) {
    String seeks =
        result.seeks().stream()
            .map(
                seek ->
                    String.format(
                        Locale.ROOT, "%d ms (to %.1f s)", seek.millis(), seek.positionSeconds()))
            .collect(Collectors.joining(", "));
    out.printf(
        Locale.ROOT,
        "%-14s %-8s %3d %s%n",
        result.setting(),
        result.subject(),
        result.run(),
        seeks.isEmpty() ? "nothing was left to seek to" : seeks);
  }

  private void row(LoneResult result) {
    ViewerResult viewer = result.viewer();
    Double later = result.laterOriginShare();
    out.printf(
        Locale.ROOT,
        "%-14s %-8s %3d %8s %8s %8s %9d %6.1f s %6.1f s %5.2f MB %5.2f MB %5.2f MB %6s %3.0f %%"
            + "  %s%n",
        result.setting(),
        result.subject(),
        result.run(),
        millis(viewer.startupMillis()),
        millis(viewer.timeToFirstByteMillis()),
        millis(viewer.timeToPieceMillis()),
        viewer.rebuffers(),
        viewer.rebufferMillis() / 1000.0,
        viewer.playedSeconds(),
        viewer.bytesFromPeers() / 1e6,
        result.originBodyBytes() / 1e6,
        result.originWireBytes() / 1e6,
        later == null ? "-" : String.format(Locale.ROOT, "%.2f", later),
        100 * result.processorBusy(),
        viewer.end());
  }

  void bars(List<Bar> bars) {
    out.println();
    bars.forEach(out::println);
  }

  private static String millis(@Nullable Long millis) {
    return millis == null ? "-" : millis + " ms";
  }
}
