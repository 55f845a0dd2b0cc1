package org.peerlet.tracker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real nginx over a folder, as an unprivileged process of its own in the foreground. */
final class Nginx implements AutoCloseable {
  private final Process process;
  private final URI origin;

  private Nginx(Process process, URI origin) {
    this.process = process;
    this.origin = origin;
  }

  /**
   * @param work an empty folder for its configuration, log and temporary files
   */
  static Nginx open(Path site, Path work) throws IOException {
    int port = freePort();
    Path config = work.resolve("nginx.conf");
    Files.writeString(
        config,
        """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events {}
        http {
          access_log off;
          types { video/mp4 mp4; }
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          max_ranges 1;
          if_modified_since before;
          server {
            listen 127.0.0.1:%2$d;
            root %3$s;
          }
        }
        """
            .formatted(work, port, site));
    Process process =
        new ProcessBuilder(
                "nginx", "-p", work.toString(), "-e", work + "/error.log", "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("output.log").toFile())
            .start();
    Nginx nginx = new Nginx(process, URI.create("http://127.0.0.1:" + port + "/"));
    await().atMost(Duration.ofSeconds(10)).until(() -> nginx.answers());
    return nginx;
  }

  URI origin() {
    return origin;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException("nginx ended with " + process.exitValue());
    }
    try (Socket socket = new Socket(origin.getHost(), origin.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
