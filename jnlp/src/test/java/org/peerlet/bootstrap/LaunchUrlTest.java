package org.peerlet.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** threats.md T11, T12: each argument is a hostile URL. */
class LaunchUrlTest {
  private static final URI SITE = URI.create("https://example.org/v/");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/v/a/clip.json",
        "HTTPS://EXAMPLE.org:443/v/a/clip.json",
        "https://example.org/v/a/clip.torrent",
        "https://example.org/v/a/clip.json?token=1",
        "https://example.org/v/%C3%A9/clip.json"
      })
  void takesAClipOfTheSite(String argument) throws CannotStartException {
    assertThat(LaunchUrl.of(new String[] {argument}, SITE).uri()).hasToString(argument);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-version",
        "--state-file=/etc/passwd",
        "-Dx=https://example.org/v/a/clip.json",
        "@https://example.org/v/a/clip.json",
        "https://example.org/v/a/clip.json ",
        "https://example.org/v/a b/clip.json",
        "https://example.org/v/a\u0000/clip.json",
        "https://example.org/v/a\n/clip.json",
        "https://example.org/v/\u00e9/clip.json",
        "https://example.org/v/\u202e/clip.json",
        "https://user:secret@example.org/v/a/clip.json",
        "https://example.org@evil.test/v/a/clip.json",
        "https://example.org/v/a/clip.json#x",
        "https://example.org/v/a/clip.jnlp",
        "https://example.org/v/a/",
        "https:example.org/v/a/clip.json",
        "https:///v/a/clip.json",
        "file:///v/a/clip.json",
        "file://example.org/v/a/clip.json",
        "ftp://example.org/v/a/clip.json",
        "jar:https://example.org/v/a.jar!/clip.json",
        "javascript:clip.json",
        "magnet:?xt=urn:btih:0000000000000000000000000000000000000000.torrent",
        "/v/a/clip.json",
        "C:\\v\\clip.json",
        "https://example.org:x/v/a/clip.json",
        "https://exa mple.org/v/a/clip.json"
      })
  void refusesWhatIsNoClip(String argument) {
    assertRefused("url", argument);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.test/v/a/clip.json",
        "http://example.org/v/a/clip.json",
        "https://example.org:8443/v/a/clip.json",
        "https://example.org/w/clip.json",
        "https://example.org/v/../w/clip.json",
        "https://example.org/v/%2e%2e/w/clip.json",
        "https://example.org/v/%5c..%5cw/clip.json",
        "https://example.org.evil.test/v/a/clip.json",
        "https://127.0.0.1/v/a/clip.json"
      })
  void refusesAnotherSite(String argument) {
    assertRefused("url.site", argument);
  }

  @Test
  void refusesAnyOtherCount() {
    String right = "https://example.org/v/a/clip.json";
    assertRefused("url");
    assertRefused("url", right, right);
    assertRefused("url", right, "--lan");
  }

  @Test
  void refusesWhatIsLongerThanAnyUrl() throws CannotStartException {
    String longest = "https://example.org/v/" + "a".repeat(2048 - 32) + "/clip.json";
    assertThat(longest).hasSize(2048);
    assertThat(LaunchUrl.of(new String[] {longest}, SITE).uri()).hasToString(longest);
    assertRefused("url", longest.replace("/clip", "a/clip"));
  }

  private static void assertRefused(String key, String... arguments) {
    assertThatThrownBy(() -> LaunchUrl.of(arguments, SITE))
        .isInstanceOfSatisfying(
            CannotStartException.class, refused -> assertThat(refused.key()).isEqualTo(key));
  }
}
