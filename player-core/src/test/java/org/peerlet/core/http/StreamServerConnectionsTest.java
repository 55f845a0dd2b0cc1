package org.peerlet.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** Whose connections end when, and how many there may be. */
class StreamServerConnectionsTest {
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
  void closesTheReaderWhenAClientLeavesWhileItWaits() throws IOException {
    FakeContent content = FakeContent.slowPattern(1000);
    URI uri = server.publish("clip.mp4", content);
    try (RawClient client = RawClient.open("GET", uri, "")) {
      client.readHead();
      await().until(() -> content.openReaders() == 1);
    }
    await().until(() -> content.openReaders() == 0);
  }

  @Test
  void closesTheReaderWhenAClientLeavesThatHadStoppedReading() throws IOException {
    FakeContent content = FakeContent.pattern(1L << 33);
    URI uri = server.publish("clip.mp4", content);
    try (RawClient client = RawClient.open("GET", uri, "")) {
      client.readHead();
      await().until(() -> content.openReaders() == 1);
    }
    await().until(() -> content.openReaders() == 0);
  }

  @Test
  void closesTheConnectionsOfOneContent() throws IOException {
    FakeContent waiting = FakeContent.slowPattern(1000);
    FakeContent other = FakeContent.slowPattern(1000);
    FakeContent unread = FakeContent.pattern(1L << 33);
    URI uri = server.publish("clip.mp4", waiting);
    URI otherUri = server.publish("clip.mp4", other);
    URI unreadUri = server.publish("clip.mp4", unread);
    try (RawClient reader = RawClient.open("GET", uri, "");
        RawClient otherReader = RawClient.open("GET", otherUri, "");
        RawClient paused = RawClient.open("GET", unreadUri, "")) {
      reader.readHead();
      otherReader.readHead();
      paused.readHead();
      await()
          .until(
              () ->
                  waiting.openReaders() == 1
                      && other.openReaders() == 1
                      && unread.openReaders() == 1);

      server.closeConnections(uri);
      assertThat(waiting.openReaders()).isZero();
      assertThat(reader.readToEnd()).isEmpty();
      server.closeConnections(unreadUri);
      await().until(() -> unread.openReaders() == 0);
      assertThat(paused.readToEnd().length).isPositive();

      assertThat(other.openReaders()).isEqualTo(1);
      other.release(1000);
      assertThat(otherReader.readBytes(1000)).isEqualTo(FakeContent.patternBytes(0, 1000));
      waiting.release(1000);
      assertThat(RawClient.status(uri, "")).isEqualTo(200);
    }
  }

  @Test
  void forgetsAWithdrawnContent() throws IOException {
    FakeContent content = FakeContent.slowPattern(1000);
    URI uri = server.publish("clip.mp4", content);
    try (RawClient reader = RawClient.open("GET", uri, "")) {
      reader.readHead();
      await().until(() -> content.openReaders() == 1);
      server.withdraw(uri);
      assertThat(reader.readToEnd()).isEmpty();
    }
    try (RawClient late = RawClient.open("GET", uri, "")) {
      assertThat(late.readToEnd()).isEmpty();
    }
    server.closeConnections(uri);
    server.withdraw(uri);
  }

  @Test
  void closesEveryConnectionAndThePort() throws Exception {
    FakeContent content = FakeContent.slowPattern(1000);
    URI uri = server.publish("clip.mp4", content);
    try (RawClient reader = RawClient.open("GET", uri, "");
        RawClient silent = new RawClient(server.port())) {
      reader.readHead();
      server.close();
      assertThat(reader.readToEnd()).isEmpty();
      assertThat(silent.readToEnd()).isEmpty();
    }
    assertThatThrownBy(() -> new RawClient(server.port())).isInstanceOf(IOException.class);
    StreamServer.open(server.port()).close();
  }

  @Test
  void saysWhenThePortIsTaken() {
    assertThatThrownBy(() -> StreamServer.open(server.port()))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PORT_UNAVAILABLE));
  }

  @Test
  @Timeout(30)
  void limitsTheConnectionsOfThoseWhoKnowTheSecret() throws Exception {
    server.close();
    server =
        StreamServer.open(
            0,
            new ServerLimits(
                8, Duration.ofMillis(20), 2, Duration.ofSeconds(5), Duration.ofSeconds(30)));
    FakeContent content = FakeContent.slowPattern(1000);
    URI uri = server.publish("clip.mp4", content);
    try (RawClient first = RawClient.open("GET", uri, "");
        RawClient idle = RawClient.open("HEAD", uri, "")) {
      first.readHead();
      assertThat(idle.readHead().status()).isEqualTo(200);
      // The idle one gives way; nobody else does.
      try (RawClient third = served(uri);
          RawClient fourth = RawClient.open("GET", uri, "")) {
        RawClient.Head head = fourth.readHead();
        assertThat(idle.readToEnd()).isEmpty();
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.field("Connection")).isEqualTo("close");
        content.release(1000);
        assertThat(first.readBytes(1000)).isEqualTo(FakeContent.patternBytes(0, 1000));
        assertThat(third.readBytes(1000)).isEqualTo(FakeContent.patternBytes(0, 1000));
      }
    }
  }

  /**
   * A client whose answer has begun: one that asks before the idle connection is idle is refused.
   */
  private static RawClient served(URI uri) throws Exception {
    while (true) {
      RawClient client = RawClient.open("GET", uri, "");
      if (client.readHead().status() == 200) {
        return client;
      }
      client.close();
    }
  }

  @Test
  void closesConnectionsWhoseTimeIsUp() throws Exception {
    server.close();
    server =
        StreamServer.open(
            0,
            new ServerLimits(
                8, Duration.ofMillis(20), 2, Duration.ofMillis(300), Duration.ofMillis(300)));
    FakeContent content = FakeContent.slowPattern(1000);
    URI uri = server.publish("clip.mp4", content);
    try (RawClient reader = RawClient.open("GET", uri, "");
        RawClient slow = new RawClient(server.port());
        RawClient idle = RawClient.open("HEAD", uri, "")) {
      slow.send("GET / HT");
      assertThat(slow.readToEnd()).isEmpty();
      idle.readHead();
      assertThat(idle.readToEnd()).isEmpty();
      // A stalled body has no time-out.
      reader.readHead();
      content.release(1000);
      assertThat(reader.readBytes(1000)).isEqualTo(FakeContent.patternBytes(0, 1000));
    }
  }
}
