package org.peerlet.ui.bench;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.libtorrent4j.AddTorrentParams;
import org.libtorrent4j.AlertListener;
import org.libtorrent4j.SessionManager;
import org.libtorrent4j.SessionParams;
import org.libtorrent4j.SettingsPack;
import org.libtorrent4j.TorrentFlags;
import org.libtorrent4j.TorrentInfo;
import org.libtorrent4j.alerts.Alert;
import org.libtorrent4j.alerts.AlertType;
import org.libtorrent4j.alerts.PieceFinishedAlert;
import org.libtorrent4j.swig.error_code;
import org.libtorrent4j.swig.settings_pack.bool_types;
import org.libtorrent4j.swig.settings_pack.string_types;

/**
 * The smallest possible program on libtorrent4j, to measure beside Peerlet: seeds a file, or
 * downloads one in order with nothing tuned but what makes it comparable (TCP, several peers at one
 * address).
 *
 * <p>{@code seed TORRENT FOLDER [BYTES_PER_SECOND [ADDRESS]]} runs until it is ended; 0 is no
 * limit, and at another address than loopback's it takes uTP as well, which strangers try first.
 * {@code leech TORRENT FOLDER} prints a {@link Sample} and ends. The time to the first byte counts
 * from the start of the session, as Peerlet's does.
 */
public final class BareLibtorrent {
  private BareLibtorrent() {}

  public static void main(String[] arguments) throws Exception {
    boolean seed = arguments[0].equals("seed");
    // Before the first native class: loading the library is part of every start.
    long sessionNanos = System.nanoTime();
    TorrentInfo torrent = new TorrentInfo(Path.of(arguments[1]).toFile());
    SessionManager session = new SessionManager(false);
    SettingsPack settings = new SettingsPack();
    String address = arguments.length > 4 ? arguments[4] : "127.0.0.1";
    settings.setString(string_types.listen_interfaces.swigValue(), address + ":0");
    settings.setBoolean(bool_types.enable_dht.swigValue(), false);
    settings.setBoolean(bool_types.enable_lsd.swigValue(), false);
    settings.setBoolean(bool_types.enable_upnp.swigValue(), false);
    settings.setBoolean(bool_types.enable_natpmp.swigValue(), false);
    settings.setBoolean(bool_types.enable_outgoing_utp.swigValue(), false);
    settings.setBoolean(bool_types.enable_incoming_utp.swigValue(), arguments.length > 4);
    settings.setBoolean(bool_types.allow_multiple_connections_per_ip.swigValue(), true);
    if (arguments.length > 3) {
      settings.uploadRateLimit(Integer.parseInt(arguments[3]));
    }
    SessionParams params = new SessionParams(settings);
    params.setPosixDiskIO();
    Progress progress = new Progress(torrent.numPieces());
    session.addListener(progress);
    session.start(params);
    AddTorrentParams add = new AddTorrentParams();
    add.setTorrentInfo(torrent);
    add.setSavePath(arguments[2]);
    add.setFlags(seed ? TorrentFlags.SEED_MODE : TorrentFlags.SEQUENTIAL_DOWNLOAD);
    session.swig().add_torrent(add.swig(), new error_code());
    if (seed) {
      System.out.println("seeding at " + session.swig().listen_port());
      Thread.sleep(Long.MAX_VALUE);
    }
    progress.all.await();
    long end = System.nanoTime();
    long first = progress.firstNanos.get();
    System.out.println(
        Sample.of((first - sessionNanos) / 1_000_000, torrent.totalSize(), end - first));
    Runtime.getRuntime().halt(0);
  }

  /** Notes when the first piece was there, and when all were. */
  private static final class Progress implements AlertListener {
    final CountDownLatch all = new CountDownLatch(1);
    final AtomicLong firstNanos = new AtomicLong();
    private final BitSet have = new BitSet();
    private final int pieces;

    Progress(int pieces) {
      this.pieces = pieces;
    }

    @Override
    public int[] types() {
      return new int[] {
        AlertType.PIECE_FINISHED.swig(),
        AlertType.TORRENT_FINISHED.swig(),
        AlertType.TRACKER_REPLY.swig()
      };
    }

    @Override
    public void alert(Alert<?> alert) {
      if (alert instanceof PieceFinishedAlert finished) {
        have.set(finished.pieceIndex());
        if (have.get(0)) {
          firstNanos.compareAndSet(0, System.nanoTime());
        }
      }
      if (alert.type() == AlertType.TRACKER_REPLY) {
        System.out.println("announced");
      }
      if (alert.type() == AlertType.TORRENT_FINISHED || have.cardinality() == pieces) {
        all.countDown();
      }
    }
  }
}
