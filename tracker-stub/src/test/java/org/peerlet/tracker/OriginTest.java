package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
  private static final byte[] CLIP = new byte[300_000];

  static {
    new Random(7).nextBytes(CLIP);
  }

  @TempDir private Path folder;
  private TrackerServer server;

  @BeforeEach
  void open() throws IOException {
    Files.write(folder.resolve("clip.mp4"), CLIP);
    Files.setLastModifiedTime(
        folder.resolve("clip.mp4"), FileTime.from(Instant.parse("2026-01-02T03:04:05.678Z")));
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/100% ä;b+c?.txt"), "odd");
    Files.writeString(folder.resolve("empty.txt"), "");
    server = TrackerServer.open(Options.serving(folder));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RawHttp.Answer get(String target, String... headers) throws IOException {
    return RawHttp.get(server.origin(), target, headers);
  }

  @Test
  void servesAFileWithItsHeaders() throws IOException {
    RawHttp.Answer answer = get("/clip.mp4?token=1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(CLIP);
    assertThat(answer.headers())
        .containsEntry("content-length", "300000")
        .containsEntry("content-type", "video/mp4")
        .containsEntry("accept-ranges", "bytes")
        .containsEntry("last-modified", "Fri, 02 Jan 2026 03:04:05 GMT")
        .containsEntry("x-content-type-options", "nosniff")
        .containsKey("date")
        .doesNotContainKeys("server", "content-range", "access-control-allow-origin");
    assertThat(answer.header("etag")).matches("\"[0-9a-f]+-[0-9a-f]+\"");
  }

  @Test
  void answersHeadWithTheHeadersOfGetAndNoBody() throws IOException {
    RawHttp.Answer head = RawHttp.send(server.origin(), "HEAD", "/clip.mp4");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("content-length")).isEqualTo("300000");
    assertThat(head.header("etag")).isEqualTo(get("/clip.mp4").header("etag"));
    RawHttp.Answer part = RawHttp.send(server.origin(), "HEAD", "/clip.mp4", "Range: bytes=1-9");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("content-length")).isEqualTo("9");
    assertThat(part.body()).isEmpty();
  }

  @Test
  void servesARange() throws IOException {
    RawHttp.Answer answer = get("/clip.mp4", "Range: bytes=1000-200000");
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.header("content-range")).isEqualTo("bytes 1000-200000/300000");
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(CLIP, 1000, 200_001));
  }

  @Test
  void refusesARangeBeyondTheEnd() throws IOException {
    RawHttp.Answer answer = get("/clip.mp4", "Range: bytes=300000-");
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.header("content-range")).isEqualTo("bytes */300000");
  }

  @Test
  void honoursConditions() throws IOException {
    String etag = get("/clip.mp4").header("etag");
    String date = "Fri, 02 Jan 2026 03:04:05 GMT";
    String range = "Range: bytes=0-9";
    Map<String, Integer> expected =
        Map.ofEntries(
            Map.entry("If-None-Match: " + etag, 304),
            Map.entry("If-None-Match: W/" + etag, 304),
            Map.entry("If-None-Match: \"x\", " + etag, 304),
            Map.entry("If-None-Match: *", 304),
            Map.entry("If-None-Match: \"x\"", 206),
            Map.entry("If-None-Match: \"x\"\r\nIf-Modified-Since: " + date, 206),
            Map.entry("If-Modified-Since: " + date, 304),
            Map.entry("If-Modified-Since: Fri, 02 Jan 2026 03:04:06 GMT", 304),
            Map.entry("If-Modified-Since: Fri, 02 Jan 2026 03:04:04 GMT", 206),
            Map.entry("If-Modified-Since: yesterday", 206),
            Map.entry("If-Match: " + etag, 206),
            Map.entry("If-Match: *", 206),
            Map.entry("If-Match: W/" + etag, 412),
            Map.entry("If-Match: \"x\"", 412),
            Map.entry("If-Unmodified-Since: " + date, 206),
            Map.entry("If-Unmodified-Since: Fri, 02 Jan 2026 03:04:04 GMT", 412),
            Map.entry("If-Range: " + etag, 206),
            Map.entry("If-Range: " + date, 206),
            Map.entry("If-Range: \"x\"", 200),
            Map.entry("If-Range: W/" + etag, 200),
            Map.entry("If-Range: Fri, 02 Jan 2026 03:04:06 GMT", 200),
            Map.entry("If-Range: nonsense", 200));
    for (Map.Entry<String, Integer> each : expected.entrySet()) {
      assertThat(get("/clip.mp4", range, each.getKey()).status())
          .as(each.getKey())
          .isEqualTo(each.getValue());
    }
    RawHttp.Answer unchanged = get("/clip.mp4", "If-None-Match: " + etag);
    assertThat(unchanged.body()).isEmpty();
    assertThat(unchanged.headers())
        .containsEntry("etag", etag)
        .containsEntry("last-modified", date);
  }

  @Test
  void changesTheEtagWithTheFile() throws IOException {
    String before = get("/clip.mp4").header("etag");
    Files.write(folder.resolve("clip.mp4"), CLIP);
    assertThat(get("/clip.mp4").header("etag")).isNotEqualTo(before);
  }

  @Test
  void servesEmptyFilesAndOddNames() throws IOException {
    assertThat(get("/empty.txt").header("content-length")).isEqualTo("0");
    assertThat(get("/empty.txt", "Range: bytes=0-").status()).isEqualTo(200);
    assertThat(get("/sub/100%25%20%C3%A4%3Bb%2Bc%3F.txt").text()).isEqualTo("odd");
    assertThat(get("/sub/100%25%20\u00c3\u00a4;b+c%3F.txt").text()).isEqualTo("odd");
  }

  @Test
  void listsNothingAndServesTheIndexOfTheRoot() throws IOException {
    for (String target : new String[] {"/", "/sub", "/sub/", "/index.html", "/nothing"}) {
      assertThat(get(target).status()).as(target).isEqualTo(404);
    }
    Files.writeString(folder.resolve("index.html"), "<p>hello");
    await().until(() -> get("/").status() == 200);
    assertThat(get("/").header("content-type")).isEqualTo("text/html; charset=utf-8");
  }

  @Test
  void servesTheIndexOfAFolder() throws IOException {
    Files.createDirectories(folder.resolve("my clip"));
    Files.writeString(folder.resolve("my clip/index.html"), "<p>clip");
    Files.writeString(folder.resolve("my clip/.htaccess"), "secret");
    await().until(() -> get("/my%20clip/").status() == 200);
    assertThat(get("/my%20clip/?x").text()).isEqualTo("<p>clip");
    RawHttp.Answer moved = get("/my%20clip?x=1");
    assertThat(moved.status()).isEqualTo(301);
    assertThat(moved.header("location")).isEqualTo("/my%20clip/?x=1");
    for (String target :
        new String[] {"/my%20clip/.htaccess", "/my%20clip//", "//my%20clip", "/my%20clip/x/"}) {
      assertThat(get(target).status()).as(target).isEqualTo(404);
    }
  }

  @Test
  void letsPagesLoadFromTheirOwnSiteAlone() throws IOException {
    Files.writeString(folder.resolve("page.html"), "<p>hello");
    Files.writeString(folder.resolve("picture.svg"), "<svg/>");
    Files.writeString(folder.resolve("feed.xml"), "<rss/>");
    await().until(() -> get("/page.html").status() == 200);
    for (String target : new String[] {"/page.html", "/picture.svg", "/feed.xml"}) {
      assertThat(get(target).header("content-security-policy"))
          .as(target)
          .contains("default-src 'self';", "object-src 'none'", "base-uri 'none'")
          .contains("frame-ancestors 'self'")
          .doesNotContain("unsafe");
    }
    assertThat(get("/clip.mp4").headers()).doesNotContainKey("content-security-policy");
  }

  @Test
  void noticesFilesThatComeAndGo() throws IOException {
    assertThat(get("/late.vtt").status()).isEqualTo(404);
    Files.writeString(folder.resolve("late.vtt"), "WEBVTT");
    await().until(() -> get("/late.vtt").status() == 200);
    Files.delete(folder.resolve("late.vtt"));
    assertThat(get("/late.vtt").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "a.mp4,video/mp4",
    "a.MP4,video/mp4",
    "a.torrent,application/x-bittorrent",
    "a.json,application/json",
    "a.html,text/html; charset=utf-8",
    "a.js,text/javascript; charset=utf-8",
    "a.css,text/css; charset=utf-8",
    "a.png,image/png",
    "a.jpg,image/jpeg",
    "a.svg,image/svg+xml",
    "a.xml,application/xml",
    "a.rss,application/rss+xml",
    "a.vtt,text/vtt; charset=utf-8",
    "a.jnlp,application/x-java-jnlp-file",
    "a.jar,application/java-archive",
    "a.zip,application/zip",
    "a.deb,application/vnd.debian.binary-package",
    "a.mkv,video/matroska",
    "a.webm,video/webm",
    "a,application/octet-stream",
    "a.mp4.exe,application/octet-stream"
  })
  void knowsContentTypes(String name, String type) {
    assertThat(ContentTypes.of(name)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "FROB"})
  void takesNoOtherMethod(String method) throws IOException {
    RawHttp.Answer answer = RawHttp.send(server.origin(), method, "/clip.mp4", "Content-Length: 0");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void countsThePayloadItSends() throws IOException {
    get("/clip.mp4", "Range: bytes=0-99");
    get("/clip.mp4");
    RawHttp.send(server.origin(), "HEAD", "/clip.mp4");
    get("/clip.mp4", "Range: bytes=999999-");
    get("/nothing");
    get("/sub/100%25%20%C3%A4%3Bb%2Bc%3F.txt");
    assertThat(server.bytesSentByFile())
        .isEqualTo(Map.of("clip.mp4", 300_100L, "sub/100% ä;b+c?.txt", 3L));
    assertThat(server.bytesSent()).isEqualTo(300_103);
  }

  @Test
  void servesRangesOfAFileBeyondFourGibibytes() throws IOException {
    long size = (1L << 32) + 1000;
    try (RandomAccessFile sparse =
        new RandomAccessFile(folder.resolve("huge.mp4").toFile(), "rw")) {
      sparse.setLength(size);
      sparse.seek(size - 4);
      sparse.write("tail".getBytes(UTF_8));
    }
    try (TrackerServer fresh = TrackerServer.open(Options.serving(folder))) {
      RawHttp.Answer answer = RawHttp.get(fresh.origin(), "/huge.mp4", "Range: bytes=-5");
      assertThat(answer.text()).isEqualTo("\0tail");
      assertThat(answer.header("content-range"))
          .isEqualTo("bytes 4294968291-4294968295/4294968296");
    }
  }

  @Test
  void readsNoFasterThanTheClientAndDropsTheFileWithIt() throws IOException {
    try (RandomAccessFile sparse =
        new RandomAccessFile(folder.resolve("huge.mp4").toFile(), "rw")) {
      sparse.setLength(1L << 32);
    }
    try (TrackerServer fresh = TrackerServer.open(Options.serving(folder))) {
      try (Socket idle = new Socket(fresh.origin().getHost(), fresh.origin().getPort())) {
        idle.getOutputStream().write("GET /huge.mp4 HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
        assertThat(idle.getInputStream().read()).isEqualTo('H');
        // What the two socket buffers of this machine hold; a stream without back-pressure would
        // pass it at once.
        await().during(Duration.ofMillis(300)).until(() -> fresh.bytesSent() < 64 << 20);
        assertThat(openFiles(folder.resolve("huge.mp4"))).isEqualTo(1);
      }
      await().until(() -> openFiles(folder.resolve("huge.mp4")) == 0);
    }
  }

  private static long openFiles(Path file) throws IOException {
    String real = file.toRealPath().toString();
    String[] descriptors = new File("/proc/self/fd").list();
    return Arrays.stream(descriptors == null ? new String[0] : descriptors)
        .filter(each -> target(each).equals(real))
        .count();
  }

  private static String target(String descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }
}
