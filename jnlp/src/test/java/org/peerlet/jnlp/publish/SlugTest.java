package org.peerlet.jnlp.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerlet.jnlp.page.HostileTexts;

class SlugTest {

  @ParameterizedTest
  @CsvSource({
    "Big Buck Bunny.mp4, big-buck-bunny",
    "L'été à Paris.MP4, lete-a-paris",
    "a__b--c.mp4, a-b-c",
    "v1.2.mp4, v1-2",
    ".mp4, mp4",
    "\u4E2D\u6587.mp4, clip",
    "../../etc/passwd.mp4, etc-passwd",
    "player.mp4, player-2",
    "announce.mp4, announce-2",
    "thumbnails.mp4, thumbnails-2"
  })
  void keepsWhatIsPlain(String fileName, String slug) {
    assertThat(Slug.of(fileName, Set.of())).isEqualTo(slug);
  }

  @Test
  void givesNoNameTwice() {
    assertThat(Slug.of("Film.mp4", Set.of("film", "film-2"))).isEqualTo("film-3");
  }

  @Test
  void needsNoEscapeAnywhere() {
    Set<String> taken = new HashSet<>();
    for (String text : HostileTexts.of(42, 1000)) {
      String slug = Slug.of(text + ".mp4", taken);
      assertThat(slug).matches("[a-z0-9]+(-[a-z0-9]+)*").hasSizeLessThan(70);
      assertThat(taken.add(slug)).isTrue();
    }
  }
}
