package org.peerlet.core.torrent;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.libtorrent4j.TorrentHandle;
import org.libtorrent4j.alerts.Alert;
import org.libtorrent4j.alerts.MetadataReceivedAlert;
import org.libtorrent4j.swig.peer_info;
import org.libtorrent4j.swig.peer_info_vector;
import org.libtorrent4j.swig.tcp_endpoint;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.MagnetUri;
import org.peerlet.core.metainfo.Metainfo;

/** One search for a magnet's metadata; ends by itself when it has it or is cancelled. */
final class MetadataFetch {
  private final LibtorrentSession session;
  private final MagnetUri magnet;
  private final CompletableFuture<MagnetMetadata> result = new CompletableFuture<>();
  private @Nullable TorrentHandle handle;
  private boolean ended;

  @SuppressWarnings("FutureReturnValueIgnored") // it is the result itself, seen from outside
  MetadataFetch(LibtorrentSession session, MagnetUri magnet) {
    this.session = session;
    this.magnet = magnet;
    result.whenComplete((metadata, failure) -> end());
  }

  CompletableFuture<MagnetMetadata> result() {
    return result;
  }

  synchronized void attach(TorrentHandle added) {
    handle = added;
  }

  /** The session goes, and with it the search. */
  void sessionClosed() {
    result.completeExceptionally(new StreamException(Reason.CLOSED, "The search was ended."));
  }

  void onAlert(Alert<?> alert) {
    if (alert instanceof MetadataReceivedAlert received) {
      TorrentHandle torrent = received.handle();
      try {
        MagnetMetadata found = new MagnetMetadata(read(torrent), peersOf(torrent));
        // Before anyone is told: they will add the same torrent to the session again.
        end();
        result.complete(found);
      } catch (StreamException | RuntimeException unfit) {
        result.completeExceptionally(unfit);
      }
    }
  }

  private Metainfo read(TorrentHandle torrent) throws StreamException {
    byte[] rawInfo = Metainfo.parse(torrent.torrentFile().bencode()).rawInfo();
    return Metainfo.ofInfo(rawInfo, magnet.trackers(), magnet.webSeeds());
  }

  private static List<InetSocketAddress> peersOf(TorrentHandle torrent) {
    // Of libtorrent4j's own PeerInfo, the address is text for people.
    peer_info_vector connected = new peer_info_vector();
    torrent.swig().get_peer_info(connected);
    List<InetSocketAddress> peers = new ArrayList<>();
    for (peer_info peer : connected) {
      // An incoming connection comes from a port that nobody listens on.
      if (!peer.getSource().and_(peer_info.incoming).non_zero()) {
        tcp_endpoint at = peer.getIp();
        peers.add(new InetSocketAddress(at.address().to_string(), at.port()));
      }
    }
    return peers;
  }

  private void end() {
    TorrentHandle added;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      added = handle;
    }
    session.ended(this);
    if (added != null) {
      session.remove(added);
    }
  }
}
