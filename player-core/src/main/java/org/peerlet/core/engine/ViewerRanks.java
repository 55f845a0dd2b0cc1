package org.peerlet.core.engine;

import java.util.BitSet;
import java.util.List;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.FirstCopy;
import org.peerlet.core.schedule.FirstCopy.Viewer;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;
import org.peerlet.core.torrent.SwarmStatus;

/** Where this viewer stands among those who want the same piece, as the swarm is at one moment. */
final class ViewerRanks {
  /**
   * Of the readahead: viewers who are so close to each other share the work by turns. By a fifth,
   * fewer do in a crowd that comes one by one, and more is fetched twice (simulated).
   */
  private static final int ABOUT_SHARE = 3;

  /** Of the readahead in percent: who has less may still be busy with its own start. */
  private static final int START_PERCENT = 15;

  /** As much more has somebody else, or the two started together. */
  private static final int BEHIND_PERCENT = 10;

  /** Of more viewers, a newcomer's part of the work is small, and all of it is needed. */
  private static final int FEW_OTHERS = 3;

  private final FileLayout layout;
  private final BitSet have;
  private final SwarmStatus swarm;
  // Those who share, but for who comes far behind and takes no turns.
  private final List<SwarmPeer> others;
  private final int knownViewers;
  private final int firstWanted;
  private final int reachPieces;
  private final int startPieces;
  private final boolean starting;

  /**
   * @param have the pieces that are here
   * @param knownViewers the most that were seen at a time, this one included: some may stay apart
   *     for a while, and are no strangers
   * @param firstWanted the piece that is wanted soonest
   * @param reachPieces how far ahead of what it has a viewer fetches
   */
  ViewerRanks(
      FileLayout layout,
      BitSet have,
      SwarmStatus swarm,
      int knownViewers,
      int firstWanted,
      int reachPieces) {
    this.layout = layout;
    this.have = have;
    this.swarm = swarm;
    this.knownViewers = knownViewers;
    this.firstWanted = firstWanted;
    this.reachPieces = reachPieces;
    int havePieces = have.cardinality();
    List<SwarmPeer> sharing =
        swarm.connected().stream().filter(peer -> peer.kind() == Kind.SHARING).toList();
    int farPieces = aboutPieces(reachPieces);
    others =
        sharing.stream()
            .filter(peer -> !FrontCopies.comesFarBehind(peer, havePieces, farPieces))
            .toList();
    startPieces = startPieces(sharing, havePieces, reachPieces);
    starting = havePieces < startPieces;
  }

  /**
   * How many viewers go before this one. Who only receives can't pass a piece on, and leaves it to
   * all who can.
   */
  int rank(int piece) {
    return rank(piece, aboutPieces(reachPieces));
  }

  /**
   * The same where the need alone counts: who lacks a piece less before this one goes first, though
   * it may be another's turn, who need not think of it yet.
   */
  int needRank(int piece) {
    return rank(piece, 1);
  }

  private int rank(int piece, int aboutPieces) {
    List<Viewer> wanting =
        others.stream()
            .filter(peer -> willWant(peer, piece))
            .map(peer -> viewer(peer, piece))
            .toList();
    if (swarm.selfKind() != Kind.SHARING) {
      return wanting.size();
    }
    // Several readers may want pieces in any order: what is behind the first is no sooner.
    Viewer self = new Viewer(swarm.self(), lacking(have, firstWanted, piece), starting);
    return FirstCopy.rank(piece, self, wanting, aboutPieces, knownViewers, swarm.swarmSize());
  }

  private Viewer viewer(SwarmPeer peer, int piece) {
    int lacking = lacking(peer.near(), frontier(peer), piece);
    return new Viewer(peer.id(), lacking, peer.pieceCount() < startPieces);
  }

  /** Who lacks so many more, needs a piece later, and takes no turns with this viewer. */
  static int aboutPieces(int reachPieces) {
    return Math.max(1, reachPieces / ABOUT_SHARE);
  }

  private static int lacking(BitSet have, int from, int piece) {
    return from >= piece ? 0 : piece - from - have.get(from, piece).cardinality();
  }

  /** Who has fewer counts as starting; 0 while all are, or many are there. */
  private static int startPieces(List<SwarmPeer> sharing, int havePieces, int reachPieces) {
    if (sharing.size() > FEW_OTHERS) {
      return 0;
    }
    int most = sharing.stream().mapToInt(SwarmPeer::pieceCount).reduce(havePieces, Math::max);
    int behind = most - reachPieces * BEHIND_PERCENT / 100;
    return Math.max(0, Math.min(behind, reachPieces * START_PERCENT / 100));
  }

  /**
   * Whether a viewer who shares is on the way to a piece: it has some shortly before it, or has
   * just begun like this one.
   */
  private boolean willWant(SwarmPeer peer, int piece) {
    if (peer.near().get(piece)) {
      return false;
    }
    int before = peer.near().previousSetBit(piece);
    boolean comes = before >= 0 && piece - before <= reachPieces;
    boolean begins = peer.pieceCount() <= reachPieces && piece - layout.firstPiece() <= reachPieces;
    return comes || begins;
  }

  /** The first piece that a viewer lacks, as far as it can be seen. */
  private int frontier(SwarmPeer peer) {
    int first = peer.near().nextSetBit(0);
    return first < 0 ? layout.firstPiece() : peer.near().nextClearBit(first);
  }
}
