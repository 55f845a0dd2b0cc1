package org.peerlet.core.torrent;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libtorrent4j.AddTorrentParams;
import org.libtorrent4j.PieceIndexBitfield;
import org.libtorrent4j.Priority;
import org.libtorrent4j.TcpEndpoint;
import org.libtorrent4j.TorrentHandle;
import org.libtorrent4j.TorrentStatus;
import org.libtorrent4j.alerts.Alert;
import org.libtorrent4j.alerts.FileErrorAlert;
import org.libtorrent4j.alerts.HashFailedAlert;
import org.libtorrent4j.alerts.PieceFinishedAlert;
import org.libtorrent4j.alerts.TorrentCheckedAlert;
import org.libtorrent4j.alerts.TrackerReplyAlert;
import org.libtorrent4j.swig.byte_vector;
import org.libtorrent4j.swig.libtorrent;
import org.libtorrent4j.swig.peer_info;
import org.libtorrent4j.swig.tcp_endpoint;
import org.peerlet.core.Shown;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.schedule.BandwidthMeter;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.torrent.PieceWishes.Kind;
import org.peerlet.core.torrent.PieceWishes.Wish;

/** A torrent in a libtorrent session. Nothing is wanted of its peers until {@link #want}. */
final class LibtorrentTorrent implements Torrent {
  /**
   * Later than any clip ends. libtorrent cancels all other requests when it is given the first
   * deadline of a torrent, and transmission 3.00 never answers a request that was cancelled;
   * libtorrent waits for the answer and asks that peer for the block no more. So whatever is wanted
   * has a deadline, if only this one.
   */
  private static final int FAR_MILLIS = 24 * 3600 * 1000;

  /** Two blocks a second. */
  private static final int TRICKLE_BYTES_PER_SECOND = 32 << 10;

  /** A copy reads faster than the engine ticks: that nothing is wanted must last a while. */
  private static final long SATISFIED_MILLIS = 300;

  /**
   * libtorrent's own rate is a second late, and until it is there a fast peer would wait with an
   * empty queue; this one doubles what is asked for several times in that second.
   */
  private static final double METER_MILLIS = 250;

  /** To libtorrent. */
  private static final int ALL_TRACKERS = -1;

  private final LibtorrentSession session;
  private final Metainfo metainfo;
  private final Consumer<TorrentEvent> listener;
  private final BitSet have;
  private final Map<Integer, byte[]> early = new HashMap<>();
  private boolean checked;
  private boolean slowed;
  private int depth = RequestDepth.OF_FEW;
  private long satisfiedSinceMillis = -1;
  private final BandwidthMeter meter = new BandwidthMeter(METER_MILLIS);
  private long verifiedBytes;
  private long meteredBytes;
  private final Map<Integer, Wish> told = new HashMap<>();
  private @Nullable TorrentHandle handle;
  private SwarmStatus swarm = SwarmStatus.NONE;
  private final SwarmLook look;
  private final UtpPolicy utp = new UtpPolicy();
  private final Map<String, String> spared = new HashMap<>();
  private volatile boolean closed;

  LibtorrentTorrent(
      LibtorrentSession session, Metainfo metainfo, BitSet have, Consumer<TorrentEvent> listener) {
    this.session = session;
    this.metainfo = metainfo;
    this.have = (BitSet) have.clone();
    this.listener = listener;
    this.look = new SwarmLook(session.peerId());
  }

  /** Nothing is wanted of a new torrent but a few pieces, see {@link PieceWishes}. */
  static void wantFirst(AddTorrentParams params, int pieceCount, List<Integer> first) {
    byte_vector priorities = new byte_vector();
    Set<Integer> wanted = new HashSet<>(first);
    for (int piece = 0; piece < pieceCount; piece++) {
      priorities.add((wanted.contains(piece) ? Priority.LOW : Priority.IGNORE).swig());
    }
    params.swig().set_piece_priorities(priorities);
  }

  /** As libtorrent was told when the torrent was added. */
  void toldFirst(List<Integer> first) {
    first.forEach(piece -> told.put(piece, Wish.AT_START));
  }

  void attach(TorrentHandle added) {
    handle = added;
  }

  @Override
  public void want(Schedule schedule, long nowMillis) {
    TorrentHandle torrent = handle;
    if (closed || torrent == null) {
      return;
    }
    session.whileOpen(() -> tellWishes(torrent, schedule, nowMillis));
  }

  private void tellWishes(TorrentHandle torrent, Schedule schedule, long nowMillis) {
    look.at(schedule);
    slowDown(torrent, isSatisfied(schedule, nowMillis));
    long rate = rate(nowMillis);
    deepen(rate, schedule.soonestMillis());
    reachOut(torrent, nowMillis);
    Map<Integer, Wish> wishes =
        PieceWishes.of(schedule, nowMillis, rate, metainfo.pieceLength(), look::isAvailable);
    // Native code takes the caller's word for an index.
    wishes.keySet().removeIf(piece -> piece < 0 || piece >= metainfo.pieceCount());
    wishes.forEach((piece, wish) -> tell(torrent, piece, wish, nowMillis));
    told.entrySet()
        .removeIf(wish -> !wishes.containsKey(wish.getKey()) && drop(torrent, wish.getKey()));
  }

  @Override
  public void spare(Set<String> peers) {
    TorrentHandle torrent = handle;
    if (closed || torrent == null) {
      return;
    }
    for (String peer : peers) {
      String host = look.ownHost(peer);
      if (host != null) {
        spared.put(peer, host);
      }
    }
    List<String> back = new ArrayList<>();
    spared.entrySet().removeIf(each -> !peers.contains(each.getKey()) && back.add(each.getValue()));
    session.whileOpen(
        () -> {
          session.block(spared.values());
          back.forEach(host -> comeBack(torrent, host));
        });
  }

  @Override
  public void unchoke(int slots) {
    TorrentHandle torrent = handle;
    if (!closed && torrent != null) {
      session.whileOpen(() -> session.unchoke(torrent, slots));
    }
  }

  @Override
  public void takeBack() {
    if (!closed && handle != null) {
      session.whileOpen(handle::clearPieceDeadlines);
      told.replaceAll((piece, wish) -> Wish.AT_START); // the next deadline cancels what has none
    }
  }

  private void comeBack(TorrentHandle torrent, String host) {
    PeerAddress at = look.listeningAt(host);
    if (at != null) {
      torrent.swig().connect_peer(endpoint(at), peer_info.tracker);
    } else {
      // It had come by itself: trackers know where it listens.
      torrent.forceReannounce(0, ALL_TRACKERS, TorrentHandle.IGNORE_MIN_INTERVAL);
    }
  }

  private static tcp_endpoint endpoint(PeerAddress peer) {
    return new TcpEndpoint(peer.host(), peer.port()).swig();
  }

  private boolean isSatisfied(Schedule schedule, long nowMillis) {
    if (!schedule.isSatisfied()) {
      satisfiedSinceMillis = -1;
      return false;
    }
    if (satisfiedSinceMillis < 0) {
      satisfiedSinceMillis = nowMillis;
    }
    return nowMillis - satisfiedSinceMillis >= SATISFIED_MILLIS;
  }

  /** An average peer's rate is known at once, the fastest one's later. */
  private void deepen(long bytesPerSecond, long soonestMillis) {
    int peers = swarm.connected().size();
    long fastest = Math.max(bytesPerSecond / Math.max(1, peers), look.fastestBytesPerSecond());
    int deep = RequestDepth.of(fastest, peers, soonestMillis, depth);
    if (deep != depth) {
      depth = deep;
      session.requestDepth(deep);
    }
  }

  /** The rate at which pieces come, whoever sends them, in bytes per second. */
  private long rate(long nowMillis) {
    long verified;
    synchronized (have) {
      verified = verifiedBytes;
    }
    meter.add(verified - meteredBytes, nowMillis);
    meteredBytes = verified;
    return Math.max(meter.bytesPerSecond(nowMillis), swarm.downloadBytesPerSecond());
  }

  /**
   * What is wanted beyond the windows only keeps connections alive: it may trickle in, and no more,
   * or a paused viewer would fetch the whole clip two pieces at a time.
   */
  private void slowDown(TorrentHandle torrent, boolean slow) {
    if (slow != slowed) {
      slowed = slow;
      torrent.setDownloadLimit(slow ? TRICKLE_BYTES_PER_SECOND : 0);
    }
  }

  private boolean drop(TorrentHandle torrent, int piece) {
    if (!hasPiece(piece)) {
      torrent.resetPieceDeadline(piece);
      torrent.piecePriority(piece, Priority.IGNORE);
    }
    return true;
  }

  private void tell(TorrentHandle torrent, int piece, Wish wish, long nowMillis) {
    Wish before = told.get(piece);
    if (wish.like(before)) {
      return;
    }
    told.put(piece, wish);
    if (wish.hurried()) {
      long deadline = Math.max(0, wish.atMillis() - nowMillis);
      torrent.setPieceDeadline(piece, (int) Math.min(deadline, FAR_MILLIS));
      return;
    }
    if (before == null || before.hurried() || before.kind() == Kind.AT_START) {
      torrent.setPieceDeadline(piece, FAR_MILLIS);
    }
    torrent.piecePriority(
        piece, wish.kind() == Kind.IN_WINDOW ? Priority.TOP_PRIORITY : Priority.LOW);
  }

  @Override
  public void addPiece(int piece, byte[] data) {
    Objects.checkIndex(piece, metainfo.pieceCount());
    TorrentHandle torrent = handle;
    if (closed || torrent == null || hasPiece(piece)) {
      return;
    }
    if (data.length != metainfo.pieceSize(piece)) {
      // libtorrent would say nothing.
      listener.accept(new TorrentEvent.PieceRejected(piece));
      return;
    }
    synchronized (early) {
      if (!checked) {
        early.put(piece, data);
        return;
      }
    }
    session.whileOpen(() -> torrent.addPiece(piece, data));
  }

  /** Hands over what came while libtorrent looked at its files: it drops pieces in that time. */
  private void checked(TorrentHandle torrent) {
    Map<Integer, byte[]> waiting;
    synchronized (early) {
      checked = true;
      waiting = Map.copyOf(early);
      early.clear();
    }
    session.whileOpen(() -> waiting.forEach(torrent::addPiece));
  }

  private boolean hasPiece(int piece) {
    synchronized (have) {
      return have.get(piece);
    }
  }

  @Override
  public BitSet have() {
    synchronized (have) {
      return (BitSet) have.clone();
    }
  }

  /** On the alert thread. */
  void onAlert(Alert<?> alert) {
    if (closed) {
      return;
    }
    if (alert instanceof TorrentCheckedAlert begun) {
      checked(begun.handle());
    } else if (alert instanceof PieceFinishedAlert finished) {
      verified(finished.pieceIndex());
    } else if (alert instanceof HashFailedAlert failed) {
      listener.accept(new TorrentEvent.PieceRejected(failed.pieceIndex()));
    } else if (alert instanceof TrackerReplyAlert) {
      look.announced();
    } else if (alert instanceof FileErrorAlert failed) {
      listener.accept(
          new TorrentEvent.StorageFailed(
              "The cache can't be written: " + Shown.field(failed.error().getMessage())));
    }
  }

  /** The listener hears of each piece once, whoever noticed it first. */
  private void verified(int piece) {
    synchronized (have) {
      if (have.get(piece)) {
        return;
      }
      have.set(piece);
      verifiedBytes += metainfo.pieceSize(piece);
    }
    listener.accept(new TorrentEvent.PieceVerified(piece));
  }

  /** Asks libtorrent, and notices pieces whose alert was dropped. */
  @Override
  public SwarmStatus swarm() {
    TorrentHandle torrent = handle;
    if (closed || torrent == null) {
      return swarm;
    }
    List<Integer> missed = new ArrayList<>();
    session.whileOpen(() -> missed.addAll(look(torrent)));
    missed.forEach(this::verified);
    return swarm;
  }

  /** Takes down the state, and says which pieces nobody has told of. */
  private List<Integer> look(TorrentHandle torrent) {
    TorrentStatus status = torrent.status(TorrentHandle.QUERY_PIECES);
    if (status.state() != TorrentStatus.State.CHECKING_RESUME_DATA
        && status.state() != TorrentStatus.State.CHECKING_FILES) {
      checked(torrent);
    }
    swarm = look.take(torrent, status);
    return missedIn(status.pieces());
  }

  private void reachOut(TorrentHandle torrent, long nowMillis) {
    int others = Math.max(0, swarm.swarmSize() - 1);
    UtpPolicy.Look seen =
        new UtpPolicy.Look(
            others, swarm.connected().size(), look.trying(), look.reached(), look.came());
    UtpPolicy.Step step = utp.decide(seen, nowMillis);
    if (step.useUtp()) {
      session.useUtp();
    }
    for (PeerAddress peer : step.again()) {
      // As if the tracker had just named it: that forgives a failed attempt.
      torrent.swig().connect_peer(endpoint(peer), peer_info.tracker, libtorrent.getPex_utp());
    }
  }

  private List<Integer> missedIn(PieceIndexBitfield pieces) {
    List<Integer> missed = new ArrayList<>();
    synchronized (have) {
      if (pieces.count() == have.cardinality()) {
        return missed;
      }
      int size = pieces.size();
      for (int piece = have.nextClearBit(0); piece < size; piece = have.nextClearBit(piece + 1)) {
        if (pieces.getBit(piece)) {
          missed.add(piece);
        }
      }
    }
    return missed;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (!spared.isEmpty()) {
        // They may be there for the next clip.
        session.whileOpen(() -> session.block(List.of()));
      }
      if (handle != null) {
        session.remove(handle);
      }
    }
  }
}
