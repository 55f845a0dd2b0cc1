package org.peerlet.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.slf4j.LoggerFactory;

class StreamServerTest {
  private StreamServer server;

  @BeforeEach
  void open() throws StreamException {
    server = StreamServer.open(0);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void servesTheWholeWithTheHeadersOfAPrivateFile() throws IOException {
    URI uri = server.publish("Clip one.mp4", FakeContent.pattern(100_000));
    assertThat(uri.toString())
        .matches("http://127\\.0\\.0\\.1:" + server.port() + "/[0-9a-f]{32}/Clip-one\\.mp4");
    try (RawClient client = RawClient.open("GET", uri, "")) {
      RawClient.Head head = client.readHead();
      assertThat(head.statusLine()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(head.field("Date")).endsWith(" GMT");
      assertThat(head.fields())
          .containsEntry("content-length", "100000")
          .containsEntry("content-type", "video/mp4")
          .containsEntry("accept-ranges", "bytes")
          .containsEntry("etag", FakeContent.ENTITY_TAG)
          .containsEntry("last-modified", "Tue, 03 Nov 2026 04:05:06 GMT")
          .containsEntry("cache-control", "no-store")
          .containsEntry("cross-origin-resource-policy", "same-origin")
          .containsEntry("x-content-type-options", "nosniff")
          .containsEntry("connection", "keep-alive")
          .hasSize(10);
      assertThat(client.readBytes(100_000)).isEqualTo(FakeContent.patternBytes(0, 100_000));
    }
  }

  @Test
  void keepsAConnectionForTheNextRequests() throws IOException {
    URI uri = server.publish("clip.mp4", FakeContent.pattern(1000));
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 100; i++) {
        client.send(RawClient.request("GET", uri, "Range: bytes=" + i + "-\r\n"));
        assertThat(client.readHead().field("Content-Range")).isEqualTo("bytes " + i + "-999/1000");
        assertThat(client.readBytes(1000 - i)).isEqualTo(FakeContent.patternBytes(i, 1000));
        client.send(RawClient.request("HEAD", uri, "Range: bytes=-1\r\n"));
        assertThat(client.readHead().statusLine()).isEqualTo("HTTP/1.1 206 Partial Content");
        client.send(RawClient.request("GET", uri, "Range: bytes=1000-\r\n"));
        RawClient.Head refused = client.readHead();
        assertThat(refused.status()).isEqualTo(416);
        assertThat(refused.field("Content-Range")).isEqualTo("bytes */1000");
        assertThat(refused.contentLength()).isZero();
      }
      client.send(RawClient.request("GET", uri, "Connection: close\r\nRange: bytes=-5\r\n"));
      assertThat(client.readHead().field("Connection")).isEqualTo("close");
      assertThat(client.readToEnd()).isEqualTo(FakeContent.patternBytes(995, 1000));
    }
  }

  @Test
  void answersRequestsSentAheadInTheirOrder() throws IOException {
    URI uri = server.publish("clip.mp4", FakeContent.pattern(1000));
    try (RawClient client = new RawClient(server.port())) {
      client.send(
          RawClient.request("GET", uri, "Range: bytes=0-9\r\n")
              + RawClient.request("GET", uri, "Range: bytes=10-19\r\n"));
      assertThat(client.readHead().field("Content-Range")).startsWith("bytes 0-9/");
      assertThat(client.readBytes(10)).isEqualTo(FakeContent.patternBytes(0, 10));
      assertThat(client.readHead().field("Content-Range")).startsWith("bytes 10-19/");
      assertThat(client.readBytes(10)).isEqualTo(FakeContent.patternBytes(10, 20));
    }
  }

  @Test
  void ignoresTheRangeWhenIfRangeDoesNotMatch() throws IOException {
    URI uri = server.publish("clip.mp4", FakeContent.pattern(1000));
    for (String ifRange : List.of(FakeContent.ENTITY_TAG, "Tue, 03 Nov 2026 04:05:06 GMT")) {
      assertThat(RawClient.status(uri, "Range: bytes=5-9\r\nIf-Range: " + ifRange + "\r\n"))
          .isEqualTo(206);
    }
    for (String ifRange : List.of("\"other\"", "Tue, 03 Nov 2026 04:05:07 GMT")) {
      assertThat(RawClient.status(uri, "Range: bytes=5-9\r\nIf-Range: " + ifRange + "\r\n"))
          .isEqualTo(200);
      assertThat(RawClient.status(uri, "Range: bytes=5000-\r\nIf-Range: " + ifRange + "\r\n"))
          .isEqualTo(200);
    }
  }

  @Test
  void servesEmptyContents() throws IOException {
    URI uri = server.publish("empty.mp4", FakeContent.pattern(0));
    for (String range : List.of("", "Range: bytes=0-\r\n", "Range: bytes=-5\r\n")) {
      try (RawClient client = RawClient.open("GET", uri, "Connection: close\r\n" + range)) {
        RawClient.Head head = client.readHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.contentLength()).isZero();
        assertThat(client.readToEnd()).isEmpty();
      }
    }
    assertThat(RawClient.status(uri, "Range: bytes=1-\r\n")).isEqualTo(416);
  }

  @Test
  void servesRandomRangesExactly() throws IOException {
    long seed = System.nanoTime();
    System.out.println("StreamServerTest seed " + seed);
    Random random = new Random(seed);
    for (long lengthBytes : new long[] {1, 5_000_000_000L}) {
      URI uri = server.publish("clip.mp4", FakeContent.pattern(lengthBytes));
      long[] anchors = {0, 1L << 31, 1L << 32, lengthBytes, random.nextLong(lengthBytes)};
      try (RawClient client = new RawClient(server.port())) {
        for (int i = 0; i < 1000; i++) {
          long anchor = anchors[random.nextInt(anchors.length)] + random.nextInt(2000) - 1000;
          long first = Math.max(0, Math.min(lengthBytes - 1, anchor));
          long end = Math.min(lengthBytes, first + 1 + random.nextInt(10_000));
          client.send(
              RawClient.request("GET", uri, "Range: bytes=" + first + "-" + (end - 1) + "\r\n"));
          RawClient.Head head = client.readHead();
          assertThat(head.field("Content-Range"))
              .isEqualTo("bytes " + first + "-" + (end - 1) + "/" + lengthBytes);
          assertThat(head.contentLength()).isEqualTo(end - first);
          assertThat(client.readBytes((int) (end - first)))
              .isEqualTo(FakeContent.patternBytes(first, end));
        }
      }
    }
  }

  @Test
  void sendsHeadersBeforeTheFirstByteIsThere() throws IOException {
    FakeContent content = FakeContent.slowPattern(1000);
    URI uri = server.publish("clip.mp4", content);
    try (RawClient client = RawClient.open("GET", uri, "")) {
      assertThat(client.readHead().status()).isEqualTo(200);
      content.release(10);
      assertThat(client.readBytes(10)).isEqualTo(FakeContent.patternBytes(0, 10));
      content.release(1000);
      assertThat(client.readBytes(990)).isEqualTo(FakeContent.patternBytes(10, 1000));
    }
  }

  @Test
  void opensNoReaderForHead() throws IOException {
    FakeContent content = FakeContent.pattern(1000);
    URI uri = server.publish("clip.mp4", content);
    try (RawClient client = RawClient.open("HEAD", uri, "Connection: close\r\n")) {
      assertThat(client.readHead().contentLength()).isEqualTo(1000);
      assertThat(client.readToEnd()).isEmpty();
    }
    assertThat(content.readersOpenedSoFar()).isZero();
  }

  @Test
  void endsABodyShortWhenTheContentFails() throws IOException {
    FakeContent content = FakeContent.slowPattern(1000);
    URI uri = server.publish("clip.mp4", content);
    content.release(10);
    try (RawClient client = RawClient.open("GET", uri, "")) {
      assertThat(client.readHead().contentLength()).isEqualTo(1000);
      assertThat(client.readBytes(10)).isEqualTo(FakeContent.patternBytes(0, 10));
      content.fail(new StreamException(Reason.UNREACHABLE, "Nobody has it."));
      assertThat(client.readToEnd()).isEmpty();
    }
    await().until(() -> content.openReaders() == 0);
  }

  @Test
  void isReadByTheClientOfTheJdk() throws Exception {
    URI uri = server.publish("clip.mp4", FakeContent.pattern(3_000_000));
    HttpClient client = HttpClient.newHttpClient();
    HttpResponse<byte[]> whole =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(whole.body()).isEqualTo(FakeContent.patternBytes(0, 3_000_000));
    HttpResponse<byte[]> part =
        client.send(
            HttpRequest.newBuilder(uri).header("Range", "bytes=1000000-").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(FakeContent.patternBytes(1_000_000, 3_000_000));
  }

  @Test
  void keepsSecretsAndWhatClientsSendOutOfTheLog() throws IOException {
    Logger logger = (Logger) LoggerFactory.getLogger("org.peerlet.core.http");
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    Level before = logger.getLevel();
    logger.setLevel(Level.TRACE);
    logger.addAppender(logged);
    try {
      FakeContent content = FakeContent.slowPattern(1000);
      URI uri = server.publish("\u001b[2J\nclip.mp4", content);
      assertThat(RawClient.status(uri, "X-Evil: evil\r\nRange: bytes=2000-\r\n")).isEqualTo(416);
      try (RawClient bad = RawClient.open("GET", uri, "Origin: evil\r\n")) {
        assertThat(bad.readToEnd()).isEmpty();
      }
      try (RawClient cut = RawClient.open("GET", uri, "")) {
        cut.readHead();
        content.fail(new StreamException(Reason.UNREACHABLE, "Nobody has it."));
        assertThat(cut.readToEnd()).isEmpty();
      }
      await().until(() -> List.copyOf(logged.list).size() >= 4);
      String secret = uri.getRawPath().substring(1, 33);
      assertThat(List.copyOf(logged.list))
          .extracting(ILoggingEvent::getFormattedMessage)
          .allSatisfy(
              line -> assertThat(line).doesNotContain(secret, "evil").matches("\\P{Cntrl}*"));
    } finally {
      logger.detachAppender(logged);
      logger.setLevel(before);
    }
  }
}
