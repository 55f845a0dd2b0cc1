package org.peerlet.ui.bench;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Prints what crowds saw. */
final class CrowdTable {
  private final PrintStream out;

  CrowdTable(PrintStream out) {
    this.out = out;
  }

  /** One row a viewer. */
  void viewers(String name, CrowdPlan plan, CrowdResult result) {
    out.printf(
        "%n%s%n%6s %5s %7s %8s %8s %9s %9s %9s %9s %9s %9s  %s%n",
        name,
        "viewer",
        "up",
        "share",
        "startup",
        "1st byte",
        "rebuffers",
        "waited",
        "played",
        "peers",
        "origin",
        "uploaded",
        "");
    Iterator<ViewerResult> results = result.viewers().iterator();
    for (int viewer = 0; viewer < plan.viewers(); viewer++) {
      QbittorrentResult other = result.qbittorrent();
      if (other != null && plan.hasQbittorrent(viewer)) {
        row(viewer, plan, other);
      } else {
        row(viewer, plan, results.next());
      }
    }
  }

  private void row(int viewer, CrowdPlan plan, ViewerResult each) {
    out.printf(
        "%6d %4.1fx %7s %5s ms %5s ms %9d %6.1f s %7.1f s %6.1f MB %6.1f MB %6.1f MB  %s%n",
        viewer,
        plan.uplink(viewer),
        plan.share(viewer).name().toLowerCase(Locale.ROOT),
        each.startupMillis() == null ? "-" : each.startupMillis(),
        each.timeToFirstByteMillis() == null ? "-" : each.timeToFirstByteMillis(),
        each.rebuffers(),
        each.rebufferMillis() / 1000.0,
        each.playedSeconds(),
        each.bytesFromPeers() / 1e6,
        each.bytesFromOrigin() / 1e6,
        each.bytesUploaded() / 1e6,
        each.end());
  }

  /** Its origin share is the log's, and what it says it downloaded has that in it. */
  private void row(int viewer, CrowdPlan plan, QbittorrentResult each) {
    out.printf(
        "%6d %4.1fx %-56s %6.1f MB %6.1f MB %6.1f MB%n",
        viewer,
        plan.uplink(viewer),
        "  qBittorrent, "
            + (each.completeSeconds() == null
                ? "had %.0f %% in the end".formatted(100 * each.progress())
                : "complete after " + each.completeSeconds() + " s"),
        Math.max(0, each.bytesDownloaded() - each.originBodyBytes()) / 1e6,
        each.originBodyBytes() / 1e6,
        each.bytesUploaded() / 1e6);
  }

  /** One row a crowd. */
  void crowds(List<CrowdResult> results) {
    out.printf(
        "%n%-8s %9s %9s %9s %9s %9s %8s %8s %8s %6s%n",
        "subject",
        "smooth",
        "finished",
        "startup",
        "longest",
        "waited",
        "copies",
        "fluid",
        "offload",
        "busy");
    for (CrowdResult each : results) {
      int viewers = each.viewers().size();
      out.printf(
          "%-8s %9s %9s %6.0f ms %6.0f ms %7.1f s %8.2f %8.2f %6.0f %% %4.0f %%%n",
          each.subject(),
          each.smooth() + "/" + viewers,
          each.finished() + "/" + viewers,
          each.startupMedianMillis(),
          each.startupMostMillis(),
          each.rebufferMillis() / 1000.0,
          each.originCopies(),
          each.fluidCopies(),
          100 * each.offload(),
          100 * each.processorBusy());
    }
  }
}
