package org.peerlet.ui.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.netlab.NetLab;

/** One crowd that watches one clip with one subject, in a network of its own. */
final class CrowdRun {
  /** What was under way when the last viewer left has come or gone, and stands in the log. */
  private static final long SETTLE_MILLIS = 500;

  private final SwarmLab lab;
  private final CrowdPlan plan;
  private final CrowdClip clip;
  private final Subject subject;
  private final String name;
  private final List<Viewer> viewers = new ArrayList<>();
  private @Nullable QbittorrentViewer stranger;

  private CrowdRun(SwarmLab lab, CrowdPlan plan, CrowdClip clip, Subject subject, String name) {
    this.lab = lab;
    this.plan = plan;
    this.clip = clip;
    this.subject = subject;
    this.name = name;
  }

  /**
   * Runs it.
   *
   * @param name of the run, in names of files
   */
  static CrowdResult run(CrowdPlan plan, CrowdClip clip, Subject subject, String name)
      throws IOException, InterruptedException, StreamException {
    try (SwarmLab lab = SwarmLab.open();
        NetLab net = NetLab.open(lab, plan.oneWay())) {
      return new CrowdRun(lab, plan, clip, subject, name).run(net);
    }
  }

  private CrowdResult run(NetLab net) throws IOException, InterruptedException, StreamException {
    long rate = clip.bitsPerSecond();
    Site site = Site.open(lab, net, clip, (long) (plan.originUplink() * rate));
    for (int viewer = 0; viewer < plan.viewers(); viewer++) {
      String host = "viewer" + viewer;
      NetLab.Host line =
          net.host(host, (long) (plan.uplink(viewer) * rate), (long) (CrowdPlan.DOWNLINK * rate));
      if (plan.hasQbittorrent(viewer)) {
        stranger = QbittorrentViewer.prepare(lab, line, site.torrentFile());
      } else {
        viewers.add(Viewer.prepare(lab, line, host, site, clip, order(viewer)));
      }
    }
    for (Viewer viewer : viewers) {
      viewer.awaitReady();
    }
    ProcessorTime before = ProcessorTime.now();
    start();
    List<ViewerResult> results = new ArrayList<>();
    for (Viewer viewer : viewers) {
      results.add(viewer.result());
    }
    double busy = before.busyUntil(ProcessorTime.now());
    for (Viewer viewer : viewers) {
      viewer.awaitExit();
    }
    if (stranger != null) {
      stranger.leave();
    }
    Thread.sleep(SETTLE_MILLIS);
    return result(site.origin(), results, busy);
  }

  private CrowdResult result(NginxOrigin origin, List<ViewerResult> results, double busy)
      throws IOException {
    Map<String, Long> originBytes = origin.bodyBytes();
    long all = originBytes.values().stream().mapToLong(Long::longValue).sum();
    QbittorrentResult other = null;
    if (stranger != null) {
      other = stranger.result(originBytes.getOrDefault(stranger.host().address(), 0L));
      all -= other.originBodyBytes();
    }
    return new CrowdResult(
        subject,
        subject == Subject.BARE ? bySource(results, originBytes) : results,
        other,
        clip.lengthBytes(),
        all,
        origin.wireBytes(),
        plan.fluidCopies(clip.seconds()),
        busy);
  }

  private ViewerOrder order(int viewer) {
    Path traces = plan.traces();
    return new ViewerOrder(
        subject,
        plan.share(viewer),
        plan.leaveAfter(),
        plan.giveUpAfter(clip.seconds()),
        traces == null ? null : traces.resolve(name + "-viewer" + viewer));
  }

  private void start() throws InterruptedException {
    long begun = System.nanoTime();
    Iterator<Viewer> next = viewers.iterator();
    for (int viewer = 0; viewer < plan.viewers(); viewer++) {
      long due = begun + viewer * plan.spacing().toNanos();
      Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
      if (stranger != null && plan.hasQbittorrent(viewer)) {
        stranger.start();
      } else {
        next.next().start();
      }
    }
  }

  private List<ViewerResult> bySource(List<ViewerResult> results, Map<String, Long> originBytes) {
    List<ViewerResult> split = new ArrayList<>();
    for (int viewer = 0; viewer < results.size(); viewer++) {
      String address = viewers.get(viewer).host().address();
      split.add(results.get(viewer).splitBy(originBytes.getOrDefault(address, 0L)));
    }
    return split;
  }
}
