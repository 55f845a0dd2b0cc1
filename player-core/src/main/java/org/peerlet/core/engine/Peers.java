package org.peerlet.core.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.torrent.PeerSession;
import org.peerlet.core.torrent.Reach;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session with the swarm, as the viewer's answer has it: opened, reopened with other leave, or
 * closed. {@link #change} and {@link #start} are called on the sharing thread, where they wait for
 * native code and name servers; the rest on any.
 */
final class Peers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Peers.class);

  /** Opens a session that may do so much for others. */
  @FunctionalInterface
  interface Opener {
    PeerSession open(ShareMode mode) throws StreamException;
  }

  private final Opener opener;
  private final EngineLoop loop;
  private final Reach reach;
  private final Consumer<StreamException> failed;
  private final AtomicReference<@Nullable PeerSession> session = new AtomicReference<>();
  private volatile @Nullable StreamException missing;
  private volatile @Nullable String leftOut;
  private volatile boolean closed;
  // Confined to the sharing thread.
  private @Nullable RunningClip clip;
  private @Nullable LoadedSource source;
  private boolean answered;

  /**
   * @param reach whom a session may contact besides trackers and peers
   * @param failed hears when nothing can deliver the clip any more
   */
  Peers(Opener opener, EngineLoop loop, Reach reach, Consumer<StreamException> failed) {
    this.opener = opener;
    this.loop = loop;
    this.reach = reach;
    this.failed = failed;
  }

  /**
   * The viewer's answer. Before the clip is known it only opens the session, so that both take
   * their time side by side.
   */
  void change(ShareMode mode) {
    if (closed) {
      return;
    }
    answered = true;
    PeerSession before = session.get();
    if (before != null && before.share() == mode) {
      return;
    }
    if (before != null) {
      leave(before, mode.contactsPeers());
    }
    missing = null; // not before a join that was under way has said how it ended
    if (mode.contactsPeers() && !closed) {
      open(mode);
    }
    joinOrFail();
  }

  private void open(ShareMode mode) {
    try {
      session.set(opener.open(mode));
      log.debug("Session open, sharing {}", mode);
    } catch (StreamException noLibrary) {
      missing = noLibrary;
    }
    if (closed) {
      closeSession();
    }
  }

  /** The clip is known: joins its swarm if the viewer has agreed. */
  void start(RunningClip running, LoadedSource loaded) {
    clip = running;
    source = loaded;
    joinOrFail();
  }

  /**
   * The session.
   *
   * @throws StreamException when the viewer wants none or it can't be had
   */
  PeerSession session() throws StreamException {
    PeerSession open = session.get();
    if (open == null) {
      throw noSession();
    }
    return open;
  }

  /** Why there are no peers although the viewer wants them; null if that isn't so. */
  @Nullable String notice() {
    StreamException why = missing;
    return why == null ? null : why.sentence() + " The video comes from the site alone.";
  }

  /** What of the trackers is not asked, and should be known of; null if there is nothing. */
  @Nullable String leftOut() {
    return leftOut;
  }

  private void joinOrFail() {
    RunningClip running = clip;
    LoadedSource loaded = source;
    if (running == null || loaded == null || !answered) {
      return;
    }
    PeerSession open = session.get();
    if (open == null && loaded.origins().isEmpty()) {
      failed.accept(noSession());
    } else if (open == null) {
      loop.post(() -> running.expectPeers(false));
    } else {
      join(running, loaded, open);
    }
  }

  private void join(RunningClip running, LoadedSource loaded, PeerSession open) {
    SortedUrls trackers = SortedUrls.of(loaded.trackers(), loaded.policy()::check);
    boolean nobody = nobodyKnown(loaded, trackers.allowed());
    if (nobody && loaded.origins().isEmpty()) {
      failed.accept(nobodyNamed(trackers));
      return;
    }
    Optional<String> unknown =
        nobody ? trackers.unknownHost().map(StreamException::sentence) : Optional.empty();
    leftOut = SortedUrls.notice(trackers.refused()).or(() -> unknown).orElse(null);
    loop.post(
        () -> {
          if (!running.joinSwarm(open, trackers.allowed(), loaded.peers())) {
            notJoined(loaded);
          }
        });
  }

  /** On the engine thread. */
  private void notJoined(LoadedSource loaded) {
    if (closed) { // and so is the session
      return;
    }
    StreamException why =
        new StreamException(
            Reason.INTERNAL, "The library that talks to other viewers refuses this video.");
    missing = why;
    if (loaded.origins().isEmpty()) {
      failed.accept(why);
    }
  }

  /** Whether no peer can be found, however long one looks. */
  private boolean nobodyKnown(LoadedSource loaded, List<String> trackers) {
    boolean noDht = !reach.dht() || loaded.metainfo().isPrivate();
    return noDht && trackers.isEmpty() && loaded.peers().isEmpty();
  }

  private static StreamException nobodyNamed(SortedUrls trackers) {
    return trackers
        .unknownHost()
        .orElseGet(
            () ->
                SortedUrls.notice(trackers.refused())
                    .map(refused -> new StreamException(Reason.ADDRESS_REFUSED, refused))
                    .orElseGet(
                        () ->
                            new StreamException(
                                Reason.NO_SOURCE,
                                "This torrent names nobody who could send the video.")));
  }

  private StreamException noSession() {
    StreamException why = missing;
    return why != null
        ? why
        : new StreamException(
            Reason.NO_SOURCE, "This video comes from other viewers only, and sharing is off.");
  }

  /**
   * Closes the session before the origin alone goes on: a block that libtorrent still writes must
   * not land on a piece that was verified since.
   *
   * @param back whether another session follows, for which peers may be hoped meanwhile
   */
  private void leave(PeerSession open, boolean back) {
    RunningClip running = clip;
    if (running != null) {
      loop.run(() -> running.leaveSwarm(back));
    }
    leftOut = null;
    session.set(null);
    open.close();
    if (running != null) {
      loop.post(running::originOnly);
    }
  }

  private void closeSession() {
    PeerSession open = session.getAndSet(null);
    if (open != null) {
      open.close();
    }
  }

  /** Leaves the swarm for good; a change that is under way ends early. */
  @Override
  public void close() {
    closed = true;
    closeSession();
  }
}
