package org.peerlet.core.torrent;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libtorrent4j.AddTorrentParams;
import org.libtorrent4j.AlertListener;
import org.libtorrent4j.SessionManager;
import org.libtorrent4j.SessionParams;
import org.libtorrent4j.SettingsPack;
import org.libtorrent4j.TcpEndpoint;
import org.libtorrent4j.TorrentFlags;
import org.libtorrent4j.TorrentHandle;
import org.libtorrent4j.TorrentInfo;
import org.libtorrent4j.alerts.Alert;
import org.libtorrent4j.alerts.AlertType;
import org.libtorrent4j.alerts.ListenFailedAlert;
import org.libtorrent4j.alerts.PortmapAlert;
import org.libtorrent4j.alerts.PortmapErrorAlert;
import org.libtorrent4j.alerts.TorrentAlert;
import org.libtorrent4j.alerts.TrackerErrorAlert;
import org.libtorrent4j.swig.address;
import org.libtorrent4j.swig.bitfield;
import org.libtorrent4j.swig.error_code;
import org.libtorrent4j.swig.int_string_map;
import org.libtorrent4j.swig.ip_filter;
import org.libtorrent4j.swig.settings_pack.int_types;
import org.libtorrent4j.swig.torrent_flags_t;
import org.libtorrent4j.swig.torrent_handle;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.InfoHash;
import org.peerlet.core.metainfo.MagnetUri;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.PieceStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One libtorrent session. It exists only once the viewer has consented to meet other viewers: as
 * long as there is none, no packet can leave for a tracker or a peer.
 *
 * <p>Always with posix disk I/O: the default backend replaces the JVM's SIGSEGV handler, and the
 * next compiled NullPointerException would end the process (facts.md, threats.md T22).
 */
public final class LibtorrentSession implements PeerSession {
  private static final Logger log = LoggerFactory.getLogger(LibtorrentSession.class);

  private final SessionManager session;
  private final ShareMode share;
  private final PeerId peerId;
  // Guards all below, and the native session: no call may be inside it while it goes.
  private final Object gate = new Object();
  // By libtorrent's number for a torrent: late alerts of one that was removed are not for one that
  // was added since under the same hash.
  private final Map<Long, Consumer<Alert<?>>> listeners = new HashMap<>();
  private final UnchokeSlots unchokeSlots = new UnchokeSlots();
  private final Set<MetadataFetch> fetches = new HashSet<>();
  private boolean closed;

  private LibtorrentSession(SessionManager session, ShareMode share, PeerId peerId) {
    this.session = session;
    this.share = share;
    this.peerId = peerId;
  }

  /**
   * Starts a session; takes about 0.2 s the first time, while the native library is loaded.
   *
   * @param share {@code ON} or {@code RECEIVE}
   * @param reach whom it may contact besides trackers and peers
   * @param nativeFolder where the native library may be unpacked
   * @throws StreamException {@code NATIVE_LIBRARY_MISSING}
   */
  public static LibtorrentSession open(ShareMode share, Reach reach, Path nativeFolder)
      throws StreamException {
    if (!share.contactsPeers()) {
      throw new IllegalArgumentException("no session without consent");
    }
    NativeLibrary.load(nativeFolder);
    PeerId peerId = PeerId.random(share);
    SettingsPack settings = SessionSettings.of(share, reach, peerId);
    SessionParams params = new SessionParams(settings);
    params.setPosixDiskIO();
    SessionManager manager = new SessionManager(false);
    LibtorrentSession opened = new LibtorrentSession(manager, share, peerId);
    manager.addListener(opened.new Alerts());
    manager.start(params);
    if (share != ShareMode.ON) {
      // Peers on the local network are unchoked beyond all slots, unless no peer is of their class.
      manager.swig().set_peer_class_filter(new ip_filter());
    }
    // SessionManager asks for every alert there is; blocks alone come by the ten thousand.
    manager.applySettings(settings);
    return opened;
  }

  PeerId peerId() {
    return peerId;
  }

  @Override
  public ShareMode share() {
    return share;
  }

  /** As it says there; the listener hears events on the alert thread. */
  @Override
  public Torrent add(
      Metainfo metainfo,
      PieceStore store,
      BitSet have,
      List<Integer> first,
      List<String> trackers,
      List<InetSocketAddress> peers,
      Consumer<TorrentEvent> listener) {
    LibtorrentTorrent torrent = new LibtorrentTorrent(this, metainfo, have, listener);
    AddTorrentParams params = new AddTorrentParams();
    params.setTorrentInfo(new TorrentInfo(metainfo.forLibtorrent()));
    params.setSavePath(store.folder().toString());
    int_string_map names = new int_string_map();
    metainfo.files().forEach(file -> names.put(file.index(), PieceStore.fileName(file.index())));
    params.swig().set_renamed_files(names);
    if (!have.isEmpty()) {
      bitfield pieces = new bitfield(metainfo.pieceCount(), false);
      have.stream().forEach(pieces::set_bit);
      params.swig().set_have_pieces(pieces);
    }
    LibtorrentTorrent.wantFirst(params, metainfo.pieceCount(), first);
    torrent.toldFirst(first);
    torrent_flags_t flags = TorrentFlags.SEQUENTIAL_DOWNLOAD;
    if (metainfo.isPrivate()) {
      flags = flags.or_(TorrentFlags.DISABLE_DHT).or_(TorrentFlags.DISABLE_PEX);
    }
    torrent.attach(addToSession(params, trackers, peers, flags, torrent::onAlert));
    return torrent;
  }

  @Override
  public CompletableFuture<MagnetMetadata> fetchMetadata(
      MagnetUri magnet, List<String> trackers, List<InetSocketAddress> peers, Path folder) {
    MetadataFetch fetch = new MetadataFetch(this, magnet);
    AddTorrentParams params = AddTorrentParams.parseMagnetUri(magnetOfHash(magnet.infoHash()));
    params.setSavePath(folder.toString());
    synchronized (gate) {
      if (closed) {
        fetch.sessionClosed();
        return fetch.result();
      }
      fetches.add(fetch);
      // Upload mode: no piece is asked for in the instant between the metadata and the removal.
      fetch.attach(addToSession(params, trackers, peers, TorrentFlags.UPLOAD_MODE, fetch::onAlert));
    }
    return fetch.result();
  }

  void ended(MetadataFetch fetch) {
    synchronized (gate) {
      fetches.remove(fetch);
    }
  }

  private static String magnetOfHash(InfoHash hash) {
    return "magnet:?xt=urn:btih:" + hash.hex();
  }

  private TorrentHandle addToSession(
      AddTorrentParams params,
      List<String> trackers,
      List<InetSocketAddress> peers,
      torrent_flags_t flags,
      Consumer<Alert<?>> listener) {
    params.setTrackers(trackers);
    List<TcpEndpoint> endpoints = new ArrayList<>();
    for (InetSocketAddress peer : peers) {
      endpoints.add(new TcpEndpoint(peer.getAddress().getHostAddress(), peer.getPort()));
    }
    params.peers(endpoints);
    params.setFlags(
        flags
            .or_(TorrentFlags.APPLY_IP_FILTER)
            .or_(TorrentFlags.OVERRIDE_WEB_SEEDS)
            .or_(TorrentFlags.OVERRIDE_TRACKERS));
    synchronized (gate) {
      if (closed) {
        throw new IllegalStateException("the session is closed");
      }
      error_code error = new error_code();
      torrent_handle handle = session.swig().add_torrent(params.swig(), error);
      if (error.value() != 0) {
        throw new IllegalStateException("libtorrent refused the torrent: " + error.message());
      }
      // Its first alerts wait at the gate until the listener is there.
      listeners.put(handle.id(), listener);
      return new TorrentHandle(handle);
    }
  }

  void remove(TorrentHandle handle) {
    whileOpen(
        () -> {
          listeners.remove(handle.swig().id());
          unchokeSlots.remove(handle.swig().id());
          session.remove(handle);
          applySlots();
        });
  }

  /** Calls native code, unless the session is closed. It must not wait for the alert thread. */
  void whileOpen(Runnable calls) {
    synchronized (gate) {
      if (!closed) {
        calls.run();
      }
    }
  }

  /**
   * Lets this many blocks be asked of one peer in advance. The session must be open.
   *
   * @see RequestDepth
   */
  void requestDepth(int blocks) {
    SettingsPack pack = new SettingsPack();
    SessionSettings.set(pack, int_types.max_out_request_queue, blocks);
    session.applySettings(pack);
  }

  /**
   * Sends to so many peers of a torrent at a time. The session must be open.
   *
   * @see UnchokeSlots
   */
  void unchoke(TorrentHandle handle, int slots) {
    unchokeSlots.set(handle.swig().id(), slots);
    applySlots();
  }

  private void applySlots() {
    if (share == ShareMode.ON && !unchokeSlots.isEmpty()) {
      session.applySettings(SessionSettings.withSlots(unchokeSlots.together(listeners.size())));
    }
  }

  /**
   * Closes the connections to these hosts, of all torrents, and makes and takes none, until told of
   * others. The session must be open.
   *
   * @param hosts addresses as libtorrent wrote them
   */
  void block(Collection<String> hosts) {
    ip_filter filter = new ip_filter();
    for (String host : hosts) {
      address at = address.from_string(host, new error_code());
      filter.add_rule(at, at, ip_filter.access_flags.blocked.swigValue());
    }
    session.swig().set_ip_filter(filter);
  }

  /** Lets uTP have its turn, see {@link UtpPolicy}. The session must be open. */
  void useUtp() {
    log.info("Some viewers can't be reached over TCP; uTP is tried as well");
    session.applySettings(SessionSettings.withUtp());
  }

  /** The TCP port that peers reach this session at; 0 when it listens nowhere. */
  public int listenPort() {
    synchronized (gate) {
      return closed ? 0 : session.swig().listen_port();
    }
  }

  @Override
  public void close() {
    List<MetadataFetch> unfinished;
    synchronized (gate) {
      if (closed) {
        return;
      }
      closed = true;
      listeners.clear();
      unfinished = List.copyOf(fetches);
    }
    unfinished.forEach(MetadataFetch::sessionClosed);
    stop();
  }

  /**
   * On a thread of its own, which nobody interrupts: interrupted in the wrong instant, {@code
   * SessionManager.stop} frees the session while its alert thread is still inside.
   */
  private void stop() {
    Thread stopping = new Thread(session::stop, "peerlet-leaving");
    stopping.start();
    boolean interrupted = false;
    while (stopping.isAlive()) {
      try {
        stopping.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hands each alert to the torrent it is about. Runs on libtorrent4j's alert thread. */
  private final class Alerts implements AlertListener {
    @Override
    public int @Nullable [] types() {
      return null; // all that the mask lets through
    }

    @Override
    public void alert(Alert<?> alert) {
      if (alert instanceof ListenFailedAlert failed) {
        log.warn("Can't listen: {}", Shown.field(failed.message()));
      } else if (alert instanceof TrackerErrorAlert failed) {
        log.info("Tracker: {}", Shown.field(failed.message()));
      } else if (alert instanceof PortmapAlert mapped) {
        log.info("The router lets peers in: {}", Shown.field(mapped.message()));
      } else if (alert instanceof PortmapErrorAlert failed) {
        log.info("The router lets no peers in: {}", Shown.field(failed.message()));
      } else if (alert.type() == AlertType.ALERTS_DROPPED) {
        log.warn("libtorrent dropped alerts; pieces are polled for");
      }
      if (alert instanceof TorrentAlert<?> about) {
        Consumer<Alert<?>> listener = listener(about.handle().swig());
        if (listener != null) {
          guarded(listener, alert);
        }
      }
    }

    private @Nullable Consumer<Alert<?>> listener(torrent_handle handle) {
      synchronized (gate) {
        return handle.is_valid() ? listeners.get(handle.id()) : null;
      }
    }

    /** A fault of ours must not end libtorrent4j's thread: no alert would come any more. */
    private void guarded(Consumer<Alert<?>> listener, Alert<?> alert) {
      try {
        listener.accept(alert);
      } catch (RuntimeException fault) {
        log.error("An alert could not be handled: {}", alert.type(), fault);
      }
    }
  }
}
