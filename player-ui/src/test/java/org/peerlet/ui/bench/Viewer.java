package org.peerlet.ui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.netlab.NetLab;

/** A {@link ViewerProgram} on a host of its own. */
final class Viewer {
  /** For a log that says why. */
  static final String LOGS_MORE = "-Dpeerlet.log.level=DEBUG";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Opening and leaving, besides what the viewer allows itself. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final NetLab.Host host;
  private final ViewerOrder order;
  private final LabProcess process;

  private Viewer(NetLab.Host host, ViewerOrder order, LabProcess process) {
    this.host = host;
    this.order = order;
    this.process = process;
  }

  /** Starts the program, which then gets ready for the sign to {@link #start}. */
  static Viewer prepare(
      SwarmLab lab, NetLab.Host host, String name, Site site, CrowdClip clip, ViewerOrder order)
      throws IOException {
    List<String> options = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    arguments.add("--subject=" + order.subject());
    arguments.add("--torrent=" + site.torrentUrl());
    arguments.add("--origin=" + site.clipUrl());
    arguments.add("--clip=" + clip.file());
    arguments.add("--piece-bytes=" + clip.pieceBytes());
    arguments.add("--folder=" + lab.folder("cache of " + name));
    arguments.add("--share=" + order.share());
    arguments.add("--give-up-after=" + order.giveUpAfter().toMillis() + "ms");
    Duration leaveAfter = order.leaveAfter();
    if (leaveAfter != null) {
      arguments.add("--leave-after=" + leaveAfter.toMillis() + "ms");
    }
    Path traces = order.traces();
    Path state = lab.folder("state of " + name);
    if (traces != null) {
      state = Files.createDirectories(traces.toAbsolutePath());
      options.add(LOGS_MORE);
      arguments.add("--trace=" + state.resolve("trace.jsonl"));
    }
    LabProcess process =
        lab.start(
            name,
            Map.of("XDG_STATE_HOME", state.toString()),
            JavaCommand.of(host, ViewerProgram.class, options, arguments));
    return new Viewer(host, order, process);
  }

  NetLab.Host host() {
    return host;
  }

  void awaitReady() throws InterruptedException {
    process.awaitLine("^ready$", PATIENCE);
  }

  /** The viewer asks for the clip. */
  void start() {
    process.writeLine("start");
  }

  /** Waits for the first moving picture. */
  void awaitMoving() throws InterruptedException {
    process.awaitLine("^moving$", order.giveUpAfter());
  }

  /** Waits until it has seen the clip or given up. */
  ViewerResult result() throws IOException, InterruptedException {
    Duration patience = order.giveUpAfter().plus(MARGIN);
    String line = process.awaitLine("^\\{\"startupMillis.*", patience).group();
    return new ObjectMapper().readValue(line, ViewerResult.class);
  }

  void awaitExit() throws InterruptedException {
    process.awaitExit(PATIENCE);
  }
}
