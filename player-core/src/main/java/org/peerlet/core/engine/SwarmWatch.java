package org.peerlet.core.engine;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.peerlet.core.schedule.BandwidthMeter;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.torrent.SwarmPeer.Kind;
import org.peerlet.core.torrent.SwarmStatus;

/**
 * What a viewer makes of the swarm as it is and has been: whether peers are there or may be in a
 * moment, what they bring, and whom it spares. Time is handed in. Confined to the engine thread.
 */
final class SwarmWatch {
  /** From the leave to contact peers to the first one: session, tracker, connection, unchoke. */
  private static final long HOPE_MILLIS = 4_000;

  /** Once a tracker has named others: until the first of them is connected. */
  private static final long CONNECT_MILLIS = 2_000;

  /** Handshakes of both sides and the list of pieces, over a long line. */
  private static final long TELLING_MILLIS = 500;

  /** Soon enough to see a swarm die, long enough to bridge the gaps between its blocks. */
  private static final double METER_MILLIS = 1_000;

  private final BandwidthMeter meter = new BandwidthMeter(METER_MILLIS);
  private final NeighbourPolicy neighbours = new NeighbourPolicy();
  private final SeekBacklog backlog = new SeekBacklog();
  private Set<String> spared = Set.of();
  private int unchokeSlots = UnchokePolicy.ALL;
  private boolean answered;
  private boolean peersAllowed;
  private long peersAllowedAtMillis;
  private long announcedAtMillis = -1;
  private long connectedAtMillis = -1;
  private long bytesFromPeers;

  /** Whether peers may be hoped for. */
  void allowPeers(boolean allowed, long nowMillis) {
    answered = true;
    if (allowed && !peersAllowed) {
      peersAllowedAtMillis = nowMillis;
    }
    peersAllowed = allowed;
  }

  boolean peersAllowed() {
    return peersAllowed;
  }

  /** Whether no peer will come: the viewer may not have been asked yet. */
  boolean peersRuledOut() {
    return answered && !peersAllowed;
  }

  /**
   * Takes down who reads what, what peers have brought, and when a tracker answered.
   *
   * @param deadlines of what is wanted now, soonest first
   * @param have the pieces that are here
   * @return whether what peers were asked for is to be taken back, since nobody reads there now
   */
  boolean note(
      List<ReaderView> readers,
      List<PieceDeadline> deadlines,
      BitSet have,
      SwarmStatus swarm,
      long nowMillis) {
    meter.add(Math.max(0, swarm.bytesFromPeers() - bytesFromPeers), nowMillis);
    bytesFromPeers = swarm.bytesFromPeers();
    if (!swarm.announced()) {
      announcedAtMillis = -1;
    } else if (announcedAtMillis < 0) {
      announcedAtMillis = nowMillis;
    }
    return backlog.note(readers, deadlines, have, swarm, meter.bytesPerSecond(nowMillis));
  }

  /**
   * Decides whom to spare.
   *
   * @param inHandMillis when the first piece that is missing is needed
   * @return the ids of all who are spared, where that has changed
   */
  Optional<Set<String>> spare(
      NeighbourPolicy.Self self, long inHandMillis, SwarmStatus swarm, long nowMillis) {
    Set<String> before = spared;
    spared = neighbours.decide(self, inHandMillis, swarm.connected(), nowMillis);
    return spared.equals(before) ? Optional.empty() : Optional.of(spared);
  }

  /**
   * Decides how many peers are sent to at a time, see {@link UnchokePolicy}.
   *
   * @param clipPieces how many the clip has
   * @return where that has changed
   */
  OptionalInt unchoke(NeighbourPolicy.Self self, int clipPieces, SwarmStatus swarm) {
    int before = unchokeSlots;
    unchokeSlots = UnchokePolicy.slots(self, clipPieces, swarm.connected());
    return unchokeSlots == before ? OptionalInt.empty() : OptionalInt.of(unchokeSlots);
  }

  /**
   * Whether a viewer will soon leave, and take along what it has: a single other one, who came
   * before, or one who has all of the clip and so has seen most of it. Pieces of a torrent's other
   * files count as well: a viewer's number tells nothing of which they are.
   *
   * @param clipPieces how many the clip has
   */
  boolean losesSomebody(SwarmStatus swarm, int clipPieces) {
    boolean pair = swarm.connected().size() == 1 && spared.isEmpty();
    return peersAllowed
        && (pair
            || swarm.connected().stream()
                .anyMatch(peer -> peer.kind() == Kind.SHARING && peer.pieceCount() >= clipPieces));
  }

  /** Whether some are spared, or have not had the time to come back. */
  boolean isApart(long nowMillis) {
    return neighbours.isApart(nowMillis);
  }

  /**
   * The swarm for the origin policy.
   *
   * @param fed whether somebody fetches first copies for this viewer
   */
  OriginPolicy.Swarm seen(SwarmStatus swarm, boolean fed, long nowMillis) {
    boolean connected = peersAllowed && !swarm.connected().isEmpty();
    if (!connected || connectedAtMillis < 0) {
      connectedAtMillis = nowMillis;
    }
    // A peer tells what it has a moment after it has told who it is.
    boolean known =
        connected
            && (nowMillis - connectedAtMillis >= TELLING_MILLIS
                || swarm.connected().stream().anyMatch(peer -> peer.pieceCount() > 0));
    boolean apart = neighbours.isApart(nowMillis);
    return new OriginPolicy.Swarm(
        connected || (peersAllowed && (apart || hopes(swarm, nowMillis))),
        known,
        sharers(swarm),
        farMillis(apart, fed),
        backlog.keepsPeersBusy(swarm),
        meter.bytesPerSecond(nowMillis));
  }

  private static long farMillis(boolean apart, boolean fed) {
    if (apart) {
      return OriginPolicy.APART_NEAR_MILLIS;
    }
    return fed ? OriginPolicy.FED_NEAR_MILLIS : OriginPolicy.FAR_MILLIS;
  }

  private static int sharers(SwarmStatus swarm) {
    long others = swarm.connected().stream().filter(peer -> peer.kind() == Kind.SHARING).count();
    return Math.max(1, (int) others + (swarm.selfKind() == Kind.SHARING ? 1 : 0));
  }

  /** Whether the first peer may be there in a moment. */
  private boolean hopes(SwarmStatus swarm, long nowMillis) {
    if (announcedAtMillis < 0) {
      return nowMillis - peersAllowedAtMillis < HOPE_MILLIS;
    }
    return swarm.swarmSize() != 1 && nowMillis - announcedAtMillis < CONNECT_MILLIS;
  }
}
