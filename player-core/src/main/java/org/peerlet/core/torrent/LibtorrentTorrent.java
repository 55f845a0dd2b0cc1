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
import org.libtorrent4j.TorrentHandle;
import org.libtorrent4j.TorrentStatus;
import org.libtorrent4j.alerts.Alert;
import org.libtorrent4j.alerts.FileErrorAlert;
import org.libtorrent4j.alerts.HashFailedAlert;
import org.libtorrent4j.alerts.PieceFinishedAlert;
import org.libtorrent4j.alerts.TorrentCheckedAlert;
import org.libtorrent4j.swig.byte_vector;
import org.peerlet.core.Shown;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.Schedule;

/** A torrent in a libtorrent session. Nothing is wanted of its peers until {@link #want}. */
final class LibtorrentTorrent implements Torrent {
  /** A deadline that moved by less is not told to libtorrent again. */
  private static final long DEADLINE_SLACK_MILLIS = 500;

  /**
   * Deadlines for the pieces that are needed first. Each makes libtorrent look at every peer on
   * every tick, and among them it goes by no order: of 8, a peer of 500 kB/s brought the first
   * last.
   */
  private static final int MAX_DEADLINES = 4;

  /**
   * Of the rest of the window, what comes in this time has top priority, which libtorrent needs to
   * fill a fast peer's queue, and which it takes in any order; what lies beyond comes in its own.
   */
  private static final int ANY_ORDER_SECONDS = 2;

  /**
   * Later than any clip ends. Whatever is wanted has a deadline, if only this one: when libtorrent
   * is given the first deadline of a torrent, it cancels all requests for pieces without one, and
   * transmission 3.00 never answers a request that was cancelled; libtorrent waits for the answer
   * and asks that peer for the block no more. Far deadlines don't hurry libtorrent.
   */
  private static final int FAR_MILLIS = 24 * 3600 * 1000;

  /** Two blocks a second. */
  private static final int TRICKLE_BYTES_PER_SECOND = 32 << 10;

  private static final int HURRIED = 0;

  private final LibtorrentSession session;
  private final Metainfo metainfo;
  private final Consumer<TorrentEvent> listener;
  private final BitSet have;
  private final Map<Integer, byte[]> early = new HashMap<>();
  private boolean checked;
  private boolean slowed;
  private final Map<Integer, Wish> told = new HashMap<>();
  private @Nullable TorrentHandle handle;
  private SwarmStatus swarm = SwarmStatus.NONE;
  private volatile boolean closed;

  /** What libtorrent was told of a piece; the instant counts only where it is hurried. */
  private record Wish(int kind, long atMillis) {
    static final Wish IN_WINDOW = new Wish(1, 0);
    static final Wish BEYOND = new Wish(2, 0);
    static final Wish AT_START = new Wish(3, 0);

    boolean hurried() {
      return kind == HURRIED;
    }

    boolean like(@Nullable Wish other) {
      return other != null
          && kind == other.kind
          && Math.abs(atMillis - other.atMillis) <= DEADLINE_SLACK_MILLIS;
    }
  }

  LibtorrentTorrent(
      LibtorrentSession session, Metainfo metainfo, BitSet have, Consumer<TorrentEvent> listener) {
    this.session = session;
    this.metainfo = metainfo;
    this.have = (BitSet) have.clone();
    this.listener = listener;
  }

  /**
   * Nothing is wanted of a new torrent but a few pieces. Were there none, the first peers would
   * close the connection as useless, and libtorrent would wait for seconds before it tries them
   * again.
   */
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
    Map<Integer, Wish> wishes = wishes(schedule, nowMillis);
    slowDown(torrent, schedule.deadlines().isEmpty());
    wishes.forEach((piece, wish) -> tell(torrent, piece, wish, nowMillis));
    told.entrySet()
        .removeIf(wish -> !wishes.containsKey(wish.getKey()) && drop(torrent, wish.getKey()));
  }

  private Map<Integer, Wish> wishes(Schedule schedule, long nowMillis) {
    Map<Integer, Wish> wishes = new HashMap<>();
    long anyOrder = swarm.downloadBytesPerSecond() * ANY_ORDER_SECONDS;
    for (PieceDeadline wanted : schedule.deadlines()) {
      if (wishes.size() < MAX_DEADLINES) {
        wishes.put(wanted.piece(), new Wish(HURRIED, nowMillis + wanted.deadlineMillis()));
      } else {
        wishes.put(wanted.piece(), anyOrder > 0 ? Wish.IN_WINDOW : Wish.BEYOND);
      }
      anyOrder -= metainfo.pieceLength();
    }
    schedule.beyond().forEach(piece -> wishes.putIfAbsent(piece, Wish.BEYOND));
    // Native code takes the caller's word for an index.
    wishes.keySet().removeIf(piece -> piece < 0 || piece >= metainfo.pieceCount());
    return wishes;
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
    if (before == null || before.hurried() || before.equals(Wish.AT_START)) {
      torrent.setPieceDeadline(piece, FAR_MILLIS);
    }
    torrent.piecePriority(piece, wish.equals(Wish.BEYOND) ? Priority.LOW : Priority.TOP_PRIORITY);
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
    swarm =
        new SwarmStatus(
            status.numPeers(),
            status.downloadPayloadRate(),
            status.uploadPayloadRate(),
            status.totalPayloadDownload(),
            status.totalPayloadUpload(),
            status.totalRedundantBytes() + status.totalFailedBytes());
    return missedIn(status.pieces());
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
      if (handle != null) {
        session.remove(handle);
      }
    }
  }
}
