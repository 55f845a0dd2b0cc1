package org.peerlet.ui.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.peerlet.fixtures.crowd.PoissonTrace;
import org.peerlet.fixtures.crowd.Visit;

/** Prints what came of traces of viewers. */
final class PoissonTable {
  private final PrintStream out;

  PoissonTable(PrintStream out) {
    this.out = out;
  }

  /** One row a viewer. */
  void viewers(String name, PoissonResult result) {
    out.printf(
        "%n%s%n%6s %9s %8s %5s %8s %9s %8s %8s %9s %9s %9s%n",
        name,
        "viewer",
        "arrives",
        "watches",
        "up",
        "startup",
        "rebuffers",
        "waited",
        "played",
        "peers",
        "origin",
        "uploaded");
    for (int index = 0; index < result.viewers().size(); index++) {
      Visit visit = result.trace().visits().get(index);
      ViewerResult each = result.viewers().get(index);
      out.printf(
          Locale.ROOT,
          "%6d %7.1f s %6.1f s %4.1fx %5s ms %9d %6.1f s %6.1f s %6.1f MB %6.1f MB %6.1f MB  %s%n",
          index,
          visit.arrivalSeconds(),
          visit.watchSeconds(),
          visit.uplink(),
          each.startupMillis() == null ? "-" : each.startupMillis(),
          each.rebuffers(),
          each.rebufferMillis() / 1000.0,
          each.playedSeconds(),
          each.bytesFromPeers() / 1e6,
          each.bytesFromOrigin() / 1e6,
          each.bytesUploaded() / 1e6,
          each.end());
    }
  }

  /** One row a trace. */
  void traces(List<PoissonResult> results) {
    out.printf(
        "%n%-8s %5s %8s %8s %7s %9s %9s %8s %5s%n",
        "subject", "rate", "seed", "viewers", "smooth", "startup", "origin", "latest", "busy");
    for (PoissonResult each : results) {
      out.printf(
          Locale.ROOT,
          "%-8s %5.1f %8d %8d %5.0f %% %6.0f ms %6.1f MB %5d ms %3.0f %%%n",
          each.subject(),
          each.trace().viewersAtOnce(),
          each.trace().seed(),
          each.viewers().size(),
          100 * each.smoothShare(),
          each.startupMedianMillis(),
          each.originBodyBytes() / 1e6,
          each.latestMillis(),
          100 * each.processorBusy());
    }
    out.printf(
        "%nThe origin beside what it had to send at least%n%-8s %5s %9s %6s %9s %6s %9s %6s %9s"
            + " %6s%n",
        "subject",
        "rate",
        "fluid",
        "times",
        "forgetful",
        "times",
        "flow",
        "times",
        "in order",
        "times");
    for (PoissonResult each : results) {
      OriginBounds bounds = each.bounds();
      double origin = each.originBodyBytes();
      out.printf(
          Locale.ROOT,
          "%-8s %5.1f %6.1f MB %6.2f %6.1f MB %6.2f %6.1f MB %6.2f %6.1f MB %6.2f%n",
          each.subject(),
          each.trace().viewersAtOnce(),
          bounds.fluidBytes() / 1e6,
          origin / bounds.fluidBytes(),
          bounds.forgetfulBytes() / 1e6,
          origin / bounds.forgetfulBytes(),
          bounds.flowBytes() / 1e6,
          origin / bounds.flowBytes(),
          bounds.inOrderBytes() / 1e6,
          origin / bounds.inOrderBytes());
    }
  }

  /** One row a trace that was not measured. */
  void bounds(List<PoissonTrace> traces, long bitsPerSecond) {
    out.printf(
        "%n%5s %8s %8s %9s %9s %9s %9s%n",
        "rate", "seed", "viewers", "fluid", "forgetful", "flow", "in order");
    for (PoissonTrace trace : traces) {
      OriginBounds bounds = OriginBounds.of(trace.visits(), bitsPerSecond);
      out.printf(
          Locale.ROOT,
          "%5.1f %8d %8d %6.1f MB %6.1f MB %6.1f MB %6.1f MB%n",
          trace.viewersAtOnce(),
          trace.seed(),
          trace.visits().size(),
          bounds.fluidBytes() / 1e6,
          bounds.forgetfulBytes() / 1e6,
          bounds.flowBytes() / 1e6,
          bounds.inOrderBytes() / 1e6);
    }
  }
}
