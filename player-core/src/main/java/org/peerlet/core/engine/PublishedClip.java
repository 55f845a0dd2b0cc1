package org.peerlet.core.engine;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.http.StreamContent;
import org.peerlet.core.http.StreamServer;
import org.peerlet.core.media.FastStartView;

/**
 * A clip on the stream server: its front view, at once, and its silent view, once it was looked
 * into. The opening thread publishes; the rest may be called on any thread.
 */
final class PublishedClip {
  private final StreamServer server;
  private final CompletableFuture<FastStartView> view = new CompletableFuture<>();
  private final List<URI> published = new ArrayList<>();
  private boolean withdrawn;
  private volatile @Nullable URI silent;

  PublishedClip(StreamServer server) {
    this.server = server;
  }

  /** The file as it is to be published, before it is known where its index stands. */
  StreamContent front(ClipContent file) {
    return new FastStartContent(file, view);
  }

  /**
   * Puts a content on the server.
   *
   * @throws StreamException {@code CLOSED} after {@link #withdraw}
   */
  synchronized URI publish(String name, StreamContent content) throws StreamException {
    if (withdrawn) {
      throw TorrentStream.closedException();
    }
    URI url = server.publish(name, content);
    published.add(url);
    return url;
  }

  /**
   * Looks into the clip, and waits for the pieces that takes; publishes the silent view if there is
   * one.
   *
   * @param front from {@link #front}
   * @param servedAsItIs runs as soon as it is known that the file is served as it is, if it is
   */
  ClipInspection inspect(RunningClip clip, String name, StreamContent front, Runnable servedAsItIs)
      throws StreamException, InterruptedException {
    CompletableFuture<?> unusedView =
        view.thenAccept(
            known -> {
              if (known.isAsItIs()) {
                servedAsItIs.run();
              }
            });
    ClipInspection found = new ClipInspector(clip, view).inspect();
    if (!found.silent().isEmpty()) {
      silent = publish(name, new SilentContent(front, found.silent()));
    }
    return found;
  }

  /** The URL of the clip without its sound, once there is one. */
  Optional<URI> silentUrl() {
    return Optional.ofNullable(silent);
  }

  /** Ends all connections that read the clip, from the server's side. */
  void closeConnections() {
    List<URI> now;
    synchronized (this) {
      now = List.copyOf(published);
    }
    now.forEach(server::closeConnections);
  }

  /** Whoever waits for a part of the clip hears why none comes any more. */
  void fail(StreamException why) {
    view.completeExceptionally(why);
  }

  /** Takes the clip off the server; nothing can be published any more. */
  synchronized void withdraw() {
    withdrawn = true;
    published.forEach(server::withdraw);
  }
}
