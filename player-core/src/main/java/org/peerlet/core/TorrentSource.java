package org.peerlet.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.MagnetUri;

/** Where a torrent comes from. */
public sealed interface TorrentSource {
  /** A {@code .torrent} file on this machine. */
  record TorrentFile(Path path) implements TorrentSource {}

  /** A {@code .torrent} behind an {@code http} or {@code https} URL. */
  record TorrentUrl(URI url) implements TorrentSource {}

  /** A clip manifest behind an {@code http} or {@code https} URL, which names the torrent. */
  record ManifestUrl(URI url) implements TorrentSource {}

  /** A magnet URI: the metadata comes from peers (BEP 9). */
  record Magnet(MagnetUri uri) implements TorrentSource {}

  /**
   * Reads what a person gave on the command line or a site in its launch file.
   *
   * @throws StreamException {@code BAD_SOURCE}, {@code NO_SUCH_FILE}, or what the magnet parser
   *     says
   */
  static TorrentSource parse(String text) throws StreamException {
    String given = text.strip();
    String lower = given.toLowerCase(Locale.ROOT);
    if (given.isEmpty()) {
      throw new StreamException(Reason.BAD_SOURCE, "Nothing to play was given.");
    }
    if (lower.startsWith("magnet:")) {
      return new Magnet(MagnetUri.parse(given));
    }
    if (lower.startsWith("http:") || lower.startsWith("https:")) {
      return ofUrl(parseUrl(given));
    }
    if (lower.matches("[a-z][a-z0-9+.-]+:.*") && !Files.exists(pathOf(given))) {
      throw new StreamException(
          Reason.BAD_SOURCE,
          "Only files, http and https URLs and magnet URIs can be played: " + Shown.field(given));
    }
    Path path = pathOf(given);
    if (!Files.exists(path)) {
      throw new StreamException(
          Reason.NO_SUCH_FILE, "There is no such file: " + Shown.field(given));
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new StreamException(
          Reason.NO_SUCH_FILE, "This can't be read as a file: " + Shown.field(given));
    }
    return new TorrentFile(path);
  }

  /** Where it is fetched from; empty where it is not fetched from a URL. */
  default Optional<URI> location() {
    if (this instanceof TorrentUrl torrent) {
      return Optional.of(torrent.url());
    }
    return this instanceof ManifestUrl manifest ? Optional.of(manifest.url()) : Optional.empty();
  }

  /** What an {@code http} or {@code https} URL leads to, by its path. */
  static TorrentSource ofUrl(URI url) {
    String path = url.getPath();
    boolean manifest = path != null && path.toLowerCase(Locale.ROOT).endsWith(".json");
    return manifest ? new ManifestUrl(url) : new TorrentUrl(url);
  }

  private static URI parseUrl(String given) throws StreamException {
    try {
      URI url = new URI(given);
      if (url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException malformed) {
      // The sentence below says it.
    }
    throw new StreamException(Reason.BAD_SOURCE, "This is not a right URL: " + Shown.field(given));
  }

  private static Path pathOf(String given) throws StreamException {
    try {
      return Path.of(given);
    } catch (InvalidPathException malformed) {
      throw new StreamException(
          Reason.BAD_SOURCE, "This is not a right file name: " + Shown.field(given), malformed);
    }
  }
}
