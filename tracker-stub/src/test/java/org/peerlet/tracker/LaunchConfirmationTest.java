package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A click's token over HTTP: what the page, the browser and the launcher get. */
class LaunchConfirmationTest {
  private static final String JNLP = "<jnlp href=\"clip.jnlp\"><information/></jnlp>";
  private static final String A = "a".repeat(32);
  private static final String B = "b".repeat(32);
  private static final String JAVA = "User-Agent: Java/17.0.9";
  private static final String BROWSER = "User-Agent: Mozilla/5.0";

  @TempDir private Path folder;
  private TrackerServer server;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(folder.resolve("clip"));
    Files.writeString(folder.resolve("clip/clip.jnlp"), JNLP);
    Files.writeString(folder.resolve("clip/none.jnlp"), "<jnlp></jnlp>");
    Files.writeString(folder.resolve("clip/big.jnlp"), JNLP + " ".repeat(LaunchFile.MAX_BYTES));
    Files.writeString(folder.resolve("clip/clip.xml"), JNLP);
    server = TrackerServer.open(Options.serving(folder));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RawHttp.Answer get(String target, String... headers) throws IOException {
    return RawHttp.get(server.origin(), target, headers);
  }

  private String launched(String token) throws IOException {
    return get("/launches/" + token).text();
  }

  @Test
  void confirmsTheLaunchOfOneClick() throws IOException {
    RawHttp.Answer file = get("/clip/clip.jnlp?launch=" + A, BROWSER);
    get("/clip/clip.jnlp?launch=" + B, BROWSER);
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.text())
        .isEqualTo("<jnlp href=\"clip.jnlp?launch=" + A + "\"><information/></jnlp>");
    assertThat(file.headers())
        .containsEntry("peerlet-launch", "/launches/" + A)
        .containsEntry("content-type", "application/x-java-jnlp-file")
        .containsEntry("content-length", String.valueOf(file.body().length))
        .containsEntry("x-content-type-options", "nosniff")
        .containsKeys("last-modified", "etag");

    RawHttp.Answer before = get("/launches/" + A);
    assertThat(before.text()).isEqualTo("{\"launched\":false}\n");
    assertThat(before.headers())
        .containsEntry("cache-control", "no-store")
        .containsEntry("content-type", "application/json");
    RawHttp.send(server.origin(), "HEAD", "/clip/clip.jnlp?launch=" + A, JAVA);
    assertThat(launched(A)).isEqualTo("{\"launched\":true}\n");
    assertThat(launched(B)).isEqualTo("{\"launched\":false}\n");
  }

  @Test
  void answersHeadAsGet() throws IOException {
    String target = "/clip/clip.jnlp?launch=" + A;
    RawHttp.Answer head = RawHttp.send(server.origin(), "HEAD", target, BROWSER);
    RawHttp.Answer whole = get(target, BROWSER);
    assertThat(head.body()).isEmpty();
    for (String name :
        List.of("peerlet-launch", "content-length", "content-type", "etag", "last-modified")) {
      assertThat(head.header(name)).as(name).isNotEmpty().isEqualTo(whole.header(name));
    }
    RawHttp.Answer status = RawHttp.send(server.origin(), "HEAD", "/launches/" + A);
    assertThat(status.status()).isEqualTo(200);
    assertThat(status.body()).isEmpty();
  }

  @Test
  void confirmsALauncherThatHasTheFileAlready() throws IOException {
    String target = "/clip/clip.jnlp?launch=" + A;
    String etag = get(target, BROWSER).header("etag");
    assertThat(etag).isNotEqualTo(get("/clip/clip.jnlp").header("etag"));
    assertThat(get(target, JAVA, "If-None-Match: " + etag).status()).isEqualTo(304);
    assertThat(launched(A)).isEqualTo("{\"launched\":true}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/clip/clip.jnlp",
        "/clip/clip.jnlp?",
        "/clip/clip.jnlp?launch",
        "/clip/clip.jnlp?launch=",
        "/clip/clip.jnlp?launch=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/clip/clip.jnlp?launch=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/clip/clip.jnlp?launch=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaag",
        "/clip/clip.jnlp?launch=%61aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/clip/clip.jnlp?launch=%22%3E%3Cjar%20href=%22http://x/%22/%3E",
        "/clip/clip.jnlp?launch=../../../../../../etc/passwd%00aaaa",
        "/clip/clip.jnlp?launch=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&x",
        "/clip/clip.jnlp?x&launch=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      })
  void servesTheFileAsItIsForAnythingButAToken(String target) throws IOException {
    RawHttp.Answer answer = get(target, BROWSER);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(JNLP);
    assertThat(answer.headers()).doesNotContainKey("peerlet-launch");
    assertThat(get("/launches/" + A).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/clip/none.jnlp", "/clip/big.jnlp", "/clip/clip.xml"})
  void servesWhatHasNoAddressOfItsOwnAsItIs(String file) throws IOException {
    RawHttp.Answer answer = get(file + "?launch=" + A, BROWSER);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(Files.readAllBytes(folder.resolve(file.substring(1))));
    assertThat(answer.headers()).doesNotContainKey("peerlet-launch");
    assertThat(get("/launches/" + A).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/launches/",
        "/launches",
        "/launches/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "/launches/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "/launches/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/launches/%61aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/launches/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/",
        "/launches/../launches/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/x",
        "/launches/*",
        "/launches/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;x",
        "/launches/%00",
        "/clip/gone.jnlp?launch=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/../clip.jnlp?launch=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      })
  void tellsNothingOfOtherTokens(String target) throws IOException {
    get("/clip/clip.jnlp?launch=" + A, BROWSER);
    RawHttp.Answer answer = get(target);
    assertThat(answer.status()).isIn(400, 404);
    assertThat(new String(answer.body(), UTF_8)).doesNotContain("launched", A);
  }

  @Test
  void takesNoOtherMethod() throws IOException {
    for (String target : List.of("/launches/" + A, "/clip/clip.jnlp?launch=" + A)) {
      RawHttp.Answer answer =
          RawHttp.send(server.origin(), "POST", target, JAVA, "Content-Length: 0");
      assertThat(answer.status()).isEqualTo(405);
    }
    assertThat(get("/launches/" + A).status()).isEqualTo(404);
  }
}
