package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.ClipManifest;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** A clip that is opened by its manifest's URL. */
class ManifestSourceIT {
  private static final Optional<ShareMode> SITE_ONLY = Optional.of(ShareMode.OFF);

  @TempDir Path folder;

  private final FaultyOrigin origin = FaultyOrigin.open();
  private final Content content = Content.random(7, 300_000);
  private final TestTorrent torrent =
      TestTorrents.single("clip.mp4", content).pieceLength(32 << 10).build();
  private EngineLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = EngineLab.open(folder);
    origin.serve("v/clip.torrent", Content.of(torrent.bytes()));
    origin.serve("v/the%20clip.mp4", content);
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
    origin.close();
  }

  @Test
  void playsFromTheManifestsOriginUnderItsTitle() throws Exception {
    TorrentStream stream =
        lab.stream(serve(manifest("A title\u202e\n", List.of("the%20clip.mp4"))), SITE_ONLY);
    assertThat(EngineLab.clip(stream).title()).isEqualTo("A title");
    EngineLab.assertSame(lab.read(stream), content, 0);
    await().until(() -> stream.status().title().equals("A title")); // from the next tick on
    // Manifest, torrent and clip lie on one server; a second range may be asked for beside the
    // first.
    assertThat(origin.connections()).isLessThanOrEqualTo(2);
  }

  @Test
  void triesTheManifestsOrigins() throws Exception {
    TorrentStream stream =
        lab.stream(serve(manifest("t", List.of("gone.mp4", "the%20clip.mp4"))), SITE_ONLY);
    EngineLab.assertSame(lab.read(stream), content, 0);
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    String nothing = origin.uri("v/none.json").toString();
    assertThat(EngineLab.failure(lab.stream(nothing, SITE_ONLY)).sentence())
        .startsWith("The clip manifest can't be fetched: the server answers 404");
    String page = serve("<html>".getBytes(StandardCharsets.UTF_8));
    StreamException noManifest = EngineLab.failure(lab.stream(page, SITE_ONLY));
    assertThat(noManifest.reason()).isEqualTo(Reason.BAD_SOURCE);
    ClipManifest astray =
        new ClipManifest(
            "t",
            URI.create("none.torrent"),
            List.of(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    assertThat(EngineLab.failure(lab.stream(serve(astray.toJson()), SITE_ONLY)).sentence())
        .startsWith("The torrent can't be fetched: the server answers 404");
  }

  private static byte[] manifest(String title, List<String> origins) {
    return new ClipManifest(
            title,
            URI.create("clip.torrent"),
            origins.stream().map(URI::create).toList(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty())
        .toJson();
  }

  private String serve(byte[] manifest) {
    return origin.serve("v/clip.json", Content.of(manifest)).toString();
  }
}
