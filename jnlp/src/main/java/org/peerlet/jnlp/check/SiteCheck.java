package org.peerlet.jnlp.check;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.peerlet.bootstrap.PlayerJars;
import org.peerlet.core.ClipManifest;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.jnlp.launch.LaunchButton;
import org.peerlet.jnlp.process.ChildProcesses;
import org.peerlet.jnlp.webstart.WebStart;

/**
 * Checks a published folder as its visitors will use it, on this machine: {@code peerlet serve}
 * serves it, its files are fetched as a browser and a player do, and {@code peerlet stream} plays
 * the first seconds of each clip from there, verified by the published torrent. The public site is
 * not asked. One thread.
 */
public final class SiteCheck {
  /** A start of the JVM and a walk through the folder, on a busy machine. */
  private static final Duration START_TIME = Duration.ofSeconds(60);

  private static final Duration PLAY_TIME = Duration.ofSeconds(60);

  /** What a player has before the picture moves. */
  private static final Duration PLAYED = Duration.ofSeconds(3);

  private static final long MAX_PLAYED_BYTES = 64 << 20;

  private final ChildProcesses children;
  private final SiteClient client = new SiteClient();

  public SiteCheck(ChildProcesses children) {
    this.children = children;
  }

  /**
   * Checks the site's page and the named clips.
   *
   * @param site the folder; what the check needs is written to its {@code .peerlet} and removed
   * @return one sentence that says what works
   * @throws StreamException with what does not
   */
  public String check(Path site, List<String> slugs) throws IOException, StreamException {
    Path work = Files.createTempDirectory(site.resolve(".peerlet"), "check");
    try (PeerletCommand server =
        PeerletCommand.start(children, work, List.of("serve", site.toString()))) {
      URI root = URI.create(served(server));
      client.get(root.resolve("index.html"), "text/html");
      client.get(root.resolve("site.css"), "text/css");
      client.get(root.resolve("icon.svg"), "image/svg+xml");
      client.get(root.resolve("feed.xml"), "application/xml");
      checkPlayer(site, root);
      for (String slug : slugs) {
        checkClip(site.resolve(slug), root.resolve(slug + "/"), work);
      }
    } catch (StreamException wrong) {
      if (wrong.reason() == Reason.CLOSED) {
        throw wrong;
      }
      throw new StreamException(
          wrong.reason(),
          "Everything is written, but the check on this machine failed: " + wrong.sentence(),
          wrong);
    } finally {
      delete(work);
    }
    return slugs.isEmpty()
        ? "Checked on this machine: the pages are served."
        : "Checked on this machine: pages, player, manifest, torrent and video are served, and the"
            + " first "
            + PLAYED.toSeconds()
            + " seconds play.";
  }

  /** What a launch fetches: the button's script, and the jars of all platforms. */
  private void checkPlayer(Path site, URI root) throws IOException, StreamException {
    if (Files.exists(site.resolve(LaunchButton.SCRIPT_NAME))) {
      client.get(root.resolve(LaunchButton.SCRIPT_NAME), "text/javascript");
    }
    for (String jar : WebStart.jarNames(site)) {
      client.get(root.resolve(PlayerJars.FOLDER + jar), "application/java-archive");
    }
  }

  private static String served(PeerletCommand server) throws IOException, StreamException {
    try {
      return server.line(START_TIME);
    } catch (StreamException broken) {
      throw new StreamException(broken.reason(), "peerlet serve " + broken.sentence(), broken);
    }
  }

  private void checkClip(Path folder, URI url, Path work) throws IOException, StreamException {
    client.get(url.resolve("index.html"), "text/html");
    URI manifestUrl = url.resolve("clip.json");
    ClipManifest manifest =
        ClipManifest.parse(client.get(manifestUrl, "application/json")).resolve(manifestUrl);
    for (Optional<URI> picture : List.of(manifest.poster(), manifest.thumbnails())) {
      if (picture.isPresent()) {
        client.get(picture.get(), "");
      }
    }
    for (ClipManifest.Subtitles subtitles : manifest.subtitles()) {
      client.get(subtitles.url(), "text/vtt");
    }
    if (Files.exists(folder.resolve("clip.jnlp"))) {
      client.get(url.resolve("clip.jnlp"), "application/x-java-jnlp-file");
    }
    byte[] torrent = client.get(manifest.torrent(), "application/x-bittorrent");
    Metainfo metainfo = Metainfo.parse(torrent);
    URI video = manifest.origins().get(0);
    if (client.firstRange(video) != metainfo.totalLength()) {
      throw new StreamException(
          Reason.CONTENT_DIFFERS, "The video is not as long as its torrent says.");
    }
    Path local = work.resolve("clip.torrent");
    Files.write(local, LocalTorrent.at(torrent, video));
    play(local, bytesOf(manifest, metainfo), work);
  }

  private static long bytesOf(ClipManifest manifest, Metainfo metainfo) {
    long bitsPerSecond = manifest.bitsPerSecond().orElse(0);
    long bytes = Math.max(1, PLAYED.toSeconds() * bitsPerSecond / 8);
    return Math.min(Math.min(bytes, MAX_PLAYED_BYTES), metainfo.totalLength());
  }

  private void play(Path torrent, long bytes, Path work) throws IOException, StreamException {
    List<String> arguments =
        List.of(
            "stream",
            torrent.toString(),
            "--share=off",
            "--lan",
            "--cache=" + work.resolve("cache"));
    try (PeerletCommand stream = PeerletCommand.start(children, work, arguments)) {
      URI url;
      try {
        url = URI.create(stream.line(START_TIME));
      } catch (StreamException broken) {
        throw new StreamException(broken.reason(), "peerlet stream " + broken.sentence(), broken);
      }
      client.first(url, bytes, PLAY_TIME);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
