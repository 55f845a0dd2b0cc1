package org.peerlet.jnlp.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerlet.core.ClipManifest;
import org.peerlet.core.metainfo.Bencode;
import org.peerlet.core.metainfo.Bencoded;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.Program;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.TestUser;
import org.peerlet.fixtures.media.Media;

/** A site's owner publishes videos with the root script, and viewers watch them. */
class PublishCommandIT {
  private static final Duration PUBLISH_TIME = Duration.ofMinutes(2);

  private final SwarmLab lab = SwarmLab.open();
  private final TestUser owner = new TestUser(lab, "owner");
  private final Path videos = lab.folder("videos");
  private final Path site = lab.folder("site").resolve("published");

  @AfterEach
  void close() {
    lab.close();
  }

  private LabProcess publish(int exitCode, String... arguments) throws InterruptedException {
    String[] command =
        Stream.concat(Stream.of("publish"), Stream.of(arguments)).toArray(String[]::new);
    LabProcess publish = owner.peerlet(command);
    assertThat(publish.awaitExit(PUBLISH_TIME)).as(publish.lastOutput()).isEqualTo(exitCode);
    return publish;
  }

  /** All files, with when they were written. */
  private Map<String, FileTime> files() throws IOException {
    Map<String, FileTime> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(site)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(site.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  @Test
  void publishesChecksAndPublishesAgain() throws Exception {
    Path first = Media.CLIP_60S.copyTo(videos);
    Path odd = videos.resolve("-\"<b>'\u00e9\u4e2d\ud83d\ude00&amp;.mp4");
    Files.write(odd, Media.CLIP_10S_INDEX_LAST.bytes());
    Path foreign = Files.createDirectories(site.resolve("player")).resolve("my music.jar");
    Files.writeString(foreign, "of the same web root");
    String[] arguments = {
      first.toString(), odd.toString(), "--site=https://example.org/v", "--out=" + site
    };
    LabProcess publish = publish(0, arguments);
    assertThat(publish.stdout())
        .contains(
            "https://example.org/v/clip-60s/",
            "https://example.org/v/b-e-amp/",
            "21 files written in " + site,
            "Checked on this machine: pages, player, manifest, torrent and video are served, and"
                + " the first 3 seconds play.");
    Map<String, FileTime> before = files();
    assertThat(before)
        .containsKeys(
            "b-e-amp/b-e-amp.mp4",
            "clip-60s/poster.jpg",
            "clip-60s/thumbnails.jpg",
            "clip-60s/thumbnails.vtt");
    byte[] page = Files.readAllBytes(site.resolve("b-e-amp/index.html"));
    assertThat(new String(page, StandardCharsets.UTF_8))
        .contains("-&quot;&lt;b&gt;&#39;\u00e9\u4e2d\ud83d\ude00&amp;amp;</h1>");
    assertThat(publish(0, arguments).stdout()).contains("Nothing changed.");
    assertThat(files()).isEqualTo(before).containsKey("player/my music.jar");
    try (LabProcess server = owner.peerlet("serve", site.toString())) {
      String root = server.awaitLine("^http://\\S+$", TestUser.START_TIME).group();
      watch(URI.create(root + "b-e-amp/"), new TestUser(lab, "viewer"), "off");
    }
  }

  /** Reads the whole clip that a manifest leads to, and compares it with the published file. */
  private LabProcess watch(URI folder, TestUser viewer, String share) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    URI manifestUrl = folder.resolve("clip.json");
    byte[] json =
        client.send(HttpRequest.newBuilder(manifestUrl).build(), BodyHandlers.ofByteArray()).body();
    ClipManifest manifest = ClipManifest.parse(json).resolve(manifestUrl);
    LabProcess stream =
        viewer.peerlet(
            "stream",
            // Where the site is at another address than it was published for, its manifest alone
            // knows the origin; a torrent's own is reached only there.
            (share.equals("off") ? localTorrent(manifest, client) : manifest.torrent().toString()),
            "--lan",
            "--share=" + share,
            "--receipt=" + viewer.home().resolve("receipt.json"));
    URI url = URI.create(TestUser.url(stream));
    HttpResponse<byte[]> clip =
        client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
    String name = manifest.origins().get(0).getPath().replaceAll(".*/", "");
    String slug = name.replaceAll("\\..*", "");
    assertThat(clip.body()).isEqualTo(Files.readAllBytes(site.resolve(slug).resolve(name)));
    return stream;
  }

  /** The published torrent, to be had from where the manifest leads. */
  private String localTorrent(ClipManifest manifest, HttpClient client) throws Exception {
    byte[] torrent =
        client
            .send(HttpRequest.newBuilder(manifest.torrent()).build(), BodyHandlers.ofByteArray())
            .body();
    var outer = (Bencoded.Dict) Bencode.decode(torrent);
    var info = Objects.requireNonNull(outer.get("info"));
    Path file = lab.folder("local").resolve("clip.torrent");
    Files.write(
        file,
        Bencode.encode(
            Bencoded.dict(
                Map.of(
                    "info",
                    info,
                    "url-list",
                    Bencoded.text(manifest.origins().get(0).toString())))));
    return file.toString();
  }

  @Test
  void playsTheSameBehindNginxAndOpentracker() throws Exception {
    int port = lab.freePort();
    int trackerPort = lab.freePort();
    String root = "http://127.0.0.1:" + port + "/";
    publish(
        0,
        Media.CLIP_60S.copyTo(videos).toString(),
        "--site=" + root,
        "--tracker=http://127.0.0.1:" + trackerPort + "/announce",
        "--out=" + site,
        "--no-check");
    List<String> listed = Files.readAllLines(site.resolve(".peerlet/info-hashes.txt"));
    try (LabProcess nginx = nginx(port);
        LabProcess tracker = lab.opentracker(trackerPort, listed.toArray(String[]::new))) {
      assertThat(tracker.isAlive()).isTrue();
      assertThat(status(root + "clip-60s/")).as(nginx.lastOutput()).isEqualTo(200);
      assertThat(status(root + ".peerlet/pages.json")).isEqualTo(404);
      TestUser second = new TestUser(lab, "second viewer");
      try (LabProcess stays =
              watch(URI.create(root + "clip-60s/"), new TestUser(lab, "first viewer"), "on");
          LabProcess later = watch(URI.create(root + "clip-60s/"), second, "on")) {
        TestUser.terminate(later);
        later.awaitExit(TestUser.START_TIME); // by then the receipt is written
        assertThat(stays.isAlive()).isTrue();
      }
      JsonNode told = new ObjectMapper().readTree(second.home().resolve("receipt.json").toFile());
      assertThat(told.get("bytesFromPeers").asLong()).as("%s", told).isPositive();
    }
  }

  private static int status(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
        .statusCode();
  }

  /** The server block of the guide for site owners, at another address and for another folder. */
  private LabProcess nginx(int port) throws Exception {
    String guide = Files.readString(TestUser.script().resolveSibling("docs/site-owners.md"));
    String block = guide.split("```nginx\n", 2)[1].split("```", 2)[0];
    Path folder = lab.folder("nginx");
    Path configuration =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            user root;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr notice;
            events {}
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
            """
                + block
                    .replace("listen 80;", "listen 127.0.0.1:" + port + ";")
                    .replace("root /var/www;", "root " + site + ";")
                + "}\n");
    LabProcess nginx =
        lab.start(
            "nginx",
            Program.NGINX.path(),
            "-e",
            "stderr",
            "-p",
            folder.toString(),
            "-c",
            configuration.toString());
    nginx.awaitLine("start worker process ", TestUser.START_TIME);
    return nginx;
  }

  @Test
  void refusesInOneLineAndWritesNothing() throws Exception {
    Path film = Media.CLIP_10S.copyTo(videos);
    Path matroska = Media.MATROSKA.copyTo(videos);
    String out = "--out=" + site;
    String to = "--site=https://example.org/";
    Map<String, String[]> wrong = new TreeMap<>();
    wrong.put("Missing required option: '--out=DIR'", new String[] {film.toString(), to});
    wrong.put("The site is a URL such as", new String[] {film.toString(), "--site=x", out});
    wrong.put("clip.mkv: This clip is a Matroska", new String[] {matroska.toString(), to, out});
    wrong.put("A tracker is an http", new String[] {film.toString(), to, out, "--tracker=ws://x"});
    wrong.put("--report is not an http", new String[] {film.toString(), to, out, "--report=x"});
    for (Map.Entry<String, String[]> each : wrong.entrySet()) {
      int exitCode = each.getKey().startsWith("clip.mkv") ? 1 : 2;
      assertThat(TestUser.complaints(publish(exitCode, each.getValue())))
          .singleElement()
          .asString()
          .startsWith("peerlet publish: " + each.getKey());
    }
    assertThat(publish(0, film.toString(), to, out, "--dry-run").stdout().get(0))
        .startsWith("clip-10s.mp4: would be copied as clip-10s/clip-10s.mp4");
    assertThat(site).doesNotExist();
  }
}
