package org.peerlet.ui.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.crowd.PoissonTrace;
import org.peerlet.fixtures.crowd.Visit;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.netlab.NetLab;

/** One trace of viewers who come and go, in a network of its own. */
final class PoissonRun {
  /** What was under way when the last viewer left has come or gone, and stands in the log. */
  private static final long SETTLE_MILLIS = 500;

  private final SwarmLab lab;
  private final NetLab net;
  private final PoissonPlan plan;
  private final PoissonTrace trace;
  private final String name;
  private final Semaphore room;
  private final List<CompletableFuture<Viewer>> viewers = new ArrayList<>();
  private long latestMillis;

  private PoissonRun(SwarmLab lab, NetLab net, PoissonPlan plan, PoissonTrace trace, String name) {
    this.lab = lab;
    this.net = net;
    this.plan = plan;
    this.trace = trace;
    this.name = name;
    room = new Semaphore(plan.pool());
    trace.visits().forEach(visit -> viewers.add(new CompletableFuture<>()));
  }

  /**
   * Runs it.
   *
   * @param name of the run, in names of files
   */
  static PoissonResult run(PoissonPlan plan, PoissonTrace trace, String name)
      throws IOException, InterruptedException, StreamException {
    try (SwarmLab lab = SwarmLab.open();
        NetLab net = NetLab.open(lab, plan.oneWay())) {
      return new PoissonRun(lab, net, plan, trace, name).run();
    }
  }

  private PoissonResult run() throws IOException, InterruptedException, StreamException {
    Site site = Site.open(lab, net, plan.clip(), bitsPerSecond(plan.originUplink()));
    Thread pool = new Thread(() -> fillPool(site), "viewer-pool");
    pool.setDaemon(true);
    pool.start();
    // As many as there is room for: the trace begins on a machine that is quiet.
    viewers.get(Math.min(plan.pool(), viewers.size()) - 1).join();
    ProcessorTime before = ProcessorTime.now();
    start();
    List<ViewerResult> results = new ArrayList<>();
    for (CompletableFuture<Viewer> viewer : viewers) {
      results.add(viewer.join().result());
    }
    double busy = before.busyUntil(ProcessorTime.now());
    for (CompletableFuture<Viewer> viewer : viewers) {
      viewer.join().awaitExit();
    }
    Thread.sleep(SETTLE_MILLIS);
    return result(site.origin(), results, busy);
  }

  /** Starts programs in the order of arrival, ahead of time, as long as there is room. */
  private void fillPool(Site site) {
    for (int index = 0; index < viewers.size(); index++) {
      try {
        room.acquire();
        Viewer viewer = prepare(site, index);
        viewer.awaitReady();
        viewers.get(index).complete(viewer);
      } catch (IOException | InterruptedException | RuntimeException broken) {
        viewers.forEach(each -> each.completeExceptionally(broken));
        return;
      }
    }
  }

  private Viewer prepare(Site site, int index) throws IOException {
    Visit visit = trace.visits().get(index);
    NetLab.Host line =
        net.host(
            "viewer" + index, bitsPerSecond(visit.uplink()), bitsPerSecond(CrowdPlan.DOWNLINK));
    return Viewer.prepare(lab, line, "viewer" + index, site, plan.clip(), order(visit, index));
  }

  private ViewerOrder order(Visit visit, int index) {
    Path traces = plan.traces();
    @Nullable Duration leaveAfter =
        visit.watchSeconds() < plan.clip().seconds()
            ? Duration.ofMillis((long) (visit.watchSeconds() * 1000))
            : null;
    return new ViewerOrder(
        plan.subject(),
        ShareMode.ON,
        leaveAfter,
        plan.giveUpAfter(),
        traces == null ? null : traces.resolve(name + "-viewer" + index));
  }

  private void start() throws InterruptedException {
    long begun = System.nanoTime();
    for (int index = 0; index < viewers.size(); index++) {
      long due = begun + (long) (trace.visits().get(index).arrivalSeconds() * 1e9);
      Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
      viewers.get(index).join().start();
      room.release();
      latestMillis = Math.max(latestMillis, (System.nanoTime() - due) / 1_000_000);
    }
  }

  private PoissonResult result(NginxOrigin origin, List<ViewerResult> results, double busy)
      throws IOException {
    Map<String, Long> originBytes = origin.bodyBytes();
    List<ViewerResult> split = new ArrayList<>();
    for (int index = 0; index < results.size(); index++) {
      String address = viewers.get(index).join().host().address();
      ViewerResult each = results.get(index);
      split.add(
          plan.subject() == Subject.BARE
              ? each.splitBy(originBytes.getOrDefault(address, 0L))
              : each);
    }
    return new PoissonResult(
        plan.subject(),
        trace,
        split,
        originBytes.values().stream().mapToLong(Long::longValue).sum(),
        origin.wireBytes(),
        OriginBounds.of(trace.visits(), plan.clip().bitsPerSecond()),
        latestMillis,
        busy);
  }

  private long bitsPerSecond(double rates) {
    return (long) (rates * plan.clip().bitsPerSecond());
  }
}
