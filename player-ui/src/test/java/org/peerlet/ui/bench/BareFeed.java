package org.peerlet.ui.bench;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.libtorrent4j.AddTorrentParams;
import org.libtorrent4j.AlertListener;
import org.libtorrent4j.SessionManager;
import org.libtorrent4j.SessionParams;
import org.libtorrent4j.SettingsPack;
import org.libtorrent4j.TorrentFlags;
import org.libtorrent4j.TorrentHandle;
import org.libtorrent4j.TorrentInfo;
import org.libtorrent4j.TorrentStatus;
import org.libtorrent4j.alerts.Alert;
import org.libtorrent4j.alerts.AlertType;
import org.libtorrent4j.alerts.PieceFinishedAlert;
import org.libtorrent4j.swig.error_code;
import org.libtorrent4j.swig.ip_filter;
import org.libtorrent4j.swig.settings_pack.bool_types;
import org.libtorrent4j.swig.settings_pack.int_types;
import org.libtorrent4j.swig.settings_pack.string_types;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.StreamStatus.State;
import org.peerlet.core.media.Mp4Index;

/**
 * The clip by the smallest possible program on libtorrent4j: the torrent's tracker and web seed,
 * sequential download, a deadline for each piece that rises at the clip's rate, and nothing tuned.
 */
final class BareFeed implements ViewerFeed, AlertListener {
  private final URI torrentUrl;
  private final boolean uploads;
  private final Path folder;
  private final LocalClip clip;
  private final SessionManager session = new SessionManager(false);
  private final BitSet have = new BitSet();
  private volatile long firstByteNanos;
  private volatile int pieceLength = 1;
  private @Nullable TorrentHandle torrent;
  private @Nullable StreamStatus last;

  BareFeed(URI torrentUrl, boolean uploads, Path folder, LocalClip clip) {
    this.torrentUrl = torrentUrl;
    this.uploads = uploads;
    this.folder = folder;
    this.clip = clip;
  }

  @Override
  public Mp4Index open() throws Exception {
    byte[] bytes;
    try (InputStream in = torrentUrl.toURL().openStream()) {
      bytes = in.readAllBytes();
    }
    TorrentInfo info = new TorrentInfo(bytes);
    pieceLength = info.pieceLength();
    SettingsPack settings = new SettingsPack();
    settings.setString(string_types.listen_interfaces.swigValue(), "0.0.0.0:0");
    settings.setBoolean(bool_types.enable_dht.swigValue(), false);
    settings.setBoolean(bool_types.enable_lsd.swigValue(), false);
    settings.setBoolean(bool_types.enable_upnp.swigValue(), false);
    settings.setBoolean(bool_types.enable_natpmp.swigValue(), false);
    if (!uploads) {
      settings.setInteger(int_types.unchoke_slots_limit.swigValue(), 0);
      settings.setInteger(int_types.allowed_fast_set_size.swigValue(), 0);
    }
    SessionParams params = new SessionParams(settings);
    params.setPosixDiskIO();
    session.addListener(this);
    session.start(params);
    if (!uploads) {
      session.swig().set_peer_class_filter(new ip_filter());
    }
    AddTorrentParams add = new AddTorrentParams();
    add.setTorrentInfo(info);
    add.setSavePath(folder.toString());
    add.setFlags(TorrentFlags.SEQUENTIAL_DOWNLOAD);
    TorrentHandle handle =
        new TorrentHandle(session.swig().add_torrent(add.swig(), new error_code()));
    torrent = handle;
    double pieceMillis = clip.index().duration().toMillis() / (double) info.numPieces();
    for (int piece = 0; piece < info.numPieces(); piece++) {
      handle.setPieceDeadline(piece, (int) (piece * pieceMillis));
    }
    return clip.index();
  }

  @Override
  public int[] types() {
    return new int[] {AlertType.PIECE_FINISHED.swig()};
  }

  @Override
  public void alert(Alert<?> alert) {
    if (alert instanceof PieceFinishedAlert finished) {
      synchronized (have) {
        have.set(finished.pieceIndex());
        if (firstByteNanos == 0 && have.get(0)) {
          firstByteNanos = System.nanoTime();
        }
      }
    }
  }

  @Override
  public void playback(Duration position, boolean playing) {
    // Its deadlines were given at the start.
  }

  private List<ByteSpan> buffered() {
    List<ByteSpan> spans = new ArrayList<>();
    synchronized (have) {
      for (int first = have.nextSetBit(0); first >= 0; ) {
        int end = have.nextClearBit(first);
        spans.add(
            new ByteSpan(
                (long) first * pieceLength,
                Math.min((long) end * pieceLength, clip.lengthBytes())));
        first = have.nextSetBit(end);
      }
    }
    return spans;
  }

  @Override
  public StreamStatus status() {
    if (last != null) {
      return last;
    }
    TorrentHandle handle = torrent;
    TorrentStatus status = handle == null ? null : handle.status();
    if (status == null) {
      return StreamStatus.OPENING;
    }
    return new StreamStatus(
        State.STREAMING,
        "",
        clip.lengthBytes(),
        0,
        buffered(),
        null,
        status.numPeers(),
        false,
        status.downloadPayloadRate(),
        status.uploadPayloadRate(),
        new StreamStatus.Bytes(
            status.totalPayloadDownload(),
            0,
            status.totalFailedBytes() + status.totalRedundantBytes(),
            status.totalPayloadUpload()),
        StreamStatus.OriginUse.NONE,
        null,
        null,
        null);
  }

  /** A piece that is there can be read at once. */
  @Override
  public long readBytes() {
    synchronized (have) {
      return Math.min((long) have.nextClearBit(0) * pieceLength, clip.lengthBytes());
    }
  }

  @Override
  public OptionalLong firstByteNanos() {
    return firstByteNanos == 0 ? OptionalLong.empty() : OptionalLong.of(firstByteNanos);
  }

  /** A piece comes as a whole. */
  @Override
  public OptionalLong markNanos() {
    return firstByteNanos();
  }

  @Override
  public void close() {
    last = status();
    torrent = null;
    session.stop();
  }
}
