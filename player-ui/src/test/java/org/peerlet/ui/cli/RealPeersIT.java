package org.peerlet.ui.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.Limits;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.TestUser;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/**
 * {@code peerlet stream} in a swarm with the clients that people use, and their tracker. Most of
 * the time is the clients' own waiting, so several swarms wait at a time; each has a clip of its
 * own.
 */
@Execution(ExecutionMode.CONCURRENT)
class RealPeersIT {
  /** transmission unchokes in rounds of 10 s, aria2 moves in ticks, and the machine is busy. */
  private static final Duration SWARM_TIME = Duration.ofSeconds(90);

  /** Longer than any client's round, so that what could come would have come. */
  private static final Duration NOTHING_TIME = Duration.ofSeconds(12);

  private static final AtomicInteger clips = new AtomicInteger();

  private final Content clip = Content.random(clips.incrementAndGet(), 8 << 20);
  private final SwarmLab lab = SwarmLab.open();
  private final TestUser user = new TestUser(lab, "viewer");

  /** The clients that seed. */
  enum Client {
    TRANSMISSION,
    QBITTORRENT,
    ARIA2
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @EnumSource
  void playsWhatAClientSeeds(Client client) throws Exception {
    TestTorrent torrent = torrent().tracker(serve()).build();
    seed(client, torrent);
    String file = torrent.writeTorrent(user.home()).toString();
    assertAllFromPeers(user.peerlet("stream", file, "--share=on", "--lan", receipt()));
  }

  @ParameterizedTest
  @EnumSource
  void playsThroughOpentracker(Client client) throws Exception {
    int port = lab.freePort();
    TestTorrent torrent = torrent().tracker("http://127.0.0.1:" + port + "/announce").build();
    lab.opentracker(port, torrent.infoHashHex());
    seed(client, torrent);
    String file = torrent.writeTorrent(user.home()).toString();
    assertAllFromPeers(user.peerlet("stream", file, "--share=receive", "--lan", receipt()));
  }

  @Test
  void playsAMagnetUriWhoseMetadataAClientHas() throws Exception {
    TestTorrent torrent = torrent().tracker(serve()).build();
    seed(Client.TRANSMISSION, torrent);
    assertAllFromPeers(
        user.peerlet("stream", torrent.magnet(), "--share=receive", "--lan", receipt()));
  }

  /** transmission 3.00 never answers for a block that was asked for and cancelled. */
  @Test
  void jumpsAboutInWhatTransmissionSeeds() throws Exception {
    TestTorrent torrent = torrent().tracker(serve()).build();
    seed(Client.TRANSMISSION, torrent, Limits.upload(2_000_000));
    String file = torrent.writeTorrent(user.home()).toString();
    LabProcess viewer = user.peerlet("stream", file, "--share=on", "--lan", receipt());
    String url = TestUser.url(viewer);
    for (int position : new int[] {0, 6_000_000, 3_000_000}) {
      assertThat(read(url, position, 100_000)).isEqualTo(clip.bytes(position, 100_000));
    }
    assertAllFromPeers(viewer);
  }

  @Test
  void aClientDownloadsFromAViewerThatShares() throws Exception {
    try (FaultyOrigin origin = FaultyOrigin.open()) {
      String tracker = serve();
      LabProcess viewer = watch(origin, tracker, "--share=on");
      Path folder = lab.folder("downloaded");
      assertThat(download(tracker, folder).awaitExit(SWARM_TIME)).isZero();
      assertThat(Files.readAllBytes(folder.resolve("clip.mp4"))).isEqualTo(clip.bytes());
      assertThat(end(viewer).path("bytesUploaded").asLong()).isEqualTo(clip.length());
    }
  }

  @Test
  void aClientGetsNothingFromAViewerThatOnlyReceives() throws Exception {
    try (FaultyOrigin origin = FaultyOrigin.open()) {
      String tracker = serve();
      LabProcess viewer = watch(origin, tracker, "--share=receive", "--status-json");
      LabProcess downloader = download(tracker, lab.folder("downloaded"));
      viewer.awaitLine("\"peers\":1,", SWARM_TIME);
      await().atMost(SWARM_TIME).during(NOTHING_TIME).until(downloader::isAlive);
      assertThat(viewer.lastOutput()).doesNotContainPattern("\"bytesUploaded\":[1-9]");
      assertThat(end(viewer).path("bytesUploaded").asLong()).isZero();
    }
  }

  /** Starts a viewer who has watched a clip, which the site had, to its end. */
  private LabProcess watch(FaultyOrigin origin, String tracker, String... options)
      throws Exception {
    String webSeed = origin.serve("clip.mp4", clip).toString();
    TestTorrent torrent = torrent().tracker(tracker).webSeed(webSeed).build();
    String url = origin.serve("clip.torrent", Content.of(torrent.bytes())).toString();
    String[] arguments = new String[options.length + 3];
    arguments[0] = "stream";
    arguments[1] = url;
    arguments[2] = receipt();
    System.arraycopy(options, 0, arguments, 3, options.length);
    LabProcess viewer = user.peerlet(arguments);
    assertThat(read(TestUser.url(viewer))).isEqualTo(clip.bytes());
    awaitScrape(torrent, "8:completei1e");
    return viewer;
  }

  /** A client that knows of no web seed. */
  private LabProcess download(String tracker, Path folder) {
    Path file = torrent().tracker(tracker).build().writeTorrent(lab.folder("without web seed"));
    return lab.aria2Downloader(file.toString(), folder, Limits.NONE);
  }

  private void assertAllFromPeers(LabProcess viewer) throws Exception {
    assertThat(read(TestUser.url(viewer))).isEqualTo(clip.bytes());
    JsonNode receipt = end(viewer);
    assertThat(receipt.path("bytesFromPeers").asLong()).isGreaterThanOrEqualTo(clip.length());
    assertThat(receipt.path("bytesFromOrigin").asLong()).isZero();
    assertThat(user.files()).isEmpty();
  }

  private JsonNode end(LabProcess viewer) throws Exception {
    TestUser.terminate(viewer);
    viewer.awaitExit(TestUser.START_TIME);
    return new ObjectMapper().readTree(user.home().resolve("receipt.json").toFile());
  }

  private String receipt() {
    return "--receipt=" + user.home().resolve("receipt.json");
  }

  private TestTorrents torrent() {
    return TestTorrents.single("clip.mp4", clip);
  }

  /** Our own tracker's announce URL. */
  private String serve() throws InterruptedException {
    LabProcess tracker =
        new TestUser(lab, "site")
            .peerlet("serve", lab.folder("published").toString(), "--open-tracker", "--interval=2");
    return tracker.awaitLine("^announce (\\S+)$", TestUser.START_TIME).group(1);
  }

  /** Starts a client that seeds, and waits until its tracker knows it. */
  private void seed(Client client, TestTorrent torrent) throws Exception {
    seed(client, torrent, Limits.NONE);
  }

  private void seed(Client client, TestTorrent torrent, Limits limits) throws Exception {
    Path data = lab.folder("seeded");
    torrent.writeFiles(data);
    Path file = torrent.writeTorrent(lab.folder("torrents"));
    switch (client) {
      case TRANSMISSION -> lab.transmission(file, data, limits);
      case QBITTORRENT -> lab.qbittorrent(file, data, limits);
      case ARIA2 -> lab.aria2Seeder(file, data, limits);
    }
    awaitScrape(torrent, "8:completei1e");
  }

  private static void awaitScrape(TestTorrent torrent, String counts) {
    URI scrape =
        URI.create(
            torrent.trackers().get(0).replaceFirst("announce$", "scrape")
                + "?info_hash="
                + torrent.infoHashHex().replaceAll("(..)", "%$1"));
    HttpRequest request = HttpRequest.newBuilder(scrape).build();
    HttpClient client = HttpClient.newHttpClient();
    await()
        .atMost(SWARM_TIME)
        .until(
            () -> client.send(request, BodyHandlers.ofString(ISO_8859_1)).body().contains(counts));
  }

  /** Reads a little of an open-ended range, and hangs up, as a player that jumps on. */
  private static byte[] read(String url, int position, int count)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Range", "bytes=" + position + "-").build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      return body.readNBytes(count);
    }
  }

  private static byte[] read(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    var body = HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return body.get(SWARM_TIME.toSeconds(), TimeUnit.SECONDS).body();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the clip did not come: " + url, e);
    }
  }
}
