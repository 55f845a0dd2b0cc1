package org.peerlet.core.engine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.http.PieceAvailability;
import org.peerlet.core.http.ReadLimit;
import org.peerlet.core.http.StreamReader;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.metainfo.FileEntry;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.origin.OriginEvent;
import org.peerlet.core.origin.OriginFetcher;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.core.torrent.LibtorrentSession;
import org.peerlet.core.torrent.OriginOnlyTorrent;
import org.peerlet.core.torrent.SwarmStatus;
import org.peerlet.core.torrent.Torrent;
import org.peerlet.core.torrent.TorrentEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One clip while it streams: carries out on the engine thread what the coordinator decides. It
 * begins with the origin alone; a torrent with peers takes its place when consent and session are
 * there.
 */
final class RunningClip implements StreamReader.Observer {
  private static final Logger log = LoggerFactory.getLogger(RunningClip.class);

  /** libtorrent's state is asked for synchronously; more often would only cost. */
  private static final long SWARM_POLL_MILLIS = 250;

  /** A clip of unknown length in time: the rate of an ordinary web video. */
  private static final long DEFAULT_BYTES_PER_SECOND = 1_500_000 / 8;

  private final Metainfo metainfo;
  private final FileEntry file;
  private final FileLayout layout;
  private final PieceStore store;
  private final PieceAvailability availability;
  private final EngineLoop loop;
  private final OriginFetcher fetcher;
  private final StreamCoordinator coordinator;
  private final Consumer<StreamException> failed;
  private final Map<StreamReader, Integer> readers = new ConcurrentHashMap<>();
  private final AtomicInteger readerIds = new AtomicInteger();
  private final AtomicBoolean decisionPosted = new AtomicBoolean();
  private final AtomicLong firstByteAtMillis = new AtomicLong(-1);

  // From an origin and not announced yet: a torrent that takes the present one's place needs them.
  private final Map<Integer, byte[]> handedOver = new HashMap<>();

  private Torrent torrent;
  private Schedule lastSchedule = Schedule.EMPTY;
  private SwarmStatus swarm = SwarmStatus.NONE;
  private SwarmStatus swarmBefore = SwarmStatus.NONE;
  private long swarmAtMillis;
  private @Nullable Mp4Index index;
  private @Nullable Duration shownAt;
  private long playedTo = -1;
  private boolean moving;
  private volatile boolean read;
  private boolean expectsReader;
  private boolean closed;

  /**
   * @param failed hears, on the engine thread, that the stream can't go on
   */
  RunningClip(
      LoadedSource source,
      FileEntry file,
      PieceStore store,
      EngineLoop loop,
      Consumer<StreamException> failed) {
    this.metainfo = source.metainfo();
    this.file = file;
    this.layout =
        new FileLayout(
            file.offset(), file.length(), metainfo.pieceLength(), metainfo.totalLength());
    this.store = store;
    this.loop = loop;
    this.failed = failed;
    this.availability = new PieceAvailability(layout);
    this.coordinator =
        new StreamCoordinator(
            layout,
            source.origins().size(),
            DEFAULT_BYTES_PER_SECOND,
            () -> ThreadLocalRandom.current().nextDouble());
    this.fetcher =
        new OriginFetcher(metainfo, source.origins(), source.policy(), this::onOriginEvent);
    this.torrent = new OriginOnlyTorrent(metainfo, store, new BitSet(), this::onTorrentEvent);
  }

  FileLayout layout() {
    return layout;
  }

  /** Opens a reader; on any thread. */
  StreamReader read(long position, long end, boolean urgent) throws StreamException {
    StreamReader reader =
        new StreamReader(layout, file.index(), store, availability, position, end, urgent, this);
    readers.put(reader, readerIds.incrementAndGet());
    if (!urgent) {
      read = true;
    }
    requestDecision();
    return reader;
  }

  @Override
  public void moved(StreamReader reader) {
    if (!reader.urgent()) {
      firstByteAtMillis.compareAndSet(-1, EngineLoop.nowMillis());
    }
    requestDecision();
  }

  @Override
  public void closed(StreamReader reader) {
    readers.remove(reader);
    requestDecision();
  }

  private void requestDecision() {
    if (decisionPosted.compareAndSet(false, true)) {
      loop.post(this::decide);
    }
  }

  /** Whether peers may be hoped for, even before there is a session; on the engine thread. */
  void expectPeers(boolean expected) {
    coordinator.peersAllowed(expected, EngineLoop.nowMillis());
  }

  /** Puts a torrent with peers in the place of the present one. */
  void joinSwarm(LibtorrentSession session, List<String> trackers, List<InetSocketAddress> peers) {
    replaceTorrent(
        have ->
            session.add(
                metainfo, store, have, firstWanted(have), trackers, peers, this::onTorrentEvent));
    expectPeers(!(torrent instanceof OriginOnlyTorrent));
    log.debug("Joined the swarm");
    decide();
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
  void leaveSwarm() {
    swarm = torrent.swarm();
    torrent.close();
    expectPeers(false);
  }

  /** Goes on with the origin alone. */
  void originOnly() {
    replaceTorrent(have -> new OriginOnlyTorrent(metainfo, store, have, this::onTorrentEvent));
    decide();
  }

  private void replaceTorrent(Function<BitSet, Torrent> opener) {
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
      torrent = new OriginOnlyTorrent(metainfo, store, have, this::onTorrentEvent);
    }
    swarm = SwarmStatus.NONE;
    handedOver.keySet().removeIf(have::get);
    handedOver.forEach(torrent::addPiece);
  }

  /** The clip's index was read, and tells its rate. */
  void inspected(Mp4Index found) {
    if (found.bitsPerSecond() > 0) {
      coordinator.clipRate(found.bitsPerSecond() / 8);
    }
    // The index of a fragmented clip knows no moments.
    index = found.isFragmented() ? null : found;
  }

  void limit(ReadLimit limit) {
    availability.limit(limit);
  }

  /**
   * Where a player that tells it stands; on the engine thread.
   *
   * @param position media time on screen
   * @param offset up to which it has shown the clip
   * @param goesOn whether the picture moves
   */
  void played(Duration position, long offset, boolean goesOn) {
    shownAt = position;
    playedTo = offset;
    moving = goesOn;
  }

  /** Hears of pieces on libtorrent's alert thread, or on the engine thread. */
  void onTorrentEvent(TorrentEvent event) {
    if (event instanceof TorrentEvent.PieceVerified verified) {
      availability.add(verified.piece());
      log.debug("Piece {}", verified.piece());
      loop.post(
          () -> {
            handedOver.remove(verified.piece());
            coordinator.pieceVerified(verified.piece());
          });
    } else if (event instanceof TorrentEvent.PieceRejected rejected) {
      log.warn("Piece {} had a wrong hash", rejected.piece());
      loop.post(
          () -> {
            handedOver.remove(rejected.piece());
            coordinator.pieceRejected(rejected.piece());
          });
    } else if (event instanceof TorrentEvent.StorageFailed broken) {
      loop.post(() -> fail(new StreamException(Reason.CACHE_NOT_WRITABLE, broken.sentence())));
    }
  }

  private void onOriginEvent(OriginEvent event) {
    loop.post(
        () -> {
          if (event instanceof OriginEvent.RequestFailed failure) {
            log.info("Origin {}: {}", failure.origin(), failure.failure().sentence());
          }
          execute(coordinator.on(event, EngineLoop.nowMillis()));
          if (event instanceof OriginEvent.RequestEnded) {
            decide();
          }
        });
  }

  /** On the engine thread, at each tick. */
  void tick() {
    decide();
  }

  private void decide() {
    decisionPosted.set(false);
    if (closed) {
      return;
    }
    long now = EngineLoop.nowMillis();
    if (now - swarmAtMillis >= SWARM_POLL_MILLIS) {
      swarm = torrent.swarm();
      swarmAtMillis = now;
    }
    List<ReaderView> views = new ArrayList<>();
    readers.forEach(
        (reader, id) ->
            views.add(
                new ReaderView(
                    id,
                    reader.position(),
                    reader.end(),
                    reader.bytesRead(),
                    reader.urgent(),
                    reader.urgent() ? -1 : playedTo,
                    moving)));
    if (expectsReader && !read) {
      views.add(expectedReader());
    }
    execute(coordinator.decide(views, swarm, now));
  }

  /**
   * Whoever opened the clip will read it in a moment, from its start: from now on, what a player
   * needs to start is fetched while the index is looked at. On the engine thread.
   */
  void expectReader() {
    expectsReader = true;
    decide();
  }

  private ReaderView expectedReader() {
    long end = Math.min(layout.fileLength(), coordinator.startBytes());
    return new ReaderView(0, 0, end, 0, false);
  }

  private void execute(List<Command> commands) {
    for (Command command : commands) {
      if (command instanceof Command.Want want) {
        lastSchedule = want.schedule();
        torrent.want(lastSchedule, EngineLoop.nowMillis());
      } else if (command instanceof Command.Fetch fetch) {
        log.debug("Origin {}: pieces [{}, {})", fetch.origin(), fetch.first(), fetch.end());
        fetcher.fetch(fetch.request(), fetch.origin(), fetch.first(), fetch.end());
      } else if (command instanceof Command.CancelFetch cancel) {
        fetcher.cancel(cancel.request());
      } else if (command instanceof Command.AddPiece add) {
        handedOver.put(add.piece(), add.data());
        torrent.addPiece(add.piece(), add.data());
      } else if (command instanceof Command.Fail fail) {
        fail(fail.why());
      }
    }
  }

  private void fail(StreamException why) {
    if (!closed) {
      failed.accept(why);
    }
  }

  /** How the clip is going; on the engine thread. */
  StreamStatus status(
      StreamStatus.State state,
      long startedMillis,
      @Nullable String notice,
      @Nullable StreamException failure) {
    long now = EngineLoop.nowMillis();
    SwarmStatus all = plus(swarmBefore, swarm);
    long firstByteAt = firstByteAtMillis.get();
    List<ByteSpan> buffered = buffered();
    long bytesPerSecond = coordinator.clipBytesPerSecond();
    return new StreamStatus(
        state,
        file.displayName(),
        file.length(),
        bytesPerSecond,
        buffered,
        StatusFigures.ahead(index, shownAt, readTo(), buffered, bytesPerSecond),
        all.peers(),
        coordinator.leadsSwarm(),
        all.downloadBytesPerSecond() + coordinator.originBytesPerSecond(now),
        all.uploadBytesPerSecond(),
        new StreamStatus.Bytes(
            all.bytesFromPeers(),
            coordinator.bytesFromOrigin(),
            all.bytesDuplicate() + coordinator.duplicateBytes(),
            all.bytesUploaded()),
        StatusFigures.originUse(coordinator.asked(), coordinator.verdicts()),
        firstByteAt < 0 ? null : Duration.ofMillis(firstByteAt - startedMillis),
        notice,
        failure);
  }

  /** Where the player's furthest reader is. */
  private OptionalLong readTo() {
    return readers.keySet().stream()
        .filter(reader -> !reader.urgent())
        .mapToLong(StreamReader::position)
        .max();
  }

  @Nullable String originNotice() {
    return coordinator.originNotice(EngineLoop.nowMillis());
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

  /** What of the clip is there. */
  private List<ByteSpan> buffered() {
    List<ByteSpan> spans = new ArrayList<>();
    BitSet have = coordinator.have();
    for (int first = have.nextSetBit(layout.firstPiece());
        first >= 0 && first < layout.endPiece();
        first = have.nextSetBit(have.nextClearBit(first))) {
      int end = Math.min(layout.endPiece(), have.nextClearBit(first));
      spans.add(new ByteSpan(layout.filePositionOf(first), layout.fileEndOf(end - 1)));
    }
    return spans;
  }

  /** Ends all reading and fetching; on the engine thread. The store stays open. */
  void stop(StreamException why) {
    if (closed) {
      return;
    }
    closed = true;
    swarm = torrent.swarm();
    availability.fail(why);
    fetcher.close();
    torrent.close();
    handedOver.clear();
  }
}
