package org.peerlet.core.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One direction of a connection: who asks whom for blocks, which come in the order asked. */
final class SimulatedLink {
  /** As others keep to it, see {@code SessionSettings}. */
  private static final int MOST_BLOCKS = 8;

  /** As libtorrent starts. */
  private static final int LEAST_BLOCKS = 2;

  /** Of {@code request_queue_time}: as much is asked for as comes in a second. */
  private static final double QUEUE_MILLIS = 1_000;

  final SimulatedViewer from;
  final SimulatedViewer to;
  private final VirtualTime time;
  private final Deque<Block> queue = new ArrayDeque<>();
  private @Nullable Block sending;
  private SharedLine.@Nullable Transfer transfer;
  private int outstanding;
  private double recentBytes;
  private long recentAtMillis;
  private double roundBytes;
  private boolean choked;
  private boolean closed;

  /** A block that was asked for. */
  static final class Block {
    final SimulatedLink link;
    final int index;
    private boolean begun;
    private boolean cancelled;

    private Block(SimulatedLink link, int index) {
      this.link = link;
      this.index = index;
    }
  }

  SimulatedLink(SimulatedViewer from, SimulatedViewer to, VirtualTime time) {
    this.from = from;
    this.to = to;
    this.time = time;
    this.recentAtMillis = time.nowMillis();
  }

  /**
   * How many more blocks may be asked for now.
   *
   * @param depth as many as the viewer lets be asked of any peer in advance
   */
  int room(int depth) {
    if (closed || choked || !from.shares()) {
      return 0;
    }
    double blocks = Math.ceil(bytesPerSecond() / SimulatedPicker.BLOCK_BYTES);
    int most = Math.min(MOST_BLOCKS, depth);
    return (int) Math.max(LEAST_BLOCKS, Math.min(most, blocks)) - outstanding;
  }

  int outstanding() {
    return outstanding;
  }

  /** At which blocks have come lately. */
  double bytesPerSecond() {
    return recentBytes(time.nowMillis()) * 1000 / QUEUE_MILLIS;
  }

  private double recentBytes(long nowMillis) {
    return recentBytes * Math.exp(-(nowMillis - recentAtMillis) / QUEUE_MILLIS);
  }

  Block ask(int index) {
    Block block = new Block(this, index);
    outstanding++;
    time.afterMillis(CrowdSimulation.ONE_WAY_MILLIS, () -> asked(block));
    return block;
  }

  private void asked(Block block) {
    queue.add(block);
    sendNext();
  }

  private void sendNext() {
    while (!closed && sending == null && !queue.isEmpty()) {
      Block block = queue.remove();
      if (!block.cancelled) {
        sending = block;
        block.begun = true;
        transfer = from.line().begin(to.blockBytes(block.index), () -> sent(block));
      }
    }
  }

  private void sent(Block block) {
    sending = null;
    transfer = null;
    int bytes = to.blockBytes(block.index);
    to.paid(bytes);
    time.afterMillis(CrowdSimulation.ONE_WAY_MILLIS, () -> arrived(block, bytes));
    sendNext();
  }

  private void arrived(Block block, int bytes) {
    long now = time.nowMillis();
    recentBytes = recentBytes(now) + bytes;
    recentAtMillis = now;
    roundBytes += bytes;
    if (!block.cancelled) {
      outstanding--;
    }
    if (!closed) {
      to.received(block);
    }
  }

  /** Somebody else brought it. What is being sent comes nevertheless. */
  void cancel(Block block) {
    if (!block.cancelled) {
      block.cancelled = true;
      outstanding--;
    }
  }

  /** Whether the receiver wants something that the sender has. */
  boolean isInterested() {
    return to.isInterestedIn(from);
  }

  boolean isChoked() {
    return choked;
  }

  /** Sends nothing any more but what is being sent; what waits can be asked of others. */
  void choke() {
    if (!choked) {
      choked = true;
      to.choked(this);
    }
  }

  /** Gives a block up, unless it has left or is being sent. */
  boolean refuse(Block block) {
    boolean waits = !block.begun;
    if (waits) {
      cancel(block);
    }
    return waits;
  }

  void unchoke() {
    if (choked) {
      choked = false;
      to.unchoked(this);
    }
  }

  /** What has come since this was last asked. */
  double takeRoundBytes() {
    double bytes = roundBytes;
    roundBytes = 0;
    return bytes;
  }

  /** What has come of the block that is being sent. */
  double partialBytes() {
    SharedLine.Transfer now = transfer;
    return now == null ? 0 : from.line().sentOf(now);
  }

  void close() {
    closed = true;
    SharedLine.Transfer now = transfer;
    if (now != null) {
      to.paid((int) from.line().sentOf(now));
      from.line().stop(now);
      transfer = null;
      sending = null;
    }
    queue.clear();
  }
}
