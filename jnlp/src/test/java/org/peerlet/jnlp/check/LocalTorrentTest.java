package org.peerlet.jnlp.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.metainfo.TorrentMaker;
import org.peerlet.fixtures.media.Media;

class LocalTorrentTest {

  @Test
  void namesNobodyButTheGivenOrigin() throws StreamException {
    byte[] published =
        TorrentMaker.make(
            Media.CLIP_10S.path(),
            TorrentMaker.Options.defaults()
                .withTrackers(List.of("http://example.org/announce", "udp://example.net:1"))
                .withWebSeeds(List.of("http://example.org/a.mp4")));
    Metainfo local =
        Metainfo.parse(LocalTorrent.at(published, URI.create("http://127.0.0.1:1/b.mp4")));
    assertThat(local.infoHash()).isEqualTo(Metainfo.parse(published).infoHash());
    assertThat(local.webSeeds()).containsExactly("http://127.0.0.1:1/b.mp4");
    assertThat(local.trackers()).isEmpty();
  }

  @Test
  void refusesWhatIsNoTorrent() {
    URI origin = URI.create("http://127.0.0.1:1/b.mp4");
    assertThatThrownBy(() -> LocalTorrent.at(new byte[] {'d', 'e'}, origin))
        .isInstanceOf(StreamException.class);
  }
}
