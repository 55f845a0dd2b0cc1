package org.peerlet.core.torrent;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libtorrent4j.TorrentHandle;
import org.libtorrent4j.TorrentStatus;
import org.libtorrent4j.swig.bitfield;
import org.libtorrent4j.swig.peer_info;
import org.libtorrent4j.swig.peer_info_vector;
import org.libtorrent4j.swig.tcp_endpoint;
import org.peerlet.core.schedule.NearPieces;
import org.peerlet.core.schedule.Schedule;

/**
 * Looks at the peers of one torrent through libtorrent4j's lower layer, since its own {@code
 * PeerInfo} lacks their ids and pieces. Confined to the engine thread, but for {@link #announced}.
 */
final class SwarmLook {
  /** A tracker may name any number of addresses. */
  private static final int MOST_REMEMBERED = 100;

  private final String self;
  private NearPieces near = new NearPieces(0, 0);
  private BitSet available = new BitSet();
  private int availableFirst;
  private int availableEnd;
  private long fastestBytesPerSecond;
  private long bytesRequested;
  private Set<PeerAddress> trying = Set.of();
  private Set<PeerAddress> reached = Set.of();
  private Set<PeerAddress> came = Set.of();
  private Map<String, String> hosts = Map.of();
  private final Map<String, PeerAddress> listening = new HashMap<>();
  private volatile boolean announced;

  SwarmLook(PeerId self) {
    this.self = self.hex();
  }

  /** A tracker has answered. On the alert thread. */
  void announced() {
    announced = true;
  }

  /** From now on, the pieces of this schedule are looked at. */
  void at(Schedule schedule) {
    near = NearPieces.of(schedule).orElse(near);
  }

  /** Whether some peer had the piece at the last look; of pieces not looked at, it is hoped. */
  boolean isAvailable(int piece) {
    return piece < availableFirst || piece >= availableEnd || available.get(piece);
  }

  /** Payload from the fastest peer at the last look; libtorrent's, so a second or two late. */
  long fastestBytesPerSecond() {
    return fastestBytesPerSecond;
  }

  /** Where connections were being made at the last look. */
  Set<PeerAddress> trying() {
    return trying;
  }

  /** Where connections had been made to at the last look. */
  Set<PeerAddress> reached() {
    return reached;
  }

  /** The host of a peer, where nobody else was at the last look; null where others were. */
  @Nullable String ownHost(String id) {
    String host = hosts.get(id);
    return host != null && hosts.values().stream().filter(host::equals).count() == 1 ? host : null;
  }

  /** Where a peer at a host listens; null unless it was seen that this viewer connects to there. */
  @Nullable PeerAddress listeningAt(String host) {
    return listening.get(host);
  }

  /** Where those were at the last look who have connected to this viewer: not where they listen. */
  Set<PeerAddress> came() {
    return came;
  }

  /** Takes down the state of the swarm. Calls native code: the session must be open. */
  SwarmStatus take(TorrentHandle torrent, TorrentStatus status) {
    List<SwarmPeer> connected = connected(torrent);
    available = new BitSet();
    connected.forEach(peer -> available.or(peer.near()));
    // Whoever has just come has not told yet what it has.
    availableFirst = connected.isEmpty() ? Integer.MAX_VALUE : near.first();
    availableEnd = near.end();
    return new SwarmStatus(
        status.numPeers(),
        status.downloadPayloadRate(),
        status.uploadPayloadRate(),
        status.totalPayloadDownload(),
        status.totalPayloadUpload(),
        bytesRequested,
        status.totalRedundantBytes() + status.totalFailedBytes(),
        self,
        connected,
        announced,
        Math.max(0, status.numComplete()) + Math.max(0, status.numIncomplete()));
  }

  private List<SwarmPeer> connected(TorrentHandle torrent) {
    fastestBytesPerSecond = 0;
    bytesRequested = 0;
    peer_info_vector infos = new peer_info_vector();
    torrent.swig().get_peer_info(infos);
    List<SwarmPeer> connected = new ArrayList<>();
    trying = new HashSet<>();
    reached = new HashSet<>();
    came = new HashSet<>();
    hosts = new HashMap<>();
    for (peer_info info : infos) {
      boolean ours = info.getFlags().and_(peer_info.local_connection).non_zero();
      if (ours && listening.size() < MOST_REMEMBERED) {
        listening.put(address(info).host(), address(info));
      }
      // Peers still connecting show a blank id.
      if (!info.getPid().is_all_zeros()
          && !info.getFlags().and_(peer_info.handshake.or_(peer_info.connecting)).non_zero()) {
        SwarmPeer peer = peer(info);
        connected.add(peer);
        hosts.put(peer.id(), address(info).host());
        (ours ? reached : came).add(address(info));
        bytesRequested += (long) info.getDownload_queue_length() * RequestDepth.BLOCK_BYTES;
        fastestBytesPerSecond = Math.max(fastestBytesPerSecond, info.getPayload_down_speed());
      } else if (ours) {
        trying.add(address(info));
      }
    }
    return connected;
  }

  private static PeerAddress address(peer_info info) {
    tcp_endpoint at = info.getIp();
    return new PeerAddress(at.address().to_string(), at.port());
  }

  private SwarmPeer peer(peer_info info) {
    String id = info.getPid().to_hex();
    boolean choking = info.getFlags().and_(peer_info.remote_choked).non_zero();
    boolean interested = info.getFlags().and_(peer_info.remote_interested).non_zero();
    return new SwarmPeer(
        id, PeerId.kindOf(id), choking, interested, info.getNum_pieces(), near(info));
  }

  private BitSet near(peer_info info) {
    BitSet has = new BitSet();
    bitfield pieces = info.get_pieces();
    int end = Math.min(near.end(), pieces.size()); // empty until it has told
    for (int piece = near.first(); piece < end; piece++) {
      if (pieces.get_bit(piece)) {
        has.set(piece);
      }
    }
    return has;
  }
}
