package org.peerlet.core.engine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.MagnetUri;
import org.peerlet.core.origin.AddressPolicy;
import org.peerlet.core.storage.CacheFolder;
import org.peerlet.core.torrent.MagnetMetadata;
import org.peerlet.core.torrent.Reach;

/**
 * Gets the metainfo that a magnet URI names from peers, once the viewer has agreed to contact them.
 * Waits on the calling thread, which is the opening one.
 */
final class MagnetSearch {
  private final SharingThread sharing;
  private final CacheFolder cache;
  private final Reach reach;
  private final Duration timeout;

  /**
   * @param reach whom the session may contact besides trackers and peers
   * @param timeout for peers to answer, from the viewer's answer on
   */
  MagnetSearch(SharingThread sharing, CacheFolder cache, Reach reach, Duration timeout) {
    this.sharing = sharing;
    this.cache = cache;
    this.reach = reach;
    this.timeout = timeout;
  }

  /**
   * Searches, through another session when the viewer changes the answer meanwhile.
   *
   * @throws StreamException {@code METADATA_TIMEOUT} when nobody answers, or why nobody can be
   *     asked
   */
  LoadedSource load(MagnetUri magnet, AddressPolicy policy)
      throws StreamException, InterruptedException {
    sharing.awaitAnswer();
    SortedUrls trackers = SourceLoader.trackers(magnet, policy);
    List<InetSocketAddress> named = SourceLoader.peers(magnet, policy);
    Optional<StreamException> unknown =
        trackers.allowed().isEmpty() ? trackers.unknownHost() : Optional.empty();
    if (unknown.isPresent() && named.isEmpty() && !reach.dht()) {
      var unused = sharing.session(); // that sharing is off comes first
      throw unknown.get();
    }
    long endMillis = EngineLoop.nowMillis() + timeout.toMillis();
    try {
      while (true) {
        try {
          MagnetMetadata found = search(magnet, trackers.allowed(), named, endMillis);
          return SourceLoader.check(found.metainfo(), policy, found.peers());
        } catch (ExecutionException ended) {
          // With another answer comes another session, and the search begins anew.
          if (sharing.isStopped() || !isClosed(ended.getCause())) {
            throw ended;
          }
          sharing.awaitChange();
        }
      }
    } catch (TimeoutException nobody) {
      throw unknown.orElseGet(
          () ->
              new StreamException(
                  Reason.METADATA_TIMEOUT,
                  "Nobody has this magnet link's video: no answer within %d s."
                      .formatted(timeout.toSeconds())));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof StreamException why) {
        throw why;
      }
      throw new StreamException(Reason.INTERNAL, "The search for the video failed.", failed);
    }
  }

  private static boolean isClosed(@Nullable Throwable cause) {
    return cause instanceof StreamException why && why.reason() == Reason.CLOSED;
  }

  private MagnetMetadata search(
      MagnetUri magnet, List<String> trackers, List<InetSocketAddress> named, long endMillis)
      throws StreamException, InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<MagnetMetadata> search =
        sharing.session().fetchMetadata(magnet, trackers, named, cache.subfolder("metadata"));
    try {
      long leftMillis = Math.max(0, endMillis - EngineLoop.nowMillis());
      return search.get(leftMillis, TimeUnit.MILLISECONDS);
    } finally {
      search.cancel(false);
    }
  }
}
