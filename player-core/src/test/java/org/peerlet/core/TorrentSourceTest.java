package org.peerlet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.TorrentSource.Magnet;
import org.peerlet.core.TorrentSource.ManifestUrl;
import org.peerlet.core.TorrentSource.TorrentFile;
import org.peerlet.core.TorrentSource.TorrentUrl;

final class TorrentSourceTest {
  private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"clip.torrent", "my clip.torrent", "clip", "a:b.torrent", "x%20y"})
  void readsAFile(String name) throws Exception {
    Path file = Files.writeString(temp.resolve(name), "");
    assertThat(TorrentSource.parse(file.toString())).isEqualTo(new TorrentFile(file));
    assertThat(TorrentSource.parse("  " + file + "\n")).isEqualTo(new TorrentFile(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/clip.torrent",
        "HTTPS://example.com:8443/a/b?c=d",
        "http://127.0.0.1:6969/clip.torrent",
        "http://[::1]/clip.torrent"
      })
  void readsAUrl(String url) throws Exception {
    assertThat(TorrentSource.parse(url)).isEqualTo(new TorrentUrl(URI.create(url)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://example.com/a/clip.json", "http://127.0.0.1:1/CLIP.JSON?launch=x"})
  void readsTheUrlOfAManifest(String url) throws Exception {
    assertThat(TorrentSource.parse(url)).isEqualTo(new ManifestUrl(URI.create(url)));
  }

  @Test
  void readsAMagnetUri() throws Exception {
    TorrentSource source = TorrentSource.parse("MAGNET:?xt=urn:btih:" + HASH + "&dn=Clip");
    assertThat(source).isInstanceOf(Magnet.class);
    assertThat(((Magnet) source).uri().infoHash().hex()).isEqualTo(HASH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n",
        "http:",
        "http://",
        "http:/path",
        "http:opaque",
        "http://exa mple.com/",
        "https://<script>/",
        "http://[::1/",
        "ftp://example.com/clip.torrent",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "nul\0name",
        "magnet:?dn=nothing"
      })
  void refusesWhatIsNoSource(String text) {
    assertThat(failure(text).reason()).isEqualTo(Reason.BAD_SOURCE);
  }

  @Test
  void saysThatAFileIsMissing() {
    String missing = temp.resolve("missing\n\u001b[31m.torrent").toString();
    StreamException failure = failure(missing);
    assertThat(failure.reason()).isEqualTo(Reason.NO_SUCH_FILE);
    assertThat(failure.sentence()).startsWith("There is no such file: ").doesNotContain("\n");
    assertThat(failure.sentence()).doesNotContain("\u001b");
  }

  @Test
  void saysThatAFolderIsNoFile() {
    StreamException failure = failure(temp.toString());
    assertThat(failure.reason()).isEqualTo(Reason.NO_SUCH_FILE);
    assertThat(failure.sentence()).isEqualTo("This can't be read as a file: " + temp);
  }

  private static StreamException failure(String text) {
    StreamException failure =
        catchThrowableOfType(StreamException.class, () -> TorrentSource.parse(text));
    assertThat(failure).isNotNull();
    assertThat(failure.sentence()).doesNotContain("\n", "\0");
    return failure;
  }
}
