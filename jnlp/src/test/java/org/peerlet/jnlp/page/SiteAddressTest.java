package org.peerlet.jnlp.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;

class SiteAddressTest {

  @Test
  void makesUrls() throws StreamException {
    SiteAddress site = SiteAddress.parse(" https://example.org:8443/my%20videos ");
    assertThat(site.url()).hasToString("https://example.org:8443/my%20videos/");
    assertThat(site.of("film", "film.mp4"))
        .hasToString("https://example.org:8443/my%20videos/film/film.mp4");
    assertThat(site.of("film", "")).hasToString("https://example.org:8443/my%20videos/film/");
    assertThat(site.of()).isEqualTo(site.url());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "ftp://example.org/",
        "http:x",
        "http:///x",
        "https://example.org/?a",
        "https://example.org/#a",
        "https://me@example.org/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "javascript:alert(1)"
      })
  void refusesWhatIsNoSite(String given) {
    assertThatThrownBy(() -> SiteAddress.parse(given))
        .isInstanceOf(StreamException.class)
        .hasMessageStartingWith("The site is a URL such as");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".hidden", "a/b", "a b", "a%2F", "\u00e9", "-rf", "a\"b"})
  void refusesNamesThatWouldNeedAnEscape(String name) throws StreamException {
    SiteAddress site = SiteAddress.parse("https://example.org/");
    assertThatThrownBy(() -> site.of(name)).isInstanceOf(IllegalArgumentException.class);
  }
}
