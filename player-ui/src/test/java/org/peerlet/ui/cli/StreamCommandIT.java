package org.peerlet.ui.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.TestUser;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.peer.FakePeer;
import org.peerlet.fixtures.peer.TinyTracker;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** {@code peerlet stream} with an origin and a peer of our own. */
class StreamCommandIT {
  /** What a user who stops it waits at most. */
  private static final Duration END_TIME = Duration.ofSeconds(3);

  private static final int TERMINATED = 128 + 15;
  private static final Content CLIP = Content.random(3, 1_500_000);

  /** Of the torrents of {@link TestTorrents}, unless they are told another. */
  private static final int PIECE_BYTES = 64 << 10;

  private final SwarmLab lab = SwarmLab.open();
  private final FaultyOrigin origin = FaultyOrigin.open();
  private final TinyTracker tracker = TinyTracker.open();
  private final TestUser user = new TestUser(lab, "viewer");
  private final ObjectMapper json = new ObjectMapper();

  @AfterEach
  void closeAll() {
    lab.close();
    tracker.close();
    origin.close();
  }

  @Test
  void printsTheUrlThenServesTheClip() throws Exception {
    LabProcess stream = user.peerlet("stream", torrentUrl("clip.mp4"), "--share", "off");
    String url = TestUser.url(stream);
    assertThat(read(url)).isEqualTo(CLIP.bytes());
    assertThat(terminate(stream)).isEqualTo(TERMINATED);
    assertThat(stream.stdout()).containsExactly(url);
    assertThat(TestUser.complaints(stream)).isEmpty();
    assertThat(user.files()).isEmpty();
    assertThat(user.processes()).isEmpty();
  }

  @Test
  void reportsItsStatusEverySecondAndWritesTheReceiptAtTheEnd() throws Exception {
    Path receipt = user.home().resolve("receipt.json");
    LabProcess stream =
        user.peerlet(
            "stream",
            torrentUrl("clip.mp4"),
            "--status-json",
            "--share=off",
            "--receipt=" + receipt);
    read(TestUser.url(stream));
    stream.awaitLine("\"bytesFromOrigin\":1500000,", TestUser.START_TIME);
    assertThat(receipt).doesNotExist();
    terminate(stream);
    List<String> lines = stream.stdout();
    for (String line : lines.subList(1, lines.size())) {
      checkStatus(json.readTree(line), "streaming");
    }
    JsonNode last = json.readTree(receipt.toFile());
    checkStatus(last, "closed");
    assertThat(last.path("bytesFromOrigin").asLong()).isEqualTo(CLIP.length());
    assertThat(last.path("bufferedBytes").asLong()).isEqualTo(CLIP.length());
    assertThat(last.path("timeToFirstByteMillis").asLong()).isPositive();
    assertThat(last.path("offload").asDouble()).isZero();
    assertThat(last.path("waiting").isEmpty()).isTrue();
    JsonNode asked = last.path("originPieces");
    assertThat(asked.fieldNames()).toIterable().containsExactly("alone");
    assertThat(asked.path("alone").asLong())
        .isEqualTo((CLIP.length() + PIECE_BYTES - 1) / PIECE_BYTES);
  }

  private static void checkStatus(JsonNode status, String state) {
    assertThat(status.path("state").asText()).isEqualTo(state);
    assertThat(status.path("title").asText()).isEqualTo("clip.mp4");
    assertThat(status.path("lengthBytes").asLong()).isEqualTo(CLIP.length());
    assertThat(status.path("failure").isMissingNode()).isTrue();
    for (String count :
        List.of(
            "bufferedBytes",
            "clipBytesPerSecond",
            "peers",
            "downloadBytesPerSecond",
            "uploadBytesPerSecond",
            "bytesFromPeers",
            "bytesFromOrigin",
            "bytesDuplicate",
            "bytesUploaded")) {
      assertThat(status.path(count).isIntegralNumber()).as(count).isTrue();
      assertThat(status.path(count).asLong()).as(count).isNotNegative();
    }
    assertThat(status.path("originPieces").isObject()).isTrue();
    assertThat(status.path("waiting").isArray()).isTrue();
    assertThat(status.path("waiting")).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void leavesTheSwarmInTime() throws Exception {
    TestTorrent torrent = torrent("clip.mp4").tracker(tracker.url()).build();
    Path receipt = user.home().resolve("receipt.json");
    try (FakePeer peer = FakePeer.open(torrent)) {
      tracker.peer(peer);
      LabProcess stream =
          user.peerlet(
              "stream",
              torrent.writeTorrent(user.home()).toString(),
              "--share=on",
              "--lan",
              "--receipt=" + receipt);
      assertThat(read(TestUser.url(stream))).isEqualTo(CLIP.bytes());
      assertThat(terminate(stream)).isEqualTo(TERMINATED);
    }
    assertThat(json.readTree(receipt.toFile()).path("bytesFromPeers").asLong())
        .isEqualTo(CLIP.length());
    assertThat(tracker.announced(torrent.infoHashHex())).isEmpty();
    assertThat(user.files()).isEmpty();
  }

  @Test
  void stopsWhileItLooksForAMagnetsVideo() throws Exception {
    TestTorrent torrent = torrent("clip.mp4").tracker(tracker.url()).build();
    LabProcess stream = user.peerlet("stream", torrent.magnet(), "--share=receive", "--lan");
    await().atMost(TestUser.START_TIME).until(() -> tracker.announceCount() > 0);
    assertThat(terminate(stream)).isEqualTo(TERMINATED);
    assertThat(stream.stdout()).isEmpty();
    assertThat(TestUser.complaints(stream)).isEmpty();
    assertThat(user.files()).isEmpty();
  }

  @Test
  void contactsNoPeerWhereNobodyWasAsked() throws Exception {
    LabProcess stream = user.peerlet("stream", torrentUrl("clip.mp4"));
    read(TestUser.url(stream));
    stream.awaitLine(
        "^peerlet: sharing is off, since nobody was asked; --share on or --share receive",
        TestUser.START_TIME);
    terminate(stream);
    assertThat(TestUser.complaints(stream)).hasSize(1);
    assertThat(tracker.announceCount()).isZero();
  }

  @Test
  void theRememberedAnswerCounts() throws Exception {
    user.remembers("receive");
    LabProcess stream = user.peerlet("stream", torrentUrl("clip.mp4"));
    read(TestUser.url(stream));
    await().atMost(TestUser.START_TIME).until(() -> tracker.announceCount() > 0);
    terminate(stream);
    assertThat(TestUser.complaints(stream)).isEmpty();
  }

  @Test
  void theOptionOutdoesTheRememberedAnswer() throws Exception {
    user.remembers("on");
    LabProcess stream = user.peerlet("stream", torrentUrl("clip.mp4"), "--share=off");
    read(TestUser.url(stream));
    terminate(stream);
    assertThat(tracker.announceCount()).isZero();
  }

  @Test
  void servesAtTheGivenPort() throws Exception {
    int port = lab.freePort();
    LabProcess stream =
        user.peerlet("stream", torrentUrl("clip.mp4"), "--share=off", "--port=" + port);
    assertThat(URI.create(TestUser.url(stream)).getPort()).isEqualTo(port);
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      LabProcess stream =
          user.peerlet("stream", torrentUrl("clip.mp4"), "--share=off", "--port", port);
      assertThat(stream.awaitExit(TestUser.START_TIME)).isEqualTo(Peerlet.FAILED);
      assertThat(TestUser.complaints(stream)).singleElement().asString().contains(port);
      assertThat(stream.stdout()).isEmpty();
    }
  }

  @Test
  void keepsItsFilesInTheGivenFolder() throws Exception {
    Path cache = user.home().resolve("elsewhere/cache");
    LabProcess stream =
        user.peerlet("stream", torrentUrl("clip.mp4"), "--share=off", "--cache=" + cache);
    read(TestUser.url(stream));
    assertThat(cache).isNotEmptyDirectory();
    assertThat(user.cache()).doesNotExist();
    terminate(stream);
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void clearsWhatAKilledOneLeft() throws Exception {
    String torrent = torrentUrl("clip.mp4");
    LabProcess killed = user.peerlet("stream", torrent, "--share=off");
    read(TestUser.url(killed));
    killed.kill();
    assertThat(user.files()).isNotEmpty();
    LabProcess next = user.peerlet("stream", torrent, "--share=off");
    assertThat(read(TestUser.url(next))).hasSize((int) CLIP.length());
    terminate(next);
    assertThat(user.files()).isEmpty();
  }

  @Test
  void twoStreamsOfOneClipDoNotMeetInTheCache() throws Exception {
    String torrent = torrentUrl("clip.mp4");
    LabProcess one = user.peerlet("stream", torrent, "--share=off");
    String firstUrl = TestUser.url(one);
    LabProcess other = user.peerlet("stream", torrent, "--share=off");
    assertThat(read(TestUser.url(other))).isEqualTo(read(firstUrl));
    terminate(other);
    assertThat(read(firstUrl)).isEqualTo(CLIP.bytes());
    terminate(one);
    assertThat(user.files()).isEmpty();
  }

  /** A cron job or a container has no locale; a name may hold any letter all the same. */
  @Test
  void opensAndReportsNamesOfAnyScript() throws Exception {
    String name = "Überfahrt 海.mp4";
    TestTorrent torrent = torrent(name).webSeed(origin.serve("sea.mp4", CLIP).toString()).build();
    Path file = Files.write(user.home().resolve("Überfahrt 海.torrent"), torrent.bytes());
    LabProcess stream =
        user.peerlet("stream", file.toString(), "--lan", "--share=off", "--status-json");
    read(TestUser.url(stream));
    String status = stream.awaitLine("^\\{.*", TestUser.START_TIME).group();
    assertThat(json.readTree(status).path("title").asText()).isEqualTo(name);
  }

  @Test
  void doesWithoutALogFile() throws Exception {
    Path file = Files.writeString(user.home().resolve("file"), "no folder");
    user.with("XDG_STATE_HOME", file.resolve("state").toString());
    LabProcess stream = user.peerlet("stream", torrentUrl("clip.mp4"), "--share=off");
    String url = TestUser.url(stream);
    assertThat(read(url)).hasSize((int) CLIP.length());
    terminate(stream);
    assertThat(stream.stdout()).containsExactly(url);
    assertThat(TestUser.complaints(stream)).isEmpty();
  }

  /** A torrent on a site that also holds the clip; its tracker is ours. */
  private String torrentUrl(String name) {
    TestTorrent torrent =
        torrent(name).tracker(tracker.url()).webSeed(origin.serve(name, CLIP).toString()).build();
    return origin.serve("clip.torrent", Content.of(torrent.bytes())).toString();
  }

  private static TestTorrents torrent(String name) {
    return TestTorrents.single(name, CLIP);
  }

  private static int terminate(LabProcess stream) throws InterruptedException {
    TestUser.terminate(stream);
    return stream.awaitExit(END_TIME);
  }

  private static byte[] read(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
  }
}
