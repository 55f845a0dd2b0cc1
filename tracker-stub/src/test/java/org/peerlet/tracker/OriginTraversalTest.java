package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** threats.md T19: nothing outside the map of names leaves the origin. */
class OriginTraversalTest {
  private static final String SECRET = "the-secret-that-must-not-leak";

  @TempDir private static Path parent;
  private static TrackerServer server;

  @BeforeAll
  static void open() throws IOException {
    Path site = Files.createDirectories(parent.resolve("site"));
    Files.createDirectories(site.resolve("sub"));
    Files.writeString(site.resolve("public.txt"), "public");
    Files.writeString(site.resolve("sub/public.txt"), "public");
    Files.writeString(parent.resolve("secret.txt"), SECRET);
    Files.createDirectories(parent.resolve("site-secret"));
    Files.writeString(parent.resolve("site-secret/secret.txt"), SECRET);
    Files.writeString(site.resolve(".env"), SECRET);
    Files.createDirectories(site.resolve(".git"));
    Files.writeString(site.resolve(".git/config"), SECRET);
    Files.createDirectories(site.resolve("sub/.hidden/deep"));
    Files.writeString(site.resolve("sub/.hidden/deep/secret.txt"), SECRET);
    Files.createSymbolicLink(site.resolve("link.txt"), parent.resolve("secret.txt"));
    Files.createSymbolicLink(site.resolve("linked"), parent.resolve("site-secret"));
    Files.createSymbolicLink(site.resolve("sub/up"), parent);
    Files.createSymbolicLink(site.resolve("relative.txt"), Path.of("../secret.txt"));
    server = TrackerServer.open(Options.serving(site));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  static Stream<String> targets() {
    Stream<String> fixed =
        Stream.of(
            "/.env",
            "/%2eenv",
            "/%2Eenv",
            "/.git/config",
            "/%2egit/config",
            "/.git%2fconfig",
            "/.git/",
            "/.git",
            "/sub/.hidden/deep/secret.txt",
            "/sub/%2ehidden/deep/secret.txt",
            "/link.txt",
            "/relative.txt",
            "/linked/secret.txt",
            "/linked/",
            "/linked",
            "/linked%2fsecret.txt",
            "/sub/up/secret.txt",
            "/sub/up/site/.env",
            "/./.env",
            "//.env",
            "/sub//../.env",
            "/public.txt/../.env",
            "/public.txt/.env",
            "/public.txt%00.env",
            "/.env%00.txt",
            "/.env%00",
            "/.env%20",
            "/.env.",
            "/.env/",
            "/.env?x",
            "/.env;x",
            "/;/.env",
            "/.env%23",
            "/.ENV",
            "/~/.env",
            "/:.env",
            "/etc/passwd",
            "//etc/passwd",
            "/file:///etc/passwd",
            "file:///etc/passwd",
            "/C:/secret.txt",
            "/c%3a%5csecret.txt",
            "http://127.0.0.1/../secret.txt",
            "http://127.0.0.1/.env",
            "http://other.example/.env",
            "*",
            "",
            "?",
            "../secret.txt",
            "secret.txt",
            "/sub",
            "/sub/",
            "/%",
            "/%2",
            "/%zz",
            "/%u002e%u002e/secret.txt",
            "/\\..\\secret.txt",
            "/..\\secret.txt",
            "/site-secret/secret.txt",
            "/../site-secret/secret.txt",
            "/..%2fsite-secret%2fsecret.txt",
            "/proc/self/environ");
    List<String> up =
        List.of(
            "..",
            "%2e%2e",
            "%2E%2E",
            ".%2e",
            "%2e.",
            "%252e%252e",
            "%c0%ae%c0%ae",
            "%e0%80%ae%e0%80%ae",
            "%uff0e%uff0e",
            "..;",
            "..;a=b",
            "..%00",
            "....",
            "...",
            ". .",
            "%20..",
            "..%20",
            "\u00c0\u00ae\u00c0\u00ae",
            "%ef%bc%8e%ef%bc%8e",
            "..%09",
            "%2e%2e%3b");
    List<String> slashes =
        List.of("/", "//", "%2f", "%2F", "%252f", "\\", "%5c", "%c0%af", "%ef%bc%8f", "/./");
    Stream<String> crossed =
        up.stream()
            .flatMap(
                dots ->
                    slashes.stream()
                        .flatMap(
                            slash ->
                                Stream.of(
                                    "/" + dots + slash + "secret.txt",
                                    "/sub/" + dots + slash + dots + slash + "secret.txt",
                                    "/" + (dots + slash).repeat(12) + "etc/passwd")));
    return Stream.concat(fixed, crossed);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void leaksNothing(String target) throws IOException {
    for (String method : List.of("GET", "HEAD")) {
      RawHttp.Answer answer = RawHttp.send(server.origin(), method, target);
      // 505 where the empty target leaves the version in its place.
      assertThat(answer.status()).matches(status -> status / 100 == 4 || status == 505);
      assertThat(answer.text()).doesNotContain(SECRET).doesNotContain("root:");
      assertThat(answer.headers()).doesNotContainKey("etag");
    }
  }

  @Test
  void servesThePublicFilesMeanwhile() throws IOException {
    assertThat(RawHttp.get(server.origin(), "/public.txt").text()).isEqualTo("public");
    assertThat(RawHttp.get(server.origin(), "/sub/public.txt").text()).isEqualTo("public");
  }

  @Test
  void doesNotFollowAFileThatBecameALink() throws IOException {
    Path swapped = parent.resolve("site/swapped");
    Files.createDirectories(swapped);
    Files.writeString(swapped.resolve("secret.txt"), "public");
    Files.writeString(parent.resolve("site/swapped.txt"), "public");
    try (TrackerServer fresh = TrackerServer.open(Options.serving(parent.resolve("site")))) {
      URI origin = fresh.origin();
      assertThat(RawHttp.get(origin, "/swapped.txt").status()).isEqualTo(200);
      assertThat(RawHttp.get(origin, "/swapped/secret.txt").status()).isEqualTo(200);
      Files.delete(parent.resolve("site/swapped.txt"));
      Files.createSymbolicLink(parent.resolve("site/swapped.txt"), parent.resolve("secret.txt"));
      Files.delete(swapped.resolve("secret.txt"));
      Files.delete(swapped);
      Files.createSymbolicLink(swapped, parent.resolve("site-secret"));
      assertThat(RawHttp.get(origin, "/swapped.txt").status()).isEqualTo(404);
      assertThat(RawHttp.get(origin, "/swapped/secret.txt").status()).isEqualTo(404);
    }
  }

  @Test
  void answersBrokenHttpWithoutAServerError() throws IOException {
    String host = "Host: a\r\nConnection: close\r\n";
    List<String> requests =
        List.of(
            "GET /public.txt HTTP/1.1\r\nConnection: close\r\n\r\n",
            "GET /public.txt HTTP/9.9\r\n" + host + "\r\n",
            "\u0000\u0001\u0002\r\n\r\n",
            "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + host + "\r\n",
            "GET /public.txt HTTP/1.1\r\nX: " + "a".repeat(20_000) + "\r\n" + host + "\r\n",
            "GET /public.txt HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n",
            "GET /public.txt HTTP/1.1\r\n" + host + "Bad Header\r\n\r\n",
            "CONNECT a:80 HTTP/1.1\r\n" + host + "\r\n",
            "OPTIONS * HTTP/1.1\r\n" + host + "\r\n");
    for (String request : requests) {
      RawHttp.Answer answer = RawHttp.exchange(server.origin(), request);
      assertThat(answer.status()).as(request).isIn(400, 404, 405, 414, 431, 505);
      assertThat(new String(answer.body(), UTF_8)).doesNotContain("<", SECRET, "Exception");
    }
  }
}
