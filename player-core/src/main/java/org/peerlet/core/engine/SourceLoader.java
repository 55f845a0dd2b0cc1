package org.peerlet.core.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.peerlet.core.ClipManifest;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.metainfo.Bencode;
import org.peerlet.core.metainfo.MagnetUri;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.origin.AddressPolicy;
import org.peerlet.core.origin.CheckedHttp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads torrents, and sorts out whom they may make us contact. Waits for disk, DNS and network. */
final class SourceLoader {
  private static final Logger log = LoggerFactory.getLogger(SourceLoader.class);

  /** threats.md T5: of a torrent and its manifest together. */
  private static final int MAX_ORIGINS = 8;

  private SourceLoader() {}

  /** The address policy for what a source names. */
  static AddressPolicy policy(TorrentSource source, boolean lan) {
    return source
        .location()
        .map(url -> AddressPolicy.forSource(url, lan))
        .orElseGet(() -> new AddressPolicy(lan));
  }

  /** Reads a torrent from a file. */
  static LoadedSource load(TorrentSource.TorrentFile file, AddressPolicy policy)
      throws StreamException {
    return check(Metainfo.parse(readFile(file.path())), policy, List.of());
  }

  /** Fetches a torrent from a URL. */
  static LoadedSource load(TorrentSource.TorrentUrl source, AddressPolicy policy, CheckedHttp http)
      throws StreamException, InterruptedException {
    return check(fetchTorrent(source.url(), http), policy, List.of());
  }

  /** Fetches a clip manifest from a URL, and the torrent that it names. */
  static LoadedSource load(TorrentSource.ManifestUrl source, AddressPolicy policy, CheckedHttp http)
      throws StreamException, InterruptedException {
    byte[] json = fetch("clip manifest", source.url(), ClipManifest.MAX_BYTES, http);
    ClipManifest manifest = ClipManifest.parse(json).resolve(source.url());
    Metainfo metainfo = fetchTorrent(manifest.torrent(), http);
    Set<String> origins = new LinkedHashSet<>(metainfo.webSeeds());
    manifest.origins().forEach(origin -> origins.add(origin.toString()));
    String title = Shown.field(manifest.title());
    return check(
        metainfo,
        policy,
        List.of(),
        origins,
        title.isBlank() ? Optional.empty() : Optional.of(title));
  }

  private static Metainfo fetchTorrent(URI url, CheckedHttp http)
      throws StreamException, InterruptedException {
    return Metainfo.parse(fetch("torrent", url, Bencode.MAX_BYTES, http));
  }

  /** What is there, or as much of it as shows that it is too long. */
  private static byte[] fetch(String what, URI url, int maxBytes, CheckedHttp http)
      throws StreamException, InterruptedException {
    HttpResponse<InputStream> response = http.get(url, Optional.empty());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new StreamException(
            Reason.UNREACHABLE,
            "The %s can't be fetched: the server answers %d for %s"
                .formatted(what, response.statusCode(), Shown.field(url.toString())));
      }
      return http.read(body, maxBytes + 1);
    } catch (IOException broken) {
      throw new StreamException(
          Reason.UNREACHABLE,
          "The %s can't be fetched: the connection to %s broke."
              .formatted(what, Shown.field(String.valueOf(url.getHost()))),
          broken);
    }
  }

  private static byte[] readFile(Path path) throws StreamException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(Bencode.MAX_BYTES + 1);
    } catch (IOException failed) {
      throw new StreamException(
          Reason.NO_SUCH_FILE, "This can't be read: " + Shown.field(path.toString()), failed);
    }
  }

  /**
   * Sorts out trackers and origins by the address policy. Trackers are not looked up yet: before
   * the viewer has agreed, not even a name server hears of them (threats.md T9).
   */
  static LoadedSource check(
      Metainfo metainfo, AddressPolicy policy, List<InetSocketAddress> peers) {
    return check(metainfo, policy, peers, metainfo.webSeeds(), Optional.empty());
  }

  private static LoadedSource check(
      Metainfo metainfo,
      AddressPolicy policy,
      List<InetSocketAddress> peers,
      Collection<String> webSeeds,
      Optional<String> title) {
    SortedUrls trackers =
        SortedUrls.of(
            metainfo.trackers().stream().flatMap(List::stream).toList(), policy::checkForm);
    SortedUrls origins =
        SortedUrls.of(webSeeds.stream().limit(MAX_ORIGINS).toList(), policy::check);
    List<String> refused = new ArrayList<>(trackers.refused());
    refused.addAll(origins.refused());
    return new LoadedSource(
        metainfo,
        policy,
        trackers.allowed(),
        origins.possible(),
        peers,
        title,
        SortedUrls.notice(refused));
  }

  /** The trackers of a magnet URI. */
  static SortedUrls trackers(MagnetUri magnet, AddressPolicy policy) throws StreamException {
    SortedUrls trackers = SortedUrls.of(magnet.trackers(), policy::check);
    List<String> refused = trackers.refused();
    if (trackers.possible().isEmpty() && !refused.isEmpty()) {
      throw new StreamException(
          Reason.ADDRESS_REFUSED,
          "The magnet link's tracker is on this machine or network (--lan allows it): "
              + refused.get(0));
    }
    return trackers;
  }

  /** The peers that a magnet URI names and that may be contacted. */
  static List<InetSocketAddress> peers(MagnetUri magnet, AddressPolicy policy) {
    List<InetSocketAddress> peers = new ArrayList<>();
    for (MagnetUri.Peer peer : magnet.peers()) {
      try {
        InetAddress address = InetAddress.getByName(peer.host());
        if (policy.allows(address)) {
          peers.add(new InetSocketAddress(address, peer.port()));
        } else {
          log.warn("A peer that the magnet link names is refused: {}", peer);
        }
      } catch (UnknownHostException unknown) {
        log.info("A peer that the magnet link names can't be found: {}", peer);
      }
    }
    return peers;
  }
}
