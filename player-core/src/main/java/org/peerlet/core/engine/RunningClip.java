package org.peerlet.core.engine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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
import org.peerlet.core.origin.CheckedHttp;
import org.peerlet.core.origin.OriginEvent;
import org.peerlet.core.origin.OriginFetcher;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.core.torrent.PeerSession;
import org.peerlet.core.torrent.SwarmStatus;
import org.peerlet.core.torrent.TorrentEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One clip while it streams: carries out on the engine thread what the coordinator decides. Methods
 * are called on that thread, but for {@link #read} and {@link #layout}.
 */
final class RunningClip {
  private static final Logger log = LoggerFactory.getLogger(RunningClip.class);

  /** A clip of unknown length in time: the rate of an ordinary web video. */
  private static final long DEFAULT_BYTES_PER_SECOND = 1_500_000 / 8;

  private final FileEntry file;
  private final String title;
  private final FileLayout layout;
  private final PieceStore store;
  private final PieceAvailability availability;
  private final EngineLoop loop;
  private final OriginFetcher fetcher;
  private final StreamCoordinator coordinator;
  private final Consumer<StreamException> failed;
  private final ClipReaders readers = new ClipReaders(this::requestDecision);
  private final ActiveTorrent torrent;
  private final AtomicBoolean decisionPosted = new AtomicBoolean();
  private @Nullable Mp4Index index;
  private boolean closed;

  /**
   * @param http asks the origins; stays open
   * @param failed hears, on the engine thread, that the stream can't go on
   */
  RunningClip(
      LoadedSource source,
      FileEntry file,
      PieceStore store,
      CheckedHttp http,
      EngineLoop loop,
      Consumer<StreamException> failed) {
    Metainfo metainfo = source.metainfo();
    this.file = file;
    this.title = source.title().orElse(file.displayName());
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
    this.fetcher = new OriginFetcher(metainfo, source.origins(), http, this::onOriginEvent);
    this.torrent = new ActiveTorrent(metainfo, layout, store, this::onTorrentEvent);
  }

  /** What the viewer reads. */
  String title() {
    return title;
  }

  FileLayout layout() {
    return layout;
  }

  /** Opens a reader; on any thread. */
  StreamReader read(long position, long end, boolean urgent) throws StreamException {
    StreamReader reader =
        new StreamReader(layout, file.index(), store, availability, position, end, urgent, readers);
    readers.opened(reader);
    return reader;
  }

  private void requestDecision() {
    if (decisionPosted.compareAndSet(false, true)) {
      loop.post(this::decide);
    }
  }

  /** Whether peers may be hoped for, even before there is a session. */
  void expectPeers(boolean expected) {
    coordinator.peersAllowed(expected, EngineLoop.nowMillis());
  }

  /**
   * Puts a torrent with peers in the place of the present one.
   *
   * @return whether that went well; else the origin alone goes on
   */
  boolean joinSwarm(PeerSession session, List<String> trackers, List<InetSocketAddress> peers) {
    boolean joined = torrent.join(session, trackers, peers);
    log.debug(joined ? "Joined the swarm" : "Goes on without the swarm");
    expectPeers(joined);
    decide();
    return joined;
  }

  /**
   * Takes nothing more from peers; what was verified stays.
   *
   * @param back whether the swarm is joined again in a moment; the hope for peers begins anew
   */
  void leaveSwarm(boolean back) {
    torrent.leave();
    expectPeers(false);
    expectPeers(back);
  }

  /** Goes on with the origin alone. */
  void originOnly() {
    torrent.originOnly();
    decide();
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

  /** Where a player that tells it stands; see {@link ClipReaders#played}. */
  void played(Duration position, long offset, boolean goesOn) {
    readers.played(position, offset, goesOn);
  }

  /** Hears of pieces on libtorrent's alert thread, or on the engine thread. */
  private void onTorrentEvent(TorrentEvent event) {
    if (event instanceof TorrentEvent.PieceVerified verified) {
      availability.add(verified.piece());
      log.debug("Piece {}", verified.piece());
      loop.post(
          () -> {
            torrent.announced(verified.piece());
            coordinator.pieceVerified(verified.piece());
          });
    } else if (event instanceof TorrentEvent.PieceRejected rejected) {
      log.warn("Piece {} had a wrong hash", rejected.piece());
      loop.post(
          () -> {
            torrent.announced(rejected.piece());
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

  void tick() {
    decide();
  }

  private void decide() {
    decisionPosted.set(false);
    if (closed) {
      return;
    }
    long now = EngineLoop.nowMillis();
    long startBytes = Math.min(layout.fileLength(), coordinator.startBytes());
    SwarmStatus swarm = torrent.swarm(now);
    execute(coordinator.decide(readers.views(startBytes), swarm, now));
  }

  /**
   * Whoever opened the clip will read it in a moment, from its start: from now on, what a player
   * needs to start is fetched while the index is looked at.
   */
  void expectReader() {
    readers.expectPlayer();
    decide();
  }

  private void execute(List<Command> commands) {
    for (Command command : commands) {
      if (command instanceof Command.Want want) {
        torrent.want(want.schedule(), EngineLoop.nowMillis());
      } else if (command instanceof Command.Spare spare) {
        log.debug("Stays apart from {}", spare.peers());
        torrent.spare(spare.peers());
      } else if (command instanceof Command.Unchoke unchoke) {
        log.debug("Sends to {} at a time", unchoke.slots());
        torrent.unchoke(unchoke.slots());
      } else if (command instanceof Command.TakeBack) {
        log.debug("Takes back what peers were asked for");
        torrent.takeBack();
      } else if (command instanceof Command.Fetch fetch) {
        log.debug("Origin {}: pieces [{}, {})", fetch.origin(), fetch.first(), fetch.end());
        fetcher.fetch(fetch.request(), fetch.origin(), fetch.first(), fetch.end());
      } else if (command instanceof Command.CancelFetch cancel) {
        fetcher.cancel(cancel.request());
      } else if (command instanceof Command.AddPiece add) {
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

  /** How the clip is going. */
  StreamStatus status(
      StreamStatus.State state,
      long startedMillis,
      @Nullable String notice,
      @Nullable StreamException failure) {
    long now = EngineLoop.nowMillis();
    SwarmStatus all = torrent.counted();
    List<ByteSpan> buffered = StatusFigures.buffered(coordinator.have(), layout);
    long bytesPerSecond = coordinator.clipBytesPerSecond();
    return new StreamStatus(
        state,
        title,
        file.length(),
        bytesPerSecond,
        buffered,
        StatusFigures.ahead(index, readers.shownAt(), readers.readTo(), buffered, bytesPerSecond),
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
        readers.firstByteAfter(startedMillis),
        notice,
        failure);
  }

  @Nullable String originNotice() {
    return coordinator.originNotice(EngineLoop.nowMillis());
  }

  /** Ends all reading and fetching. The store stays open. */
  void stop(StreamException why) {
    if (closed) {
      return;
    }
    closed = true;
    availability.fail(why);
    fetcher.close();
    torrent.close();
  }
}
