package org.peerlet.ui.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.netlab.NetLab;

/** Strangers who have the whole clip, each behind a line of its own. */
final class Seeders {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Seeders() {}

  /** Starts them; returns when the tracker knows them all. */
  static List<NetLab.Host> start(
      SwarmLab lab, NetLab net, Site site, CrowdClip clip, int count, long bitsPerSecond)
      throws InterruptedException {
    List<NetLab.Host> hosts = new ArrayList<>();
    List<LabProcess> programs = new ArrayList<>();
    for (int seeder = 0; seeder < count; seeder++) {
      NetLab.Host host = net.host("seeder" + seeder, bitsPerSecond, 0);
      hosts.add(host);
      List<String> arguments =
          List.of("seed", site.torrentFile().toString(), clip.folder().toString(), "0", "0.0.0.0");
      programs.add(
          lab.start(
              "seeder" + seeder,
              JavaCommand.of(host, BareLibtorrent.class, List.of(), arguments)
                  .toArray(String[]::new)));
    }
    for (LabProcess program : programs) {
      program.awaitLine("^announced$", PATIENCE);
    }
    return hosts;
  }
}
