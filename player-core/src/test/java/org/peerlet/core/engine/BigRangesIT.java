package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.peer.FakePeer;
import org.peerlet.fixtures.peer.TinyTracker;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** Random ranges are exact, of clips far beyond 4 GiB and of the smallest (faults F28–F30). */
class BigRangesIT {
  private static final long BIG = (4L << 30) + (300L << 20) + 12_345;
  private static final int PIECE = 256 << 10;

  /** Longer than a piece, so that some ranges span three. */
  private static final int MAX_RANGE_BITS = 19;

  @TempDir Path folder;

  @Test
  void readsAThousandRangesOfABigClip() throws Exception {
    Content clip = Content.sparse(30, BIG);
    try (FaultyOrigin origin = FaultyOrigin.open();
        EngineLab lab = EngineLab.open(folder)) {
      String url = origin.serve("clip.mp4", clip).toString();
      TestTorrent torrent =
          TestTorrents.single("clip.mp4", clip).pieceLength(PIECE).webSeed(url).build();
      TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
      readRanges(lab, stream, clip, 1000);
    }
  }

  @Test
  void readsRangesOfABigClipFromPeers() throws Exception {
    Content clip = Content.sparse(31, BIG);
    try (TinyTracker tracker = TinyTracker.open();
        EngineLab lab = EngineLab.open(folder)) {
      TestTorrent torrent =
          TestTorrents.single("clip.mp4", clip).pieceLength(PIECE).tracker(tracker.url()).build();
      try (FakePeer peer = FakePeer.open(torrent)) {
        tracker.peer(peer);
        TorrentStream stream = lab.stream(torrent, ShareMode.RECEIVE);
        readRanges(lab, stream, clip, 300);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, PIECE - 1, PIECE, PIECE + 1})
  void readsRangesOfASmallClip(int length) throws Exception {
    Content clip = Content.random(length, length);
    try (FaultyOrigin origin = FaultyOrigin.open();
        EngineLab lab = EngineLab.open(folder)) {
      String url = origin.serve("clip.mp4", clip).toString();
      TestTorrent torrent =
          TestTorrents.single("clip.mp4", clip).pieceLength(PIECE).webSeed(url).build();
      TorrentStream stream =
          lab.stream(torrent.writeTorrent(folder).toString(), Optional.of(ShareMode.OFF));
      byte[] whole = lab.read(stream);
      assertThat(whole).hasSize(length);
      EngineLab.assertSame(whole, clip, 0);
      readRanges(lab, stream, clip, 1000);
    }
  }

  private static void readRanges(EngineLab lab, TorrentStream stream, Content clip, int count)
      throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      int wanted = 1 + random.nextInt(1 << (1 + random.nextInt(MAX_RANGE_BITS)));
      long first =
          Math.max(0, Math.min(clip.length() - 1, position(random, clip.length(), wanted)));
      long end = Math.min(clip.length(), first + wanted);
      byte[] read = lab.read(stream, first, end);
      assertThat(read.length).as("range " + i).isEqualTo((int) (end - first));
      EngineLab.assertSame(read, clip, first);
    }
  }

  /** Anywhere, or across an offset where something is likely to overflow or to end. */
  private static long position(Random random, long length, long wanted) {
    long inside = (long) (random.nextDouble() * wanted);
    return switch (random.nextInt(6)) {
      case 0 -> (1L << 31) - inside;
      case 1 -> (1L << 32) - inside;
      case 2 -> length - wanted;
      case 3 -> (long) random.nextInt(20) * PIECE - inside;
      // The sparse content's islands: elsewhere it is the same at every offset.
      case 4 -> ((long) random.nextInt(17) << 28) - inside;
      default -> (long) (random.nextDouble() * length);
    };
  }
}
