package org.peerlet.core.torrent;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.storage.PieceStore;
import org.peerlet.fixtures.torrent.TestTorrent;

/**
 * A torrent whose swarm plays a script: each {@link #step} is what peers do next, on the calling
 * thread. Pieces count as delivered by peers; what comes through {@link #addPiece} does not.
 */
public final class FakeTorrent implements Torrent {
  private final TestTorrent content;
  private final Metainfo metainfo;
  private final PieceStore store;
  private final Consumer<TorrentEvent> listener;
  private final BitSet have;
  private final List<Schedule> wishes = new ArrayList<>();
  private final Deque<Step> script = new ArrayDeque<>();
  private long bytesFromPeers;
  private long bytesDuplicate;
  private boolean closed;

  /** What the swarm does. */
  public sealed interface Step {
    /** A piece comes from a peer, wanted or not. */
    record Deliver(int piece) implements Step {}

    /** The piece that is wanted soonest comes; none, if none is wanted. */
    record DeliverSoonest() implements Step {}

    /** A piece comes with a wrong bit. */
    record Corrupt(int piece) implements Step {}

    /** Nothing comes. */
    record Stall() implements Step {}
  }

  public FakeTorrent(
      TestTorrent content,
      Metainfo metainfo,
      PieceStore store,
      BitSet have,
      Consumer<TorrentEvent> listener) {
    this.content = content;
    this.metainfo = metainfo;
    this.store = store;
    this.have = (BitSet) have.clone();
    this.listener = listener;
  }

  /** Adds to the script. */
  public FakeTorrent then(Step... steps) {
    script.addAll(List.of(steps));
    return this;
  }

  /** Plays the next step of the script; false at its end. */
  public boolean step() {
    Step next = script.poll();
    if (next instanceof Step.Deliver deliver) {
      fromPeer(deliver.piece(), content.piece(deliver.piece()));
    } else if (next instanceof Step.DeliverSoonest) {
      soonest();
    } else if (next instanceof Step.Corrupt corrupt) {
      byte[] wrong = content.piece(corrupt.piece());
      wrong[0] ^= 1;
      fromPeer(corrupt.piece(), wrong);
    }
    return next != null;
  }

  private void soonest() {
    Schedule wish = wishes.isEmpty() ? Schedule.EMPTY : wishes.get(wishes.size() - 1);
    wish.deadlines().stream()
        .mapToInt(wanted -> wanted.piece())
        .filter(piece -> !have.get(piece))
        .findFirst()
        .ifPresent(piece -> fromPeer(piece, content.piece(piece)));
  }

  private void fromPeer(int piece, byte[] data) {
    if (closed) {
      return;
    }
    bytesFromPeers += data.length;
    if (have.get(piece) || !metainfo.verify(piece, data)) {
      bytesDuplicate += data.length;
    }
    addPiece(piece, data);
  }

  /** All schedules that {@link #want} was given, the last one last. */
  public List<Schedule> wishes() {
    return List.copyOf(wishes);
  }

  @Override
  public void want(Schedule schedule, long nowMillis) {
    if (!closed) {
      wishes.add(schedule);
    }
  }

  @Override
  public void spare(Set<String> peers) {}

  @Override
  public void unchoke(int slots) {}

  @Override
  public void takeBack() {}

  @Override
  public void addPiece(int piece, byte[] data) {
    Objects.checkIndex(piece, metainfo.pieceCount());
    if (closed || have.get(piece)) {
      return;
    }
    if (!metainfo.verify(piece, data)) {
      listener.accept(new TorrentEvent.PieceRejected(piece));
      return;
    }
    try {
      store.write(piece, data);
    } catch (IOException failed) {
      listener.accept(new TorrentEvent.StorageFailed("The fake's store failed: " + failed));
      return;
    }
    have.set(piece);
    listener.accept(new TorrentEvent.PieceVerified(piece));
  }

  @Override
  public BitSet have() {
    return (BitSet) have.clone();
  }

  @Override
  public SwarmStatus swarm() {
    return new SwarmStatus(1, 0, 0, bytesFromPeers, 0, bytesDuplicate);
  }

  @Override
  public void close() {
    closed = true;
  }
}
