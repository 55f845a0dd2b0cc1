package org.peerlet.core.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.origin.CheckedHttp.InclusiveRange;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.net.LoopbackServer;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;

final class CheckedHttpTest {
  private static final Optional<InclusiveRange> ALL = Optional.empty();

  private final FaultyOrigin origin = FaultyOrigin.open();
  private final FaultyOrigin target = FaultyOrigin.open();
  private final Content content = Content.random(1, 10_000);
  private final URI url = origin.serve("a.torrent", content);
  private final CheckedHttp http = new CheckedHttp(new AddressPolicy(true));

  @AfterEach
  void close() {
    http.close();
    origin.close();
    target.close();
  }

  @Test
  void fetchesAWholeFileOrARangeOfIt() throws Exception {
    assertThat(body(http.get(url, ALL))).isEqualTo(content.bytes());
    HttpResponse<InputStream> part = http.get(url, Optional.of(new InclusiveRange(10, 19)));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(body(part)).isEqualTo(content.bytes(10, 10));
    assertThat(origin.requests().get(0).range()).isEmpty();
    assertThat(origin.requests().get(0).header("accept-encoding")).contains("identity");
    assertThat(origin.requests().get(1).range()).contains("bytes=10-19");
  }

  @Test
  void givesAnErrorAsItIs() throws Exception {
    HttpResponse<InputStream> missing = http.get(origin.uri("other"), ALL);
    assertThat(missing.statusCode()).isEqualTo(404);
    missing.body().close();
  }

  @Test
  void followsARedirectAndKeepsTheRange() throws Exception {
    origin.fault(new OriginFault.Redirect(target.serve("b.torrent", content)));
    assertThat(body(http.get(url, Optional.of(new InclusiveRange(5, 9)))))
        .isEqualTo(content.bytes(5, 5));
    assertThat(target.requests().get(0).range()).contains("bytes=5-9");
  }

  @Test
  void endsALoopAfterThreeRedirects() throws Exception {
    origin.fault(new OriginFault.RedirectLoop());
    HttpResponse<InputStream> last = http.get(url, ALL);
    last.body().close();
    assertThat(last.statusCode()).isEqualTo(302);
    assertThat(origin.requestCount()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://127.0.0.1/clip.mp4",
        "jar:file:/tmp/a.jar!/b",
        "udp://127.0.0.1:53/",
        "javascript:alert(1)",
        "http://user@127.0.0.1:PORT/b.torrent",
        "http://0x7f.1:PORT/b.torrent"
      })
  void refusesToBeLedElsewhere(String location) {
    target.serve("b.torrent", content);
    String to = location.replace("PORT", String.valueOf(target.port()));
    origin.fault(new OriginFault.Redirect(URI.create(to)));
    assertThat(failure(http, url).reason()).isEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(target.connections()).isZero();
    assertThat(origin.requestCount()).isEqualTo(1);
  }

  @Test
  void checksTheAddressBeforeItConnects() {
    CheckedHttp strict = new CheckedHttp(new AddressPolicy(false));
    assertThat(failure(strict, url).reason()).isEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(failure(strict, URI.create("http://localhost:" + origin.port() + "/")).reason())
        .isEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(failure(strict, URI.create("http://[::1]:" + origin.port() + "/")).reason())
        .isEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(origin.connections()).isZero();
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    StreamException refused = failure(http, URI.create("http://127.0.0.1:" + free + "/"));
    assertThat(refused.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(refused.sentence()).isEqualTo("The server 127.0.0.1 can't be reached.");
  }

  @Test
  void saysThatTheConnectionBroke() {
    origin.fault(new OriginFault.Drop());
    assertThat(failure(http, url).sentence()).isEqualTo("The connection to 127.0.0.1 broke.");
  }

  @Test
  void saysThatAPlainServerIsNotSecure() {
    byte[] answer = "HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (LoopbackServer plain =
        LoopbackServer.open(
            "plain",
            0,
            socket -> {
              socket.getInputStream().read();
              socket.getOutputStream().write(answer);
            })) {
      StreamException insecure =
          failure(http, URI.create("https://127.0.0.1:" + plain.port() + "/a.torrent"));
      assertThat(insecure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(insecure.sentence()).isEqualTo("The connection to 127.0.0.1 is not secure.");
    }
  }

  @Test
  void bearsAPortThatDoesNotExist() {
    assertThat(failure(http, URI.create("http://127.0.0.1:99999/")).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void endsWhenItsThreadIsInterrupted() throws Exception {
    origin.fault(new OriginFault.Delay(Duration.ofMinutes(1)));
    Thread reader = Thread.currentThread();
    Thread interrupter =
        OriginFetcher.thread(
            () -> {
              while (origin.requestCount() == 0) {
                Thread.onSpinWait();
              }
              reader.interrupt();
            });
    interrupter.start();
    InterruptedException end =
        catchThrowableOfType(InterruptedException.class, () -> http.get(url, ALL));
    assertThat(end).isNotNull();
  }

  @Test
  void readsAsMuchOfABodyAsItMay() throws Exception {
    try (InputStream whole = http.get(url, ALL).body();
        InputStream part = http.get(url, ALL).body()) {
      assertThat(http.read(whole, 20_000)).isEqualTo(content.bytes());
      assertThat(http.read(part, 100)).isEqualTo(content.bytes(0, 100));
    }
  }

  @Test
  @Timeout(10)
  void endsTheReadOfAStalledBodyWhenItIsClosed() throws Exception {
    origin.fault(new OriginFault.Stall(100));
    try (InputStream body = http.get(url, ALL).body()) {
      Thread closer =
          OriginFetcher.thread(
              () -> {
                while (origin.bytesSent() < 100) {
                  Thread.onSpinWait();
                }
                http.close();
              });
      closer.start();
      assertThatThrownBy(() -> http.read(body, 20_000)).isInstanceOf(IOException.class);
      // And none is begun after that.
      assertThatThrownBy(() -> http.read(body, 20_000)).isInstanceOf(IOException.class);
    }
  }

  private static StreamException failure(CheckedHttp http, URI url) {
    StreamException failure =
        catchThrowableOfType(StreamException.class, () -> http.get(url, ALL).body().close());
    assertThat(failure).isNotNull();
    return failure;
  }

  private static byte[] body(HttpResponse<InputStream> response) throws IOException {
    try (InputStream in = response.body()) {
      return in.readAllBytes();
    }
  }
}
