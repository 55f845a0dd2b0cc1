package org.peerlet.core.torrent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.libtorrent4j.AddTorrentParams;
import org.libtorrent4j.SessionManager;
import org.libtorrent4j.TorrentHandle;
import org.libtorrent4j.TorrentInfo;
import org.libtorrent4j.swig.error_code;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.CacheFolder;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.peer.FakePeer;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/**
 * A program for a JVM of its own: streams with our session or downloads with libtorrent's default
 * disk backend, then throws NullPointerExceptions in compiled code. HotSpot finds a null by the
 * SIGSEGV that it causes; where native code has taken that signal, the process ends with 139.
 *
 * <p>Run with {@code -XX:TieredStopAtLevel=1}: the first compiler leaves every null to the signal,
 * however often it meets one; the second compiles a check once it has seen one.
 */
final class NullPointerDrill {
  private static final int EXCEPTIONS = 10_000;

  /** Calls until the method is surely compiled. */
  private static final int WARM_UP = 200_000;

  private static final TestTorrent TORRENT =
      TestTorrents.single("clip.mp4", Content.random(22, 32 << 20)).pieceLength(256 << 10).build();

  private static final class Box {
    int value = 1;
  }

  private NullPointerDrill() {}

  /**
   * Streams one way or the other, throws, and says how often it caught.
   *
   * @param arguments {@code ours} or {@code default}, and an empty folder
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    if (arguments[0].equals("ours")) {
      streamWithOurs(folder);
    } else {
      writeWithDefault(folder);
    }
    System.out.println("caught " + exceptions());
    System.out.flush();
    // Ending by itself would run libtorrent's destructors in any order.
    Runtime.getRuntime().halt(0);
  }

  private static void streamWithOurs(Path folder) throws Exception {
    Metainfo metainfo = Metainfo.parse(TORRENT.bytes());
    CacheFolder cache = CacheFolder.open(folder);
    CountDownLatch missing = new CountDownLatch(TORRENT.pieces());
    try (FakePeer peer = FakePeer.open(TORRENT);
        PieceStore store = PieceStore.open(cache, metainfo);
        LibtorrentSession session = LibtorrentSession.open(ShareMode.ON, Reach.NAMED, folder);
        Torrent torrent =
            session.add(
                metainfo,
                store,
                new BitSet(),
                List.of(0),
                List.of(),
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port())),
                event -> missing.countDown())) {
      torrent.want(everything(), 0);
      if (!missing.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException(missing.getCount() + " pieces did not come");
      }
      // While the session lives, as in a player.
      System.out.println("caught " + exceptions());
    }
  }

  private static Schedule everything() {
    return new Schedule(
        IntStream.range(0, TORRENT.pieces())
            .mapToObj(piece -> new PieceDeadline(piece, piece * 10L))
            .toList(),
        List.of());
  }

  private static void writeWithDefault(Path folder) throws Exception {
    NativeLibrary.load(folder);
    SessionManager manager = new SessionManager(false);
    manager.start();
    AddTorrentParams params = new AddTorrentParams();
    params.setTorrentInfo(new TorrentInfo(Metainfo.parse(TORRENT.bytes()).forLibtorrent()));
    params.setSavePath(Files.createDirectories(folder.resolve("files")).toString());
    TorrentHandle torrent =
        new TorrentHandle(manager.swig().add_torrent(params.swig(), new error_code()));
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!torrent.havePiece(0)) {
      if (System.nanoTime() > giveUp) {
        throw new IllegalStateException("the piece was not written");
      }
      torrent.addPiece(0, TORRENT.piece(0));
      Thread.sleep(50);
    }
  }

  private static int exceptions() {
    Box box = new Box();
    int sum = 0;
    for (int i = 0; i < WARM_UP; i++) {
      sum += valueOf(box);
    }
    int caught = 0;
    Set<Integer> keep = new HashSet<>();
    for (int i = 0; i < EXCEPTIONS; i++) {
      try {
        keep.add(valueOf(null));
      } catch (NullPointerException expected) {
        caught++;
      }
    }
    return sum == WARM_UP && keep.isEmpty() ? caught : -1;
  }

  @SuppressWarnings("NullAway") // the point of it
  private static int valueOf(@Nullable Box box) {
    return box.value;
  }
}
