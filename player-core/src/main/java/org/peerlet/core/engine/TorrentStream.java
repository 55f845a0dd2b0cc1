package org.peerlet.core.engine;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.Clip;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.State;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.http.ReadLimit;
import org.peerlet.core.http.StreamContent;
import org.peerlet.core.http.StreamServer;
import org.peerlet.core.media.FastStartView;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.metainfo.ClipChoice;
import org.peerlet.core.metainfo.FileEntry;
import org.peerlet.core.metainfo.MagnetUri;
import org.peerlet.core.origin.AddressPolicy;
import org.peerlet.core.origin.CheckedHttp;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.CacheFolder;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.core.torrent.MagnetMetadata;
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

  /** What a paced player may read before the clip's index is understood. */
  private static final ReadLimit HEAD_ONLY = new ReadLimit(1 << 20, List.of());

  /** What a paced player may hold: more than it needs to ride out our own reaction time. */
  private static final Duration PLAYER_READAHEAD = Duration.ofSeconds(15);

  /** A session takes up to a second to end. */
  private static final long LEAVING_MILLIS = 1_500;

  private final EngineOptions options;
  private final CacheFolder cache;
  private final StreamServer server;
  private final TorrentSource source;
  private final long startedMillis = EngineLoop.nowMillis();
  private final EngineLoop loop = new EngineLoop(this::tick);
  private final ExecutorService opening =
      Executors.newSingleThreadExecutor(work -> daemon(work, "peerlet-opening"));
  private final ExecutorService sharing =
      Executors.newSingleThreadExecutor(work -> daemon(work, "peerlet-sharing"));
  private final ExecutorService http =
      Executors.newCachedThreadPool(work -> daemon(work, "peerlet-torrent-url"));
  private final CompletableFuture<ShareMode> answered = new CompletableFuture<>();
  private final CompletableFuture<Clip> clip = new CompletableFuture<>();
  private final CompletableFuture<ClipInspection> inspection = new CompletableFuture<>();
  private final CompletableFuture<FastStartView> view = new CompletableFuture<>();
  private final Peers peers;
  private final boolean answerGiven;

  private volatile StreamStatus status = StreamStatus.OPENING;
  private volatile boolean contactsPeers;
  private final AtomicBoolean closing = new AtomicBoolean();
  // Guards what must be given back: it is taken by the opening thread and returned by another.
  private final Object owned = new Object();
  private final List<URI> published = new ArrayList<>();
  private @Nullable PieceStore store;
  // Set once by the opening thread.
  private volatile @Nullable RunningClip running;
  private volatile @Nullable String sourceNotice;
  private volatile @Nullable URI silentUrl;
  // Confined to the engine thread.
  private @Nullable Playback playback;
  private @Nullable ClipInspection inspected;

  TorrentStream(
      EngineOptions options,
      CacheFolder cache,
      StreamServer server,
      TorrentSource source,
      Optional<ShareMode> share) {
    this.options = options;
    this.cache = cache;
    this.server = server;
    this.source = source;
    this.peers = new Peers(cache, loop, reach(source, options), this::fail);
    this.answerGiven = share.isPresent();
    share.ifPresent(this::share);
    opening.execute(this::open);
  }

  /**
   * The DHT helps where nothing else names peers: a magnet or a file that a person opened. A page
   * that launches a clip names a tracker, and nobody else has to learn what is watched. The router
   * matters to whoever comes from outside, and a source on this network has its viewers inside.
   */
  private static Reach reach(TorrentSource source, EngineOptions options) {
    boolean dht = !options.lan() && !(source instanceof TorrentSource.TorrentUrl);
    return new Reach(dht, !SourceLoader.policy(source, options.lan()).lan());
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Done when the URL can be read; fails with a {@link StreamException}. */
  public CompletableFuture<Clip> clip() {
    return clip.copy();
  }

  /** Done when the clip's index was read, or it is known to have none. */
  public CompletableFuture<ClipInspection> inspection() {
    return inspection.copy();
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
    contactsPeers = mode.contactsPeers();
    shareNext(() -> change(mode));
  }

  private void shareNext(Runnable work) {
    try {
      sharing.execute(work);
    } catch (RejectedExecutionException afterClose) {
      log.debug("Nothing is shared after the end");
    }
  }

  private void change(ShareMode mode) {
    try {
      peers.change(mode);
    } catch (RuntimeException fault) {
      log.error("Sharing could not be changed", fault);
      fail(new StreamException(Reason.INTERNAL, "Sharing failed; the log has more.", fault));
    } finally {
      answered.complete(mode);
    }
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
          playback = new Playback(position, playing, EngineLoop.nowMillis());
          pace();
        });
  }

  /**
   * Ends all connections that read the clip, from the server's side. JavaFX's seek and dispose wait
   * for a stalled body, but not for a closed connection.
   */
  public void closeConnections() {
    Clip open = clip.getNow(null);
    if (open != null) {
      server.closeConnections(open.url());
    }
    silentUrl().ifPresent(server::closeConnections);
  }

  private void open() {
    try {
      start(load());
    } catch (StreamException failed) {
      fail(failed);
    } catch (InterruptedException closing) {
      fail(closedException());
    } catch (RuntimeException fault) {
      log.error("Opening failed", fault);
      fail(new StreamException(Reason.INTERNAL, "Opening failed; the log has more.", fault));
    }
  }

  private LoadedSource load() throws StreamException, InterruptedException {
    AddressPolicy policy = SourceLoader.policy(source, options.lan());
    if (source instanceof TorrentSource.TorrentFile torrentFile) {
      return SourceLoader.load(torrentFile, policy);
    }
    if (source instanceof TorrentSource.TorrentUrl url) {
      return SourceLoader.load(url, policy, new CheckedHttp(policy, http));
    }
    return loadMagnet((TorrentSource.Magnet) source, policy);
  }

  private LoadedSource loadMagnet(TorrentSource.Magnet magnet, AddressPolicy policy)
      throws StreamException, InterruptedException {
    status = StreamStatus.of(State.METADATA, null);
    try {
      answered.get();
      List<String> trackers = SourceLoader.trackers(magnet.uri(), policy);
      List<InetSocketAddress> named = SourceLoader.peers(magnet.uri(), policy);
      long endMillis = EngineLoop.nowMillis() + options.metadataTimeout().toMillis();
      while (true) {
        try {
          MagnetMetadata found = search(magnet.uri(), trackers, named, endMillis);
          return SourceLoader.check(found.metainfo(), policy, found.peers());
        } catch (ExecutionException ended) {
          // With another answer comes another session, and the search begins anew.
          if (closing.get() || !isClosed(ended.getCause())) {
            throw ended;
          }
          awaitChange();
        }
      }
    } catch (TimeoutException nobody) {
      throw new StreamException(
          Reason.METADATA_TIMEOUT,
          "Nobody has this magnet link's video: no answer within %d s."
              .formatted(options.metadataTimeout().toSeconds()));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof StreamException why) {
        throw why;
      }
      throw new StreamException(Reason.INTERNAL, "The search for the video failed.", failed);
    }
  }

  /** Waits until the answer that is being carried out has its session. */
  private void awaitChange() throws InterruptedException {
    CountDownLatch changed = new CountDownLatch(1);
    shareNext(changed::countDown);
    changed.await();
  }

  private static boolean isClosed(@Nullable Throwable cause) {
    return cause instanceof StreamException why && why.reason() == Reason.CLOSED;
  }

  private MagnetMetadata search(
      MagnetUri magnet, List<String> trackers, List<InetSocketAddress> named, long endMillis)
      throws StreamException, InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<MagnetMetadata> search =
        peers.session().fetchMetadata(magnet, trackers, named, cache.subfolder("metadata"));
    try {
      long leftMillis = Math.max(0, endMillis - EngineLoop.nowMillis());
      return search.get(leftMillis, TimeUnit.MILLISECONDS);
    } finally {
      search.cancel(false);
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
    ClipContent bytes =
        new ClipContent(started, loaded.metainfo().infoHash(), index, file.displayName());
    StreamContent content = new FastStartContent(bytes, view);
    URI url = publish(file.displayName(), content);
    log.debug("Serving {}", file.displayName());
    sourceNotice = loaded.notice().orElse(null);
    if (contactsPeers) {
      loop.post(() -> started.expectPeers(true));
    }
    clip.complete(new Clip(file.displayName(), file.length(), url));
    shareNext(() -> peers.start(started, loaded));
    inspect(started, content, file.displayName());
  }

  /** Takes the cache folder and starts the clip, unless all is closed already. */
  private RunningClip run(LoadedSource loaded, FileEntry file) throws StreamException {
    synchronized (owned) {
      if (closing.get()) {
        throw closedException();
      }
      PieceStore pieces = PieceStore.open(cache, loaded.metainfo());
      store = pieces;
      RunningClip started = new RunningClip(loaded, file, pieces, loop, this::fail);
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

  /** Puts a content on the server, unless all is closed already. */
  private URI publish(String name, StreamContent content) throws StreamException {
    synchronized (owned) {
      if (closing.get()) {
        throw closedException();
      }
      URI url = server.publish(name, content);
      published.add(url);
      return url;
    }
  }

  /** Nobody is given a URL that can't deliver a byte. */
  private void requirePeers() throws StreamException, InterruptedException {
    try {
      answered.get();
      peers.session();
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  private void inspect(RunningClip started, StreamContent content, String name)
      throws StreamException {
    try {
      CompletableFuture<?> unusedView =
          view.thenAccept(
              known -> {
                if (known.isAsItIs()) {
                  loop.post(started::expectReader);
                }
              });
      ClipInspection found = new ClipInspector(started, view).inspect();
      if (!found.silent().isEmpty()) {
        silentUrl = publish(name, new SilentContent(content, found.silent()));
      }
      loop.post(() -> inspected(started, found));
      inspection.complete(found);
    } catch (InterruptedException closing) {
      throw closedException();
    }
  }

  private void inspected(RunningClip started, ClipInspection found) {
    inspected = found;
    found.index().ifPresent(started::inspected);
    pace();
  }

  /** The clip with its sound taken out, for a machine without a sound device. */
  public Optional<URI> silentUrl() {
    return Optional.ofNullable(silentUrl);
  }

  /** On the engine thread. */
  private void tick() {
    RunningClip now = running;
    if (now == null || status.failure() != null) {
      return;
    }
    now.tick();
    pace();
    if (status.failure() == null) { // the tick may have ended it
      status = snapshot(now);
    }
  }

  /** Holds a paced player to what it will show soon. */
  private void pace() {
    RunningClip now = running;
    Playback at = playback;
    if (now == null || at == null) {
      return;
    }
    ClipInspection found = inspected;
    if (found == null) {
      now.limit(HEAD_ONLY);
    } else if (found.index().isPresent()) {
      Mp4Index index = found.index().get();
      Duration position = at.positionAt(EngineLoop.nowMillis());
      long until = index.endByteFor(position.plus(PLAYER_READAHEAD));
      now.limit(new ReadLimit(until, List.of(found.indexSpan())));
      now.played(position, index.endByteFor(position), at.playing());
    } else {
      now.limit(ReadLimit.NONE);
    }
  }

  private StreamStatus snapshot(RunningClip now) {
    String notice = firstOf(peers.notice(), now.originNotice(), sourceNotice);
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

  private static StreamException closedException() {
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
    daemon(() -> failFutures(why), "peerlet-ended").start();
  }

  private void failFutures(StreamException why) {
    // Whoever waits for the clip finds the rest failed, too.
    view.completeExceptionally(why);
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
    sharing.shutdownNow();
    http.shutdownNow();
    PieceStore pieces;
    synchronized (owned) {
      published.forEach(server::withdraw);
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
    peers.close();
    awaitSharing();
    if (pieces != null) {
      pieces.close();
    }
  }

  /** A session that a change of mind had begun to close may still write to the cache. */
  private void awaitSharing() {
    try {
      if (!sharing.awaitTermination(LEAVING_MILLIS, TimeUnit.MILLISECONDS)) {
        log.warn("The swarm is still being left");
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
