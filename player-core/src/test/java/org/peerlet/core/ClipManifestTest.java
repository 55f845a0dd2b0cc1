package org.peerlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException.Reason;

class ClipManifestTest {
  private static final String WHOLE =
      """
      {"peerlet": 1, "title": "A \\"title\\" <b>", "torrent": "clip.torrent",
       "origins": ["a%20clip.mp4", "https://cdn.example/clip.mp4"],
       "durationSeconds": 60.5, "bitsPerSecond": 1500000,
       "poster": "poster.jpg", "thumbnails": "thumbnails.vtt",
       "subtitles": [{"url": "a.en.vtt", "language": "en", "label": "English"},
                     {"url": "a.fr.vtt", "language": "fr"}],
       "report": "/report", "newer": {"than": "this"}}
      """;

  @Test
  void readsWhatIsWritten() throws Exception {
    ClipManifest manifest = parse(WHOLE);
    assertThat(manifest.title()).isEqualTo("A \"title\" <b>");
    assertThat(manifest.duration()).contains(Duration.ofMillis(60_500));
    assertThat(manifest.bitsPerSecond()).isEqualTo(OptionalLong.of(1_500_000));
    assertThat(manifest.subtitles().get(1).label()).isEqualTo("fr");
    assertThat(ClipManifest.parse(manifest.toJson())).isEqualTo(manifest);
  }

  @Test
  void needsATitleAndATorrentAlone() throws Exception {
    ClipManifest manifest = parse("{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"x.torrent\"}");
    assertThat(manifest.origins()).isEmpty();
    assertThat(manifest.report()).isEqualTo(Optional.empty());
    assertThat(new String(manifest.toJson(), StandardCharsets.UTF_8).lines()).hasSize(5);
    assertThat(ClipManifest.parse(manifest.toJson())).isEqualTo(manifest);
  }

  @Test
  void resolvesItsUrlsAgainstItsOwn() throws Exception {
    ClipManifest resolved = parse(WHOLE).resolve(URI.create("https://site.example/v/x/clip.json"));
    assertThat(resolved.torrent()).hasToString("https://site.example/v/x/clip.torrent");
    assertThat(resolved.origins())
        .map(URI::toString)
        .containsExactly("https://site.example/v/x/a%20clip.mp4", "https://cdn.example/clip.mp4");
    assertThat(resolved.poster().orElseThrow()).hasToString("https://site.example/v/x/poster.jpg");
    assertThat(resolved.subtitles().get(0).url()).hasToString("https://site.example/v/x/a.en.vtt");
    assertThat(resolved.report().orElseThrow()).hasToString("https://site.example/report");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"clip\"",
        "{}",
        "{\"peerlet\":1}",
        "{\"peerlet\":1,\"title\":\"t\"}",
        "{\"peerlet\":1,\"title\":\" \",\"torrent\":\"t\"}",
        "{\"peerlet\":2,\"title\":\"t\",\"torrent\":\"t\"}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"file:///etc/passwd\"}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"magnet:?xt=x\"}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"https://u:p@site.example/t\"}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"a b\"}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"t\",\"origins\":[\"jar:x\"]}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"t\",\"origins\":[null]}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"t\",\"durationSeconds\":-1}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"t\",\"durationSeconds\":\"NaN\"}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"t\",\"bitsPerSecond\":0}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"t\",\"subtitles\":[null]}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"t\",\"subtitles\":[{\"url\":\"x\"}]}",
        "{\"peerlet\":1,\"title\":\"t\",\"title\":\"u\",\"torrent\":\"t\"}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"t\"} {}",
        "{\"peerlet\":1,\"@class\":\"java.net.URL\",\"title\":{\"@class\":\"x\"},\"torrent\":\"t\"}",
        "{\"peerlet\":1e999999999,\"title\":\"t\",\"torrent\":\"t\"}",
        "{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"t\",\"bitsPerSecond\":1e999999999}",
      })
  void refusesOthersWithASentence(String json) {
    assertUnfit(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesNestedBombsAndFloods() {
    assertUnfit("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    assertUnfit(
        ("{\"peerlet\":1,\"title\":\"t\",\"torrent\":\"t\",\"x\":" + "{\"x\":".repeat(5_000) + "1")
            .getBytes(StandardCharsets.UTF_8));
    assertUnfit(
        ("{\"peerlet\":1,\"title\":\"" + "t".repeat(ClipManifest.MAX_BYTES) + "\"}")
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void eitherReadsOrRefusesWhateverComes() {
    long seed = System.nanoTime();
    System.out.println("ClipManifestTest seed " + seed);
    Random random = new Random(seed);
    byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] mutant = whole.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      try {
        ClipManifest.parse(mutant).resolve(URI.create("https://site.example/clip.json")).toJson();
      } catch (StreamException refused) {
        assertThat(refused.reason()).isEqualTo(Reason.BAD_SOURCE);
      }
    }
  }

  private static ClipManifest parse(String json) throws StreamException {
    return ClipManifest.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertUnfit(byte[] json) {
    assertThatThrownBy(() -> ClipManifest.parse(json))
        .isInstanceOfSatisfying(
            StreamException.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.BAD_SOURCE);
              assertThat(refused.sentence()).doesNotContain("\n").endsWith(".");
            });
  }
}
