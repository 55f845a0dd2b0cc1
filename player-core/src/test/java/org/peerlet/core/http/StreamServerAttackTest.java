package org.peerlet.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;

/** Threats.md T1 and T2: what a web page can make a browser send. */
class StreamServerAttackTest {
  private final FakeContent content = FakeContent.pattern(1000);
  private StreamServer server;
  private URI uri;

  @BeforeEach
  void open() throws StreamException {
    server = StreamServer.open(0);
    uri = server.publish("clip.mp4", content);
  }

  @AfterEach
  void close() {
    server.close();
    assertThat(content.readersOpenedSoFar()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host:\r\n",
        "Host: 127.0.0.1\r\n",
        "Host: localhost:PORT\r\n",
        "Host: attacker.example\r\n",
        "Host: attacker.example:PORT\r\n",
        "Host: 127.0.0.1.attacker.example:PORT\r\n",
        "Host: [::1]:PORT\r\n",
        "Host: 127.1:PORT\r\n",
        "Host: 127.0.0.1:PORT.\r\n",
        "Host: 127.0.0.1:0PORT\r\n",
        "Host: user@127.0.0.1:PORT\r\n",
        "Host: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT\r\n",
        "Host: 127.0.0.1:PORT, attacker.example\r\n",
        "Host: 127.0.0.1:1\r\n",
      })
  void sendsNothingUnderAnyOtherHost(String host) throws IOException {
    for (String method : List.of("GET", "HEAD", "OPTIONS")) {
      assertNothing(method + " " + uri.getRawPath() + " HTTP/1.1\r\n" + host + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET PATH HTTP/1.1\r\nHOST\r\nOrigin: http://attacker.example\r\n\r\n",
        "GET PATH HTTP/1.1\r\nHOST\r\nOrigin: null\r\n\r\n",
        "GET PATH HTTP/1.1\r\nHOST\r\nOrigin:\r\n\r\n",
        "GET PATH HTTP/1.1\r\nHOST\r\nSec-Fetch-Site: cross-site\r\n\r\n",
        "GET PATH HTTP/1.1\r\nHOST\r\nSec-Fetch-Site: same-site\r\n\r\n",
        "GET PATH HTTP/1.1\r\nHOST\r\nSec-Fetch-Site:\r\n\r\n",
        "GET PATH HTTP/1.1\r\nHOST\r\nSec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n\r\n",
        "OPTIONS PATH HTTP/1.1\r\nHOST\r\nAccess-Control-Request-Method: GET\r\n\r\n",
        "POST PATH HTTP/1.1\r\nHOST\r\nContent-Length: 3\r\n\r\na=b",
        "PUT PATH HTTP/1.1\r\nHOST\r\nContent-Length: 0\r\n\r\n",
        "DELETE PATH HTTP/1.1\r\nHOST\r\n\r\n",
        "TRACE PATH HTTP/1.1\r\nHOST\r\n\r\n",
        "CONNECT 127.0.0.1:80 HTTP/1.1\r\nHOST\r\n\r\n",
        "GET / HTTP/1.1\r\nHOST\r\n\r\n",
        "GET /favicon.ico HTTP/1.1\r\nHOST\r\n\r\n",
        "GET /00000000000000000000000000000000/clip.mp4 HTTP/1.1\r\nHOST\r\n\r\n",
        "GET PATH/ HTTP/1.1\r\nHOST\r\n\r\n",
        "GET PATH?a HTTP/1.1\r\nHOST\r\n\r\n",
        "GET /xPATH HTTP/1.1\r\nHOST\r\n\r\n",
        "GET //127.0.0.1PATH HTTP/1.1\r\nHOST\r\n\r\n",
        "GET http://127.0.0.1:PORTPATH HTTP/1.1\r\nHOST\r\n\r\n",
        "GET * HTTP/1.1\r\nHOST\r\n\r\n",
        "GET PATH\r\n\r\n",
        "GET PATH HTTP/0.9\r\nHOST\r\n\r\n",
        "GET PATH HTTP/2.0\r\nHOST\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET PATH HTTP/1.1\r\nHOST\r\nContent-Length: 5\r\n\r\nhello",
        "GET PATH HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET PATH HTTP/1.1\r\nHOST\r\nX: \0\r\n\r\n",
        "GET PATH HTTP/1.1\nHOST\n\n\r\n\r\n",
        "\u0016\u0003\u0001\u0002\0\r\n\r\n",
        "\r\n\r\n",
      })
  void sendsNothingForAnythingButAPlainRequest(String template) throws IOException {
    assertNothing(
        template
            .replace("PATH", uri.getRawPath())
            .replace("HOST\r\n", "Host: 127.0.0.1:PORT\r\n")
            .replace("HOST\n", "Host: 127.0.0.1:PORT\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {8193, 20_000, 1_000_000})
  void sendsNothingForHugeHeaders(int bytes) throws IOException {
    assertNothing(RawClient.request("GET", uri, "X: " + "x".repeat(bytes) + "\r\n"));
  }

  private void assertNothing(String request) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      try {
        client.send(request.replace("PORT", "" + server.port()));
      } catch (IOException closedAlready) {
        // The server need not take in all of a request that it refuses.
      }
      assertThat(client.readToEnd()).isEmpty();
    }
  }
}
