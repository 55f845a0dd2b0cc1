package org.peerlet.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.peerlet.core.metainfo.TorrentBytes.file;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;

class WebSeedUrlTest {

  @Test
  void namesTheFileOfASingleFileTorrent() throws StreamException {
    Metainfo metainfo = Metainfo.parse(TorrentBytes.ofFile("a b+ü.mp4", 1).bytes());
    assertUrl("http://o.example/x?k=1", metainfo, 0, "http://o.example/x?k=1");
    assertUrl("http://o.example/x/", metainfo, 0, "http://o.example/x/a%20b%2B%C3%BC.mp4");
    assertThatThrownBy(() -> WebSeedUrl.forFile("http://o.example/x", metainfo, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void namesTheFilesOfAFolder() throws StreamException {
    Metainfo metainfo =
        Metainfo.parse(
            TorrentBytes.ofFiles("f#", List.of(file(1, "a/b", "c%.mp4"), file(1, "d"))).bytes());
    assertUrl("http://o.example", metainfo, 0, "http://o.example/f%23/a%2Fb/c%25.mp4");
    assertUrl("http://o.example/", metainfo, 1, "http://o.example/f%23/d");
  }

  @Test
  void refusesDotsThatWouldBeResolved() throws StreamException {
    Metainfo metainfo =
        Metainfo.parse(TorrentBytes.ofFiles("f", List.of(file(1, "..", "a"), file(1, ""))).bytes());
    for (int i = 0; i < 2; i++) {
      int index = i;
      assertThatThrownBy(() -> WebSeedUrl.forFile("http://o.example/", metainfo, index))
          .isInstanceOf(StreamException.class);
    }
  }

  private static void assertUrl(String webSeed, Metainfo metainfo, int index, String url)
      throws StreamException {
    assertThat(WebSeedUrl.forFile(webSeed, metainfo, index)).hasToString(url);
  }
}
