package org.peerlet.jnlp.webstart;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.peerlet.bootstrap.Platform;
import org.peerlet.core.ClipManifest;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.media.Media;
import org.peerlet.fixtures.torrent.TestTorrents;

/** A site with the player and clips, as a publisher leaves it, and its server. */
final class PublishedSite implements AutoCloseable {
  private final Path folder;
  private final StaticServer server;
  private final WebStart webStart;

  private PublishedSite(Path folder, StaticServer server, WebStart webStart) {
    this.folder = folder;
    this.server = server;
    this.webStart = webStart;
  }

  /**
   * Signs what the build of this module and of the player left behind for this platform: to sign it
   * for all takes a quarter of a minute.
   *
   * @param folder an empty one
   */
  static PublishedSite open(Path folder, SigningKey key) throws IOException {
    StaticServer server = StaticServer.open(folder);
    PlayerParts all = built();
    Platform here =
        System.getProperty("os.arch", "").equals("aarch64")
            ? Platform.LINUX_AARCH64
            : Platform.LINUX_X86_64;
    PlayerParts parts =
        new PlayerParts(
            all.bootstrap(),
            all.jars().stream()
                .filter(part -> part.platform().filter(one -> one != here).isEmpty())
                .toList());
    WebStart webStart = WebStart.install(folder, server.url(), key, parts, name -> {});
    return new PublishedSite(folder, server, webStart);
  }

  static PlayerParts built() throws IOException {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return PlayerParts.of(
        module.resolveSibling("player-ui").resolve("target"), module.resolve("target"), List.of());
  }

  /** Puts a clip on the site; returns its launch file. */
  Path publish(String slug, Media media) throws IOException {
    Path clip = Files.createDirectories(folder.resolve(slug));
    String video = slug + ".mp4";
    Files.write(clip.resolve(video), media.bytes());
    URI home = server.url().resolve(slug + "/");
    Path torrent =
        TestTorrents.single(video, Content.of(media.bytes()))
            .pieceLength(32 << 10)
            .webSeed(home.resolve(video).toString())
            .build()
            .writeTorrent(clip);
    Files.move(torrent, clip.resolve("clip.torrent"), StandardCopyOption.REPLACE_EXISTING);
    Files.write(
        clip.resolve("clip.json"),
        new ClipManifest(
                slug,
                URI.create("clip.torrent"),
                List.of(URI.create(video)),
                Optional.of(media.duration()),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty())
            .toJson());
    return Files.write(
        clip.resolve("clip.jnlp"),
        webStart.jnlp(slug, home.resolve("clip.jnlp"), home.resolve("clip.json")));
  }

  Path folder() {
    return folder;
  }

  StaticServer server() {
    return server;
  }

  WebStart webStart() {
    return webStart;
  }

  @Override
  public void close() {
    server.close();
  }
}
