package org.peerlet.ui.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.Program;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.netlab.NetLab;

/** A site's server that knows nothing of us: nginx, which counts what it sends to whom. */
final class NginxOrigin {
  private static final int PORT = 80;

  /** What the page that {@link #watchUrl} names says on the console. */
  static final String WATCHED = "as far as it was to";

  private static final long START_MILLIS = 300;
  private static final Duration START_TIME = Duration.ofSeconds(10);

  private final NetLab.Host host;
  private final Path log;
  private final LabProcess process;

  private NginxOrigin(NetLab.Host host, Path log, LabProcess process) {
    this.host = host;
    this.log = log;
    this.process = process;
  }

  static NginxOrigin start(SwarmLab lab, NetLab.Host host, Path site)
      throws IOException, InterruptedException {
    Path folder = lab.folder("nginx");
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        user root;
        worker_processes 1;
        pid nginx.pid;
        error_log stderr notice;
        events {}
        http {
          log_format bytes '$remote_addr $status $body_bytes_sent';
          access_log bytes.log bytes;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          types { video/mp4 mp4; }
          server {
            listen %s:%d;
            root %s;
            location = /watch {
              access_log off;
              default_type text/html;
              return 200 '<video muted autoplay src="$arg_clip" ontimeupdate="currentTime >= $arg_seconds && console.log(&quot;%s&quot;)"></video>';
            }
          }
        }
        """
            .formatted(host.address(), PORT, site.toAbsolutePath(), WATCHED));
    LabProcess nginx =
        lab.start(
            "nginx",
            host.command(
                Program.NGINX.path(),
                "-e",
                "stderr",
                "-p",
                folder.toString(),
                "-c",
                configuration.toString()));
    nginx.awaitLine("start worker process ", START_TIME);
    Thread.sleep(START_MILLIS);
    return new NginxOrigin(host, folder.resolve("bytes.log"), nginx);
  }

  String url(String name) {
    return "http://" + host.address() + ":" + PORT + "/" + name;
  }

  /** A page with the clip in a video element that tells the console when it was seen so far. */
  String watchUrl(String name, Duration far) {
    return url("watch?clip=" + name + "&seconds=" + far.toMillis() / 1000.0);
  }

  /** Bytes of bodies of the clip, by the address that asked; requests under way don't count yet. */
  Map<String, Long> bodyBytes() throws IOException {
    Map<String, Long> bytes = new HashMap<>();
    for (String line : Files.readAllLines(log)) {
      String[] fields = line.split(" ", -1);
      if (fields[1].startsWith("20")) {
        bytes.merge(fields[0], Long.parseLong(fields[2]), Long::sum);
      }
    }
    return bytes;
  }

  /** Its line dies without a sign. */
  void cutOff() {
    host.cutOff();
  }

  /** It ends at once; its machine refuses connections from now on. */
  void kill() throws InterruptedException {
    process.kill();
  }

  /** What has left the machine, headers and what was sent again included. */
  long wireBytes() {
    return host.bytesSent();
  }
}
