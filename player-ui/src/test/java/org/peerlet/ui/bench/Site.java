package org.peerlet.ui.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.TorrentMaker;
import org.peerlet.fixtures.lab.Program;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.netlab.NetLab;

/**
 * A site with one clip, in a network: nginx behind a thin uplink as the origin, and a tracker with
 * the torrent that is not limited, so that the origin's figures are of the clip alone.
 *
 * @param torrentFile the torrent on this machine
 */
record Site(NginxOrigin origin, String clipUrl, String torrentUrl, Path torrentFile) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int TRACKER_PORT = 8000;

  static Site open(SwarmLab lab, NetLab net, CrowdClip clip, long originBitsPerSecond)
      throws IOException, InterruptedException, StreamException {
    NginxOrigin origin =
        NginxOrigin.start(lab, net.host("origin", originBitsPerSecond, 0), clip.folder());
    String clipUrl = origin.url(clip.name());
    NetLab.Host tracker = net.host("tracker", 0, 0);
    String base = "http://" + tracker.address() + ":" + TRACKER_PORT;
    TorrentMaker.Options options =
        TorrentMaker.Options.defaults()
            .withPieceLength(clip.pieceBytes())
            .withTrackers(List.of(base + "/announce"))
            .withWebSeeds(List.of(clipUrl));
    Path folder = lab.folder("site");
    Path torrent = folder.resolve("clip.torrent");
    Files.write(torrent, TorrentMaker.make(clip.file(), options));
    lab.start(
            "tracker",
            Map.of("PEERLET_NO_BUILD", "true"),
            List.of(
                tracker.command(
                    Path.of(Report.script()).toAbsolutePath().toString(),
                    "serve",
                    folder.toString(),
                    "--host=0.0.0.0",
                    "--port=" + TRACKER_PORT,
                    "--open-tracker")))
        .awaitLine("announce ", PATIENCE);
    visit(lab, tracker, base);
    return new Site(origin, clipUrl, base + "/clip.torrent", torrent);
  }

  /** A site that is there has loaded its classes: the first visitor is not who waits for that. */
  private static void visit(SwarmLab lab, NetLab.Host tracker, String base)
      throws IOException, InterruptedException {
    String anybody =
        "/announce?peer_id=-XX0000-------------&port=1&left=1&event=stopped&info_hash=";
    for (int visit = 0; visit < 3; visit++) {
      for (String path : List.of("/clip.torrent", anybody + "x".repeat(20))) {
        String[] fetch = {Program.CURL.path(), "--silent", "--fail", base + path};
        if (lab.start("visit", tracker.command(fetch)).awaitExit(PATIENCE) != 0) {
          throw new IllegalStateException("the site does not answer " + path);
        }
      }
    }
  }
}
