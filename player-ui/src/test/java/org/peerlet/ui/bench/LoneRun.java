package org.peerlet.ui.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.netlab.NetLab;

/** One lone viewer in one setting, in a network of its own. */
final class LoneRun {
  /** What a fast start may cost the origin is over by then. */
  private static final long START_SECONDS = 5;

  /** What was under way when the viewer left has come or gone, and stands in the log. */
  private static final long SETTLE_MILLIS = 500;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Set<LoneSetting> MISHAPS =
      Set.of(LoneSetting.VANISH, LoneSetting.ORIGIN_SILENT, LoneSetting.ORIGIN_KILLED);

  private final SwarmLab lab;
  private final NetLab net;
  private final LonePlan plan;
  private final LoneSetting setting;
  private final Subject subject;
  private final int run;

  private LoneRun(
      SwarmLab lab, NetLab net, LonePlan plan, LoneSetting setting, Subject subject, int run) {
    this.lab = lab;
    this.net = net;
    this.plan = plan;
    this.setting = setting;
    this.subject = subject;
    this.run = run;
  }

  static LoneSample run(LonePlan plan, LoneSetting setting, Subject subject, int run)
      throws IOException, InterruptedException, StreamException {
    try (SwarmLab lab = SwarmLab.open();
        NetLab net = NetLab.open(lab, plan.oneWay())) {
      return new LoneRun(lab, net, plan, setting, subject, run).run();
    }
  }

  private LoneSample run() throws IOException, InterruptedException, StreamException {
    Site site = Site.open(lab, net, plan.clip(), plan.bitsPerSecond(setting.originUplink()));
    List<NetLab.Host> seeders =
        Seeders.start(
            lab,
            net,
            site,
            plan.clip(),
            setting.seeders(),
            plan.bitsPerSecond(setting.seederUplink()));
    NetLab.Host line =
        net.host(
            "viewer", plan.bitsPerSecond(LonePlan.UPLINK), plan.bitsPerSecond(CrowdPlan.DOWNLINK));
    if (setting == LoneSetting.SEEK) {
      return seek(site, line);
    }
    return subject == Subject.CHROMIUM ? browse(site, line) : watch(site, line, seeders);
  }

  private LoneResult watch(Site site, NetLab.Host line, List<NetLab.Host> seeders)
      throws IOException, InterruptedException {
    Viewer viewer = Viewer.prepare(lab, line, "viewer", site, plan.clip(), order());
    viewer.awaitReady();
    ProcessorTime before = ProcessorTime.now();
    viewer.start();
    CompletableFuture<Traffic> started =
        CompletableFuture.supplyAsync(
            () -> Traffic.now(site, line),
            CompletableFuture.delayedExecutor(START_SECONDS, TimeUnit.SECONDS));
    if (MISHAPS.contains(setting)) {
      viewer.awaitMoving();
      Thread.sleep(plan.mishapAfter().toMillis());
      mishap(site.origin(), seeders);
    }
    ViewerResult result = viewer.result();
    double busy = before.busyUntil(ProcessorTime.now());
    Traffic ended = Traffic.now(site, line);
    viewer.awaitExit();
    return result(site, line, result, started.join().originShareUntil(ended), busy);
  }

  private LoneResult browse(Site site, NetLab.Host line) throws IOException, InterruptedException {
    Duration far = plan.watched(setting);
    String page = site.origin().watchUrl(plan.clip().name(), far);
    ProcessorTime before = ProcessorTime.now();
    ViewerResult result = ChromiumViewer.watch(lab, line, page, far, plan.giveUpAfter());
    return result(site, line, result, null, before.busyUntil(ProcessorTime.now()));
  }

  private LoneResult result(
      Site site,
      NetLab.Host line,
      ViewerResult viewer,
      @Nullable Double laterOriginShare,
      double busy)
      throws IOException, InterruptedException {
    Thread.sleep(SETTLE_MILLIS);
    long originBytes = site.origin().bodyBytes().getOrDefault(line.address(), 0L);
    return new LoneResult(
        setting,
        subject,
        run,
        subject == Subject.BARE ? viewer.splitBy(originBytes) : viewer,
        originBytes,
        site.origin().wireBytes(),
        laterOriginShare,
        busy);
  }

  private SeekResult seek(Site site, NetLab.Host line) throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "--subject=" + subject,
            "--torrent=" + site.torrentUrl(),
            "--origin=" + site.clipUrl(),
            "--clip=" + plan.clip().file(),
            "--folder=" + lab.folder("cache"),
            "--seed=" + (plan.seed() + run),
            "--seeks=" + plan.seeks());
    Path traces = order().traces();
    Path state =
        traces == null ? lab.folder("state") : Files.createDirectories(traces.toAbsolutePath());
    List<String> options = traces == null ? List.of() : List.of(Viewer.LOGS_MORE);
    LabProcess program =
        lab.start(
            "viewer",
            Map.of("XDG_STATE_HOME", state.toString()),
            JavaCommand.of(line, SeekProgram.class, options, arguments));
    program.awaitLine("^ready$", PATIENCE);
    program.writeLine("start");
    String seeksLine = program.awaitLine("^\\[.*]$", SeekProgram.most(plan.seeks())).group();
    program.awaitExit(PATIENCE);
    List<SeekResult.Seek> seeks = new ObjectMapper().readValue(seeksLine, new TypeReference<>() {});
    return new SeekResult(setting, subject, run, seeks);
  }

  private void mishap(NginxOrigin origin, List<NetLab.Host> seeders) throws InterruptedException {
    switch (setting) {
      case VANISH -> seeders.forEach(NetLab.Host::cutOff);
      case ORIGIN_SILENT -> origin.cutOff();
      case ORIGIN_KILLED -> origin.kill();
      default -> {}
    }
  }

  private ViewerOrder order() {
    Path traces = plan.traces();
    return new ViewerOrder(
        subject,
        ShareMode.ON,
        setting.watchedPart() < 1 ? plan.watched(setting) : null,
        plan.giveUpAfter(),
        traces == null ? null : traces.resolve(setting + "-" + subject + "-run" + run));
  }
}
