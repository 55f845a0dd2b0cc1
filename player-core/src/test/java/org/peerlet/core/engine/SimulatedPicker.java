package org.peerlet.core.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.peerlet.core.engine.SimulatedLink.Block;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.torrent.BlocksInAdvance;
import org.peerlet.core.torrent.WishedPieces;

/**
 * libtorrent's choice, in virtual time: which block a viewer asks of which peer. Knows what is
 * there, what is on its way, and what the peers have told of themselves.
 */
final class SimulatedPicker {
  static final int BLOCK_BYTES = 16 << 10;

  private final FileLayout layout;
  private final Random random;
  private final int blocksPerPiece;
  private final List<SimulatedLink> sources = new ArrayList<>();
  private final Map<Integer, Block> underWay = new HashMap<>();
  private final BitSet have = new BitSet();
  private final BitSet blocks = new BitSet();
  private final BitSet wanted = new BitSet();
  private final short[] holders;
  private WishedPieces wishes = WishedPieces.NONE;
  private int depth = BlocksInAdvance.AT_FIRST;
  private long wastedBytes;

  SimulatedPicker(FileLayout layout, Random random) {
    this.layout = layout;
    this.random = random;
    this.blocksPerPiece = (layout.pieceLength() + BLOCK_BYTES - 1) / BLOCK_BYTES;
    this.holders = new short[layout.pieceCount()];
  }

  /** The verified pieces; grows. */
  BitSet have() {
    return have;
  }

  /** Whom blocks can be asked of. */
  List<SimulatedLink> sources() {
    return sources;
  }

  /** Of blocks that had come already. */
  long wastedBytes() {
    return wastedBytes;
  }

  /** A connection stands. */
  void connected(SimulatedLink link) {
    sources.add(link);
    count(link.from, 1);
    fill(link);
  }

  /** The other side has left. */
  void lost(SimulatedLink link) {
    sources.remove(link);
    count(link.from, -1);
    underWay.values().removeIf(block -> block.link == link);
  }

  /** The other side refuses what waits there; what is asked of others instead. */
  void choked(SimulatedLink link) {
    underWay.values().removeIf(block -> block.link == link && link.refuse(block));
    sources.forEach(this::fill);
  }

  /** Whether something of this is wanted. */
  boolean wantsOf(BitSet told) {
    for (int piece = wanted.nextSetBit(0); piece >= 0; piece = wanted.nextSetBit(piece + 1)) {
      if (told.get(piece) && !have.get(piece)) {
        return true;
      }
    }
    return false;
  }

  private void count(SimulatedViewer holder, int change) {
    if (holder.shares()) {
      holder.told().stream().forEach(piece -> holders[piece] += (short) change);
    }
  }

  /** A peer has a piece now; libtorrent asks for it at once, if it is wanted. */
  void heard(SimulatedLink link, int piece) {
    holders[piece]++;
    if (wanted.get(piece) && !have.get(piece)) {
      fill(link);
    }
  }

  /** Asks for what is wanted from now on. */
  void want(Schedule schedule, long nowMillis, long bytesPerSecond) {
    wishes = WishedPieces.NONE;
    wanted.clear();
    double fastest = sources.stream().mapToDouble(SimulatedLink::bytesPerSecond).max().orElse(0);
    depth = BlocksInAdvance.of((long) fastest, sources.size(), schedule.soonestMillis(), depth);
    if (schedule.isSatisfied()) {
      return; // What is wanted beyond the windows alone only trickles in.
    }
    for (PieceDeadline each : schedule.deadlines()) {
      wanted.set(each.piece());
    }
    schedule.beyond().forEach(wanted::set);
    wishes =
        WishedPieces.of(
            schedule, nowMillis, bytesPerSecond, layout.pieceLength(), piece -> holders[piece] > 0);
    for (int piece : wishes.hurried()) {
      hurry(piece);
    }
    sources.forEach(this::fill);
  }

  /** Each block of the peer whose queue is the shortest. */
  private void hurry(int piece) {
    for (int block = nextBlock(piece); block >= 0; block = nextBlock(piece)) {
      SimulatedLink best = null;
      for (SimulatedLink link : sources) {
        if (link.from.told().get(piece)
            && link.room(depth) > 0
            && (best == null || link.outstanding() < best.outstanding())) {
          best = link;
        }
      }
      if (best == null) {
        return;
      }
      ask(best, block);
    }
  }

  /** What this peer can bring: of what has top priority the rarest, else what comes later. */
  void fill(SimulatedLink link) {
    for (int room = link.room(depth); room > 0; room--) {
      int piece = rarest(link);
      if (piece < 0) {
        piece = next(link);
      }
      if (piece < 0) {
        return;
      }
      ask(link, nextBlock(piece));
    }
  }

  private int rarest(SimulatedLink link) {
    int hurried = wishes.hurried().size();
    int count = hurried + wishes.anyOrder().size();
    int from = count == 0 ? 0 : random.nextInt(count);
    int best = -1;
    int bestScore = Integer.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      int at = (from + i) % count;
      int piece = at < hurried ? wishes.hurried().get(at) : wishes.anyOrder().get(at - hurried);
      if (link.from.told().get(piece) && nextBlock(piece) >= 0) {
        int score = holders[piece] - (isBegun(piece) ? 1 : 0);
        if (score < bestScore) {
          best = piece;
          bestScore = score;
        }
      }
    }
    return best;
  }

  /** libtorrent would rather end a piece than begin one, as if one peer less had it. */
  private boolean isBegun(int piece) {
    int first = piece * blocksPerPiece;
    for (int block = first; block < first + blockCount(piece); block++) {
      if (blocks.get(block) || underWay.containsKey(block)) {
        return true;
      }
    }
    return false;
  }

  private int next(SimulatedLink link) {
    for (int piece : wishes.later()) {
      if (link.from.told().get(piece) && nextBlock(piece) >= 0) {
        return piece;
      }
    }
    return -1;
  }

  private void ask(SimulatedLink link, int block) {
    underWay.put(block, link.ask(block));
  }

  /** The first block of a piece that nobody brings; negative if there is none. */
  private int nextBlock(int piece) {
    if (have.get(piece)) {
      return -1;
    }
    int first = piece * blocksPerPiece;
    int end = first + blockCount(piece);
    for (int block = blocks.nextClearBit(first);
        block < end;
        block = blocks.nextClearBit(block + 1)) {
      if (!underWay.containsKey(block)) {
        return block;
      }
    }
    return -1;
  }

  private int blockCount(int piece) {
    return (layout.pieceSize(piece) + BLOCK_BYTES - 1) / BLOCK_BYTES;
  }

  int blockBytes(int block) {
    int piece = block / blocksPerPiece;
    return Math.min(BLOCK_BYTES, layout.pieceSize(piece) - block % blocksPerPiece * BLOCK_BYTES);
  }

  /**
   * A block arrived.
   *
   * @return the piece that is whole now; negative if none is
   */
  int received(Block block) {
    int piece = block.index / blocksPerPiece;
    if (underWay.get(block.index) == block) {
      underWay.remove(block.index);
    }
    if (have.get(piece) || blocks.get(block.index)) {
      wastedBytes += blockBytes(block.index);
      return -1;
    }
    blocks.set(block.index);
    int first = piece * blocksPerPiece;
    return blocks.nextClearBit(first) >= first + blockCount(piece) ? piece : -1;
  }

  /** A piece is there, from wherever; nobody else has to bring it. */
  void verified(int piece) {
    have.set(piece);
    int first = piece * blocksPerPiece;
    for (int block = first; block < first + blockCount(piece); block++) {
      Block other = underWay.remove(block);
      if (other != null) {
        other.link.cancel(other);
      }
    }
  }

  /** The viewer has left. */
  void leave() {
    sources.forEach(SimulatedLink::close);
    sources.clear();
    underWay.clear();
  }
}
