package org.peerlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.TorrentSource.ManifestUrl;
import org.peerlet.core.TorrentSource.TorrentUrl;

class LaunchArgumentsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://site.example/a/clip.json",
        "http://127.0.0.1:8080/clip.torrent",
        "HTTPS://site.example/CLIP.JSON?launch=00",
        "http://[::1]:80/%C3%A9.torrent"
      })
  void takesOneUrl(String url) throws Exception {
    LaunchArguments launch = LaunchArguments.parse(List.of(url));
    assertThat(launch.url()).isEqualTo(URI.create(url));
    assertThat(LaunchArguments.parse(launch.format())).isEqualTo(launch);
    assertThat(LaunchArguments.parse(List.of("peerlet:" + url))).isEqualTo(launch);
  }

  @Test
  void knowsAManifestFromATorrent() throws Exception {
    assertThat(LaunchArguments.parse(List.of("https://a.example/c.json")).source())
        .isInstanceOf(ManifestUrl.class);
    assertThat(LaunchArguments.parse(List.of("https://a.example/c.torrent")).source())
        .isInstanceOf(TorrentUrl.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "--share=on",
        "-Dx=y",
        "/etc/passwd",
        "clip.torrent",
        "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567",
        "file:///srv/clip.json",
        "ftp://site.example/clip.json",
        "jar:https://site.example/a.jar!/clip.json",
        "javascript:alert(1)//clip.json",
        "peerlet:peerlet:https://site.example/clip.json",
        "peerlet:--share=on",
        "https:clip.json",
        "https:///clip.json",
        "https://user@site.example/clip.json",
        "https://user:secret@site.example/clip.json",
        "https://site.example/clip.html",
        "https://site.example/?x=clip.json",
        "https://site.example/#clip.json",
        "https://site.example/a b.json",
        "https://site.example/clip.json --share on",
        "https://site.example/clip.json\n--share",
        "https://site.example/\u0000.json",
        "https://site.example/\u001b[31m.json",
        "https://<b>/clip.json",
        "\\\\server\\share\\clip.json",
        "@arguments.json"
      })
  void refusesAnythingElseInOneLine(String argument) {
    assertRefused(List.of(argument));
  }

  @Test
  void refusesAnyOtherNumber() {
    String url = "https://site.example/clip.json";
    assertRefused(List.of());
    assertRefused(List.of(url, url));
    assertRefused(List.of(url, "--share=on"));
    assertRefused(List.of("https://site.example/" + "a".repeat(2_100) + ".json"));
  }

  private static void assertRefused(List<String> arguments) {
    StreamException refused =
        catchThrowableOfType(StreamException.class, () -> LaunchArguments.parse(arguments));
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(Reason.BAD_SOURCE);
    assertThat(refused.sentence()).doesNotContain("\n", "\u001b", "\u0000");
    assertThat(refused.sentence().length()).isLessThan(400);
  }
}
