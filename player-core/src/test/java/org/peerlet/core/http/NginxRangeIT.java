package org.peerlet.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;

/** Every range header is answered as the real nginx answers it. */
@TestInstance(Lifecycle.PER_CLASS)
class NginxRangeIT {
  private static final List<Integer> LENGTHS = List.of(0, 1, 10, 1000);

  private final List<Clip> clips = new ArrayList<>();
  private StreamServer server;
  private Process nginx;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, StreamException {
    int port = freePort();
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, configuration(port, folder), UTF_8);
    nginx =
        ExternalProgram.start(
            List.of("nginx", "-p", folder.toString(), "-c", configuration.toString()),
            folder.resolve("nginx.txt"));
    server = StreamServer.open(0);
    for (int length : LENGTHS) {
      byte[] bytes = FakeContent.patternBytes(0, length);
      Files.write(folder.resolve(length + ".mp4"), bytes);
      URI ours = server.publish("clip.mp4", FakeContent.of(bytes));
      clips.add(new Clip(ours, URI.create("http://127.0.0.1:" + port + "/" + length + ".mp4")));
    }
    await().ignoreExceptions().until(() -> get("HEAD", clips.get(0).theirs(), "").status() == 200);
  }

  @AfterAll
  void stop() {
    server.close();
    nginx.destroy();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-",
        "bytes=0-0",
        "bytes=0-1",
        "bytes=0-8",
        "bytes=0-9",
        "bytes=0-10",
        "bytes=0-999",
        "bytes=0-1000",
        "bytes=0-5000000000",
        "bytes=1-",
        "bytes=1-1",
        "bytes=9-",
        "bytes=9-9",
        "bytes=10-",
        "bytes=10-10",
        "bytes=999-",
        "bytes=999-1001",
        "bytes=1000-",
        "bytes=5-4",
        "bytes=1-0",
        "bytes=-0",
        "bytes=-1",
        "bytes=-9",
        "bytes=-10",
        "bytes=-11",
        "bytes=-1000",
        "bytes=-99999999999",
        "bytes=",
        "bytes=-",
        "bytes=--1",
        "bytes=x",
        "bytes=1",
        "bytes=12",
        "bytes=1-x",
        "bytes=1-2x",
        "bytes=+1-2",
        "bytes=1-+2",
        "bytes=0x1-2",
        "bytes=1.5-2",
        "bytes=1-2;q=1",
        "bytes= 1-2",
        "bytes=1 -2",
        "bytes=1- 2",
        "bytes=1-2 ",
        "bytes=  1  -  2  ",
        "bytes=- 2",
        "bytes=1-\t2",
        "bytes =1-2",
        "bytes:1-2",
        "Bytes=1-2",
        "BYTES=1-2",
        "byte=1-2",
        "items=1-2",
        "1-2",
        "",
        "bytes=0-0,2-3",
        "bytes=0-0, 2-3",
        "bytes=0-0 ,2-3",
        "bytes=0-0,",
        "bytes=,0-0",
        "bytes=0-0,,1-1",
        "bytes=0-0,x",
        "bytes=0-0,1-1,x",
        "bytes=0-0,5000-",
        "bytes=5000-,0-0",
        "bytes=5000-,6000-",
        "bytes=0-,0-",
        "bytes=0-,-1",
        "bytes=-0,0-0",
        "bytes=2-1,0-0",
        "bytes=1-0,0-0",
        "bytes=00000000000000000000000001-2",
        "bytes=9223372036854775807-",
        "bytes=9223372036854775808-",
        "bytes=0-9223372036854775806",
        "bytes=0-9223372036854775807",
        "bytes=0-9223372036854775808",
        "bytes=0-99999999999999999999",
        "bytes=-9223372036854775807",
        "bytes=-9223372036854775808",
      })
  void answersARangeAsNginxDoes(String range) throws IOException {
    for (Clip clip : clips) {
      compare(clip, "Range: " + range + "\r\n");
    }
  }

  @Test
  void answersWithoutARangeAsNginxDoes() throws IOException {
    for (Clip clip : clips) {
      compare(clip, "");
    }
  }

  @Test
  void takesTheSameOneOfTwoRangeHeaders() throws IOException {
    compare(longest(), "Range: bytes=1-2\r\nRange: bytes=3-5\r\n");
    compare(longest(), "Range: x\r\nRange: bytes=3-5\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ETAG",
        "W/ETAG",
        "\"other\"",
        "ETAGx",
        "DATE",
        "Mon, 01 Jan 2001 00:00:00 GMT",
        "Fri, 01 Jan 2100 00:00:00 GMT",
        "yesterday",
        "\"",
        "x",
      })
  void honoursIfRangeAsNginxDoes(String ifRange) throws IOException {
    for (String range : List.of("bytes=1-2", "bytes=5000-", "x")) {
      compare(longest(), "Range: " + range + "\r\nIf-Range: " + ifRange + "\r\n");
    }
  }

  private void compare(Clip clip, String lines) throws IOException {
    for (String method : List.of("GET", "HEAD")) {
      assertThat(get(method, clip.ours(), lines))
          .as("%s %s, %s", method, clip.theirs(), lines.strip())
          .isEqualTo(get(method, clip.theirs(), lines));
    }
  }

  private Clip longest() {
    return clips.get(clips.size() - 1);
  }

  /** The same bytes on both servers. */
  private record Clip(URI ours, URI theirs) {}

  /** What both servers must agree on; nginx's errors carry a page, ours carry nothing. */
  private record Answer(int status, String contentRange, String contentLength, String bodyHex) {}

  private static Answer get(String method, URI uri, String template) throws IOException {
    String lines = template;
    if (template.contains("ETAG") || template.contains("DATE")) {
      try (RawClient client = RawClient.open("HEAD", uri, "")) {
        RawClient.Head head = client.readHead();
        lines =
            template
                .replace("ETAG", head.field("ETag"))
                .replace("DATE", head.field("Last-Modified"));
      }
    }
    try (RawClient client = RawClient.open(method, uri, "Connection: close\r\n" + lines)) {
      RawClient.Head head = client.readHead();
      byte[] body = client.readToEnd();
      boolean error = head.status() >= 400;
      return new Answer(
          head.status(),
          head.field("Content-Range"),
          error ? "" : head.field("Content-Length"),
          error ? "" : HexFormat.of().formatHex(body));
    }
  }

  private static String configuration(int port, Path folder) {
    // max_ranges 1 is our "one range per request"; one process, so that destroy() ends all of it.
    return String.format(
        Locale.ROOT,
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr;
        events {}
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen 127.0.0.1:%d;
            root %s;
            max_ranges 1;
          }
        }
        """,
        port,
        folder);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }
}
