package org.peerlet.ui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.Program;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.netlab.NetLab;

/**
 * A member of the crowd with another program: qbittorrent-nox as it comes, that loads the torrent
 * in order and takes the origin for a web seed. It is told by its web API, from within its network.
 */
final class QbittorrentViewer {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int WEB_PORT = 8080;
  private static final String API = "http://127.0.0.1:" + WEB_PORT + "/api/v2/torrents/";

  private final SwarmLab lab;
  private final NetLab.Host host;
  private final LabProcess process;
  private long startedSeconds;
  private int requests;
  private JsonNode account = MissingNode.getInstance();

  private QbittorrentViewer(SwarmLab lab, NetLab.Host host, LabProcess process) {
    this.lab = lab;
    this.host = host;
    this.process = process;
  }

  /** Starts it; returns when it has the torrent and waits. */
  static QbittorrentViewer prepare(SwarmLab lab, NetLab.Host host, Path torrentFile)
      throws IOException, InterruptedException {
    Path home = lab.folder("qbittorrent");
    Files.writeString(
        lab.folder("qbittorrent/qBittorrent/config").resolve("qBittorrent.conf"),
        """
        [LegalNotice]
        Accepted=true

        [BitTorrent]
        Session\\DHTEnabled=false
        Session\\LSDEnabled=false
        Session\\QueueingSystemEnabled=false

        [Network]
        PortForwardingEnabled=false

        [Preferences]
        WebUI\\Address=127.0.0.1
        WebUI\\Port=%d
        WebUI\\LocalHostAuth=false
        """
            .formatted(WEB_PORT));
    LabProcess process =
        lab.start(
            "qbittorrent",
            Map.of("HOME", home.toString()),
            List.of(
                host.command(
                    Program.QBITTORRENT.path(),
                    "--profile=" + home,
                    "--save-path=" + lab.folder("qbittorrent/received"),
                    "--add-paused=true",
                    "--sequential",
                    "--skip-dialog=true",
                    torrentFile.toAbsolutePath().toString())));
    QbittorrentViewer viewer = new QbittorrentViewer(lab, host, process);
    viewer.awaitTorrent();
    return viewer;
  }

  private void awaitTorrent() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!ask("info").contains("\"pausedDL\"")) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no torrent\n" + process.lastOutput());
      }
      Thread.sleep(200);
    }
  }

  NetLab.Host host() {
    return host;
  }

  /** It asks for the clip. */
  void start() throws InterruptedException {
    startedSeconds = System.currentTimeMillis() / 1000;
    ask("resume", "--data", "hashes=all");
  }

  /** Ends it, after it has told what it has. */
  void leave() throws IOException, InterruptedException {
    account = new ObjectMapper().readTree(ask("info")).path(0);
    process.close();
  }

  /**
   * What it told.
   *
   * @param originBodyBytes by the origin's log, which is complete only now
   */
  QbittorrentResult result(long originBodyBytes) {
    double progress = account.path("progress").asDouble();
    return new QbittorrentResult(
        progress == 1 ? account.path("completion_on").asLong() - startedSeconds : null,
        progress,
        account.path("downloaded").asLong(),
        account.path("uploaded").asLong(),
        originBodyBytes);
  }

  /** Returns the answer; empty while there is none. */
  private String ask(String method, String... options) throws InterruptedException {
    requests++;
    List<String> command = new ArrayList<>(List.of(Program.CURL.path(), "--silent"));
    command.addAll(List.of(options));
    command.add(API + method);
    LabProcess curl = lab.start("curl" + requests, host.command(command.toArray(String[]::new)));
    curl.awaitExit(PATIENCE);
    return String.join("", curl.stdout());
  }
}
