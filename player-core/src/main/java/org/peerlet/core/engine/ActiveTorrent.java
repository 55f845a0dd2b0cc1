package org.peerlet.core.engine;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.core.torrent.OriginOnlyTorrent;
import org.peerlet.core.torrent.PeerSession;
import org.peerlet.core.torrent.SwarmStatus;
import org.peerlet.core.torrent.Torrent;
import org.peerlet.core.torrent.TorrentEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The torrent at work: at first the origin alone, then one with peers, or none again, as the
 * viewer's answer has it. Each goes on with what the one before has, wants and counted. Confined to
 * the engine thread.
 */
final class ActiveTorrent {
  private static final Logger log = LoggerFactory.getLogger(ActiveTorrent.class);

  /** libtorrent's state is asked for synchronously; more often would only cost. */
  private static final long SWARM_POLL_MILLIS = 250;

  private final Metainfo metainfo;
  private final FileLayout layout;
  private final PieceStore store;
  private final Consumer<TorrentEvent> listener;
  // From an origin and not announced yet: a torrent that takes the present one's place needs them.
  private final Map<Integer, byte[]> handedOver = new HashMap<>();
  private Torrent torrent;
  private Schedule lastSchedule = Schedule.EMPTY;
  private SwarmStatus swarm = SwarmStatus.NONE;
  private SwarmStatus swarmBefore = SwarmStatus.NONE;
  private long swarmAtMillis;
  private boolean closed;

  /**
   * Begins with the origin alone.
   *
   * @param listener hears each torrent's events, on libtorrent's alert thread or the engine thread
   */
  ActiveTorrent(
      Metainfo metainfo, FileLayout layout, PieceStore store, Consumer<TorrentEvent> listener) {
    this.metainfo = metainfo;
    this.layout = layout;
    this.store = store;
    this.listener = listener;
    this.torrent = new OriginOnlyTorrent(metainfo, store, new BitSet(), listener);
  }

  /**
   * Puts a torrent with peers in the place of the present one.
   *
   * @return whether it has peers now
   */
  boolean join(PeerSession session, List<String> trackers, List<InetSocketAddress> peers) {
    replace(
        have -> session.add(metainfo, store, have, firstWanted(have), trackers, peers, listener));
    return !(torrent instanceof OriginOnlyTorrent);
  }

  private List<Integer> firstWanted(BitSet have) {
    List<Integer> first = new ArrayList<>();
    lastSchedule.deadlines().forEach(wanted -> first.add(wanted.piece()));
    first.addAll(lastSchedule.beyond());
    int missing = have.nextClearBit(layout.firstPiece());
    if (first.isEmpty() && missing < layout.endPiece()) {
      first.add(missing);
    }
    return first;
  }

  /** Takes nothing more from peers; what was verified stays. */
  void leave() {
    swarm = torrent.swarm();
    torrent.close();
  }

  /** Goes on with the origin alone. */
  void originOnly() {
    replace(have -> new OriginOnlyTorrent(metainfo, store, have, listener));
  }

  private void replace(Function<BitSet, Torrent> opener) {
    if (closed) {
      return;
    }
    swarmBefore = plus(swarmBefore, torrent.swarm());
    torrent.close();
    BitSet have = torrent.have();
    try {
      torrent = opener.apply(have);
    } catch (RuntimeException refused) {
      log.error("The swarm could not be joined", refused);
      torrent = new OriginOnlyTorrent(metainfo, store, have, listener);
    }
    swarm = SwarmStatus.NONE;
    handedOver.keySet().removeIf(have::get);
    handedOver.forEach(torrent::addPiece);
  }

  void want(Schedule schedule, long nowMillis) {
    lastSchedule = schedule;
    torrent.want(schedule, nowMillis);
  }

  void spare(Set<String> peers) {
    torrent.spare(peers);
  }

  void unchoke(int slots) {
    torrent.unchoke(slots);
  }

  void takeBack() {
    torrent.takeBack();
  }

  void addPiece(int piece, byte[] data) {
    handedOver.put(piece, data);
    torrent.addPiece(piece, data);
  }

  /** The piece was announced, as verified or as rejected. */
  void announced(int piece) {
    handedOver.remove(piece);
  }

  /** The swarm as last seen, which is a moment ago at most. */
  SwarmStatus swarm(long nowMillis) {
    if (nowMillis - swarmAtMillis >= SWARM_POLL_MILLIS) {
      swarm = torrent.swarm();
      swarmAtMillis = nowMillis;
    }
    return swarm;
  }

  /** The swarm as last seen, with what all torrents counted. */
  SwarmStatus counted() {
    return plus(swarmBefore, swarm);
  }

  private static SwarmStatus plus(SwarmStatus before, SwarmStatus now) {
    return new SwarmStatus(
        now.peers(),
        now.downloadBytesPerSecond(),
        now.uploadBytesPerSecond(),
        before.bytesFromPeers() + now.bytesFromPeers(),
        before.bytesUploaded() + now.bytesUploaded(),
        before.bytesDuplicate() + now.bytesDuplicate());
  }

  /** Leaves the swarm; no other torrent takes the place of this one. The store stays open. */
  void close() {
    closed = true;
    swarm = torrent.swarm();
    torrent.close();
    handedOver.clear();
  }
}
