package org.peerlet.ui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.PieceLength;
import org.peerlet.core.metainfo.TorrentMaker;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.netlab.NetLab;

/** One crowd that watches one clip with one subject, in a network of its own. */
final class CrowdRun {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int TRACKER_PORT = 8000;

  /** Opening and leaving, besides what the viewers allow themselves. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final SwarmLab lab;
  private final CrowdPlan plan;
  private final CrowdClip clip;
  private final Subject subject;
  private final String name;
  private final List<LabProcess> viewers = new ArrayList<>();
  private final List<NetLab.Host> hosts = new ArrayList<>();

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
    NetLab.Host originHost = net.host("origin", (long) (plan.originUplink() * rate), 0);
    NginxOrigin origin = NginxOrigin.start(lab, originHost, clip.folder());
    String torrent = startTracker(net.host("tracker", 0, 0), origin.url(clip.name()));
    for (int viewer = 0; viewer < plan.viewers(); viewer++) {
      NetLab.Host host =
          net.host(
              "viewer" + viewer,
              (long) (plan.uplink(viewer) * rate),
              (long) (CrowdPlan.DOWNLINK * rate));
      hosts.add(host);
      viewers.add(
          lab.start(
              "viewer" + viewer,
              environment(viewer),
              viewer(viewer, host, torrent, origin.url(clip.name()))));
    }
    for (LabProcess viewer : viewers) {
      viewer.awaitLine("^ready$", PATIENCE);
    }
    ProcessorTime before = ProcessorTime.now();
    start();
    List<ViewerResult> results = collect();
    double busy = before.busyUntil(ProcessorTime.now());
    for (LabProcess viewer : viewers) {
      viewer.awaitExit(PATIENCE);
    }
    Map<String, Long> originBytes = origin.bodyBytes();
    return new CrowdResult(
        subject,
        bySource(results, originBytes),
        clip.lengthBytes(),
        originBytes.values().stream().mapToLong(Long::longValue).sum(),
        origin.wireBytes(),
        plan.fluidCopies(clip.seconds()),
        busy);
  }

  /** Returns the torrent's URL. */
  private String startTracker(NetLab.Host host, String webSeed)
      throws IOException, InterruptedException, StreamException {
    Path site = lab.folder("site");
    String base = "http://" + host.address() + ":" + TRACKER_PORT;
    TorrentMaker.Options options =
        TorrentMaker.Options.defaults()
            .withPieceLength(PieceLength.choose(clip.lengthBytes(), clip.seconds()))
            .withTrackers(List.of(base + "/announce"))
            .withWebSeeds(List.of(webSeed));
    Files.write(site.resolve("clip.torrent"), TorrentMaker.make(clip.file(), options));
    lab.start(
            "tracker",
            host.command(
                Path.of(Report.script()).toAbsolutePath().toString(),
                "serve",
                site.toString(),
                "--host=0.0.0.0",
                "--port=" + TRACKER_PORT,
                "--open-tracker"))
        .awaitLine("announce ", PATIENCE);
    return base + "/clip.torrent";
  }

  private Map<String, String> environment(int viewer) throws IOException {
    Path state = plan.traces() == null ? lab.folder("state" + viewer) : traceFolder(viewer);
    return Map.of("XDG_STATE_HOME", state.toString());
  }

  private Path traceFolder(int viewer) throws IOException {
    Path traces = plan.traces() == null ? lab.folder("traces") : plan.traces();
    return Files.createDirectories(traces.toAbsolutePath().resolve(name + "-viewer" + viewer));
  }

  private List<String> viewer(int viewer, NetLab.Host host, String torrent, String origin)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    String library = System.getProperty("libtorrent4j.jni.path");
    if (library != null) {
      command.add("-Dlibtorrent4j.jni.path=" + library);
    }
    if (plan.traces() != null) {
      command.add("-Dpeerlet.log.level=DEBUG");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ViewerProgram.class.getName());
    command.add("--subject=" + subject);
    command.add("--torrent=" + torrent);
    command.add("--origin=" + origin);
    command.add("--clip=" + clip.file());
    command.add("--folder=" + lab.folder("cache" + viewer));
    command.add("--share=" + plan.share(viewer));
    command.add("--give-up-after=" + plan.giveUpAfter(clip.seconds()).toSeconds() + "s");
    Duration leaveAfter = plan.leaveAfter();
    if (leaveAfter != null) {
      command.add("--leave-after=" + leaveAfter.toMillis() + "ms");
    }
    if (plan.traces() != null) {
      command.add("--trace=" + traceFolder(viewer).resolve("trace.jsonl"));
    }
    return List.of(host.command(command.toArray(String[]::new)));
  }

  private void start() throws InterruptedException {
    long begun = System.nanoTime();
    for (int viewer = 0; viewer < viewers.size(); viewer++) {
      long due = begun + viewer * plan.spacing().toNanos();
      Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
      viewers.get(viewer).writeLine("start");
    }
  }

  private List<ViewerResult> collect() throws IOException, InterruptedException {
    Duration patience = plan.giveUpAfter(clip.seconds()).plus(MARGIN);
    List<ViewerResult> results = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (LabProcess viewer : viewers) {
      String line = viewer.awaitLine("^\\{\"startupMillis.*", patience).group();
      results.add(json.readValue(line, ViewerResult.class));
    }
    return results;
  }

  /** Bare libtorrent does not tell web seeds from peers at the end; the origin's log does. */
  private List<ViewerResult> bySource(List<ViewerResult> results, Map<String, Long> originBytes) {
    if (subject != Subject.BARE) {
      return results;
    }
    List<ViewerResult> split = new ArrayList<>();
    for (int viewer = 0; viewer < results.size(); viewer++) {
      long fromOrigin = originBytes.getOrDefault(hosts.get(viewer).address(), 0L);
      long all = results.get(viewer).bytesFromPeers();
      split.add(results.get(viewer).withSources(Math.max(0, all - fromOrigin), fromOrigin));
    }
    return split;
  }
}
