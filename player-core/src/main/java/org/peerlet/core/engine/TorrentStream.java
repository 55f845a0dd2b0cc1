package org.peerlet.core.engine;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.Clip;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.State;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.http.StreamContent;
import org.peerlet.core.http.StreamServer;
import org.peerlet.core.metainfo.ClipChoice;
import org.peerlet.core.metainfo.FileEntry;
import org.peerlet.core.origin.AddressPolicy;
import org.peerlet.core.origin.CheckedHttp;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.CacheFolder;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.core.torrent.LibtorrentSession;
import org.peerlet.core.torrent.Reach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One clip that is being opened or played.
 *
 * <ul>
 *   <li>Methods may be called from any thread, and return at once, but for {@link #close}, which
 *       may take a second while the swarm is left.
 *   <li>Until the viewer has answered ({@link #share}), no tracker and no peer is contacted.
 *   <li>After {@link #close} the futures fail with reason {@code CLOSED} unless they were done.
 * </ul>
 */
public final class TorrentStream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TorrentStream.class);

  private final EngineOptions options;
  private final CacheFolder cache;
  private final TorrentSource source;
  private final boolean answerGiven;
  private final long startedMillis = EngineLoop.nowMillis();
  private final EngineLoop loop = new EngineLoop(this::tick);
  private final ExecutorService opening =
      Executors.newSingleThreadExecutor(work -> DaemonThread.of(work, "peerlet-opening"));
  private final AddressPolicy policy;
  // For the torrent and for the clip: where both lie on one server, one connection does.
  private final CheckedHttp http;
  private final SharingThread sharing;
  private final PublishedClip published;
  private final PlayerPace pace = new PlayerPace(); // confined to the engine thread
  private final CompletableFuture<Clip> clip = new CompletableFuture<>();
  private final CompletableFuture<ClipInspection> inspection = new CompletableFuture<>();

  // Written on the engine thread alone.
  private volatile StreamStatus status = StreamStatus.OPENING;
  private final AtomicBoolean closing = new AtomicBoolean();
  // Guards what must be given back: it is taken by the opening thread and returned by another.
  private final Object owned = new Object();
  private @Nullable PieceStore store;
  // Set once by the opening thread.
  private volatile @Nullable RunningClip running;
  private volatile @Nullable String sourceNotice;

  TorrentStream(
      EngineOptions options,
      CacheFolder cache,
      StreamServer server,
      TorrentSource source,
      Optional<ShareMode> share) {
    this.options = options;
    this.cache = cache;
    this.source = source;
    this.answerGiven = share.isPresent();
    this.policy = SourceLoader.policy(source, options.lan());
    this.http = new CheckedHttp(policy);
    this.published = new PublishedClip(server);
    Reach reach = reach();
    Peers.Opener opener = mode -> LibtorrentSession.open(mode, reach, cache.subfolder("native"));
    Peers peers = new Peers(opener, loop, reach, this::fail);
    this.sharing = new SharingThread(peers, this::fail);
    share.ifPresent(this::share);
    opening.execute(this::open);
  }

  /**
   * The DHT helps where nothing else names peers: a magnet or a file that a person opened. A page
   * that launches a clip names a tracker, and nobody else has to learn what is watched. The router
   * matters to whoever comes from outside, and a source on this network has its viewers inside.
   */
  private Reach reach() {
    boolean launched = source.location().isPresent();
    return new Reach(!options.lan() && !launched, !policy.lan());
  }

  /** Done when the URL can be read; fails with a {@link StreamException}. */
  public CompletableFuture<Clip> clip() {
    return clip.copy();
  }

  /** Done when the clip's index was read, or it is known to have none. */
  public CompletableFuture<ClipInspection> inspection() {
    return inspection.copy();
  }

  /** The clip with its sound taken out, for a machine without a sound device. */
  public Optional<URI> silentUrl() {
    return published.silentUrl();
  }

  /** The last snapshot, at most a fifth of a second old. */
  public StreamStatus status() {
    return status;
  }

  /**
   * The viewer's answer, at first or changed: peers are contacted from now on, or left. What was
   * fetched stays.
   */
  public void share(ShareMode mode) {
    sharing.share(mode);
  }

  /**
   * Says where a paced player stands; call it before the player opens the URL, when it seeks,
   * pauses or resumes, and a few times a second while it plays.
   *
   * @param position media time on screen
   * @param playing whether it moves
   */
  public void playback(Duration position, boolean playing) {
    loop.post(
        () -> {
          pace.playback(new Playback(position, playing, EngineLoop.nowMillis()));
          holdPlayer();
        });
  }

  /**
   * Ends all connections that read the clip, from the server's side. JavaFX's seek and dispose wait
   * for a stalled body, but not for a closed connection.
   */
  public void closeConnections() {
    published.closeConnections();
  }

  private void open() {
    try {
      start(load());
    } catch (StreamException failed) {
      fail(failed);
    } catch (InterruptedException closing) {
      fail(closedException());
    } catch (RuntimeException | Error fault) { // nobody waits for ever, whatever it was
      log.error("Opening failed", fault);
      fail(new StreamException(Reason.INTERNAL, "Opening failed; the log has more.", fault));
    }
  }

  private LoadedSource load() throws StreamException, InterruptedException {
    if (source instanceof TorrentSource.TorrentFile torrentFile) {
      return SourceLoader.load(torrentFile, policy);
    }
    if (source instanceof TorrentSource.TorrentUrl url) {
      return SourceLoader.load(url, policy, http);
    }
    if (source instanceof TorrentSource.ManifestUrl url) {
      return SourceLoader.load(url, policy, http);
    }
    loop.post(this::searching);
    return new MagnetSearch(sharing, cache, reach(), options.metadataTimeout())
        .load(((TorrentSource.Magnet) source).uri(), policy);
  }

  /** On the engine thread, as all that changes the status: it may have ended meanwhile. */
  private void searching() {
    if (status.failure() == null) {
      status = StreamStatus.of(State.METADATA, null);
    }
  }

  private void start(LoadedSource loaded) throws StreamException, InterruptedException {
    int index = ClipChoice.playableFile(loaded.metainfo());
    FileEntry file = loaded.metainfo().files().get(index);
    if (loaded.origins().isEmpty() && loaded.trackers().isEmpty() && loaded.notice().isPresent()) {
      throw new StreamException(Reason.ADDRESS_REFUSED, loaded.notice().get());
    }
    if (loaded.origins().isEmpty() && answerGiven) {
      requirePeers();
    }
    RunningClip started = run(loaded, file);
    String name = file.displayName(); // a URL ends as the file does, whatever its title
    StreamContent front =
        published.front(new ClipContent(started, loaded.metainfo().infoHash(), index, name));
    URI url = published.publish(name, front);
    log.debug("Serving {}", name);
    sourceNotice = loaded.notice().orElse(null);
    if (sharing.contactsPeers()) {
      loop.post(() -> started.expectPeers(true));
    }
    clip.complete(new Clip(started.title(), file.length(), url));
    sharing.start(started, loaded);
    ClipInspection found =
        published.inspect(started, name, front, () -> loop.post(started::expectReader));
    loop.post(() -> inspected(started, found));
    inspection.complete(found);
  }

  /** Takes the cache folder and starts the clip, unless all is closed already. */
  private RunningClip run(LoadedSource loaded, FileEntry file) throws StreamException {
    synchronized (owned) {
      if (closing.get()) {
        throw closedException();
      }
      PieceStore pieces = PieceStore.open(cache, loaded.metainfo());
      store = pieces;
      RunningClip started = new RunningClip(loaded, file, pieces, http, loop, this::fail);
      running = started;
      loop.post(
          () -> {
            StreamException failure = status.failure();
            if (failure != null) { // sharing failed meanwhile
              stopRunning(failure);
            }
          });
      return started;
    }
  }

  private void stopRunning(StreamException why) {
    RunningClip now = running;
    if (now != null) {
      now.stop(why);
    }
  }

  /** Nobody is given a URL that can't deliver a byte. */
  private void requirePeers() throws StreamException, InterruptedException {
    sharing.awaitAnswer();
    sharing.session();
  }

  private void inspected(RunningClip started, ClipInspection found) {
    pace.inspected(found);
    found.index().ifPresent(started::inspected);
    holdPlayer();
  }

  /** On the engine thread. */
  private void tick() {
    RunningClip now = running;
    if (now == null || status.failure() != null) {
      return;
    }
    now.tick();
    holdPlayer();
    if (status.failure() == null) { // the tick may have ended it
      status = snapshot(now);
    }
  }

  private void holdPlayer() {
    RunningClip now = running;
    if (now != null) {
      pace.hold(now, EngineLoop.nowMillis());
    }
  }

  private StreamStatus snapshot(RunningClip now) {
    String notice = firstOf(sharing.notice(), now.originNotice(), sourceNotice, sharing.leftOut());
    return now.status(State.STREAMING, startedMillis, notice, null);
  }

  private static @Nullable String firstOf(@Nullable String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null) {
        return candidate;
      }
    }
    return null;
  }

  static StreamException closedException() {
    return new StreamException(Reason.CLOSED, "The clip was closed.");
  }

  private void fail(StreamException why) {
    loop.post(() -> end(why));
  }

  /** On the engine thread. */
  private void end(StreamException why) {
    if (status.failure() != null) {
      return;
    }
    log.info("Ended: {}", why.sentence(), why.getCause());
    RunningClip now = running;
    State end = why.reason() == Reason.CLOSED ? State.CLOSED : State.FAILED;
    if (now == null) {
      status = StreamStatus.of(end, why);
    } else {
      now.stop(why);
      status = now.status(end, startedMillis, null, why);
    }
    // Whoever waits for them may do anything, but not on the engine thread.
    DaemonThread.of(() -> failFutures(why), "peerlet-ended").start();
  }

  private void failFutures(StreamException why) {
    // Whoever waits for the clip finds the rest failed, too.
    published.fail(why);
    inspection.completeExceptionally(why);
    clip.completeExceptionally(why);
  }

  /** Ends everything and gives back what it held. The first call does it; others return at once. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    opening.shutdownNow();
    sharing.stop();
    http.close();
    published.withdraw();
    PieceStore pieces;
    synchronized (owned) {
      pieces = store;
    }
    StreamException why = closedException();
    loop.run(
        () -> {
          end(why);
          stopRunning(why);
        });
    loop.close();
    StreamException first = status.failure();
    failFutures(first == null ? why : first);
    sharing.close();
    if (pieces != null) {
      pieces.close();
    }
  }
}
