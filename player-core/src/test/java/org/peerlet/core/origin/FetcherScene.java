package org.peerlet.core.origin;

import java.net.URI;
import java.util.List;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** One fetcher before an origin with one file, as {@code OriginFetcher}'s tests need it. */
final class FetcherScene implements AutoCloseable {
  static final int PIECE = 16 << 10;
  static final int PIECES = 10;
  static final AddressPolicy LAN = new AddressPolicy(true);

  final TestTorrent torrent =
      TestTorrents.single("clip.mp4", Content.random(7, (PIECES - 1) * PIECE + 1234))
          .pieceLength(PIECE)
          .build();
  final Metainfo metainfo = Metainfo.parse(torrent.bytes());
  final FaultyOrigin origin = FaultyOrigin.open();
  final URI url = origin.serve("clip.mp4", torrent.content());
  final FetchedEvents events = new FetchedEvents();
  private final CheckedHttp http = new CheckedHttp(LAN);
  final OriginFetcher fetcher = new OriginFetcher(metainfo, List.of(url.toString()), http, events);

  FetcherScene() throws StreamException {}

  /** Closes all, and looks that no wrong byte was handed over. */
  @Override
  public void close() {
    fetcher.close();
    http.close();
    origin.close();
    events.assertRight(torrent);
  }
}
