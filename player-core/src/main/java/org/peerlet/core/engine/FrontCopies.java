package org.peerlet.core.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.NearPieces;
import org.peerlet.core.schedule.OriginPolicy.Reason;
import org.peerlet.core.schedule.OriginPolicy.Verdict;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.ReadWindow;
import org.peerlet.core.schedule.ReadaheadPolicy;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;
import org.peerlet.core.torrent.SwarmStatus;

/**
 * What a viewer who comes far behind one or two others fetches of the origin for the one in front:
 * pieces that nobody has, before that one asks for them. The site sends them once in either case.
 * But so they go forward over the last one's line, which nobody else uses, and need not come back
 * over the line of the one in front, which carries what it alone has. Time is handed in. Confined
 * to the engine thread.
 */
final class FrontCopies {
  /** Among more, the lines of those in front have enough to do with what they pass on. */
  static final int MOST_OTHERS = 2;

  /** With less in hand, a viewer needs the origin's line itself. */
  static final long ENOUGH_MILLIS = 1_500;

  /**
   * By what they have, all others are as far ahead: those who come sooner after each other can get
   * what they need over the lines of those in front, and fetch first copies by turns ({@link
   * ViewerRanks}), which what is fetched ahead would upset.
   */
  static final long LEAD_MILLIS = 2 * ReadaheadPolicy.SECONDS_AHEAD * 1_000;

  /** So far from what the one in front asks for, at first, or both would ask for the same. */
  static final long DISTANCE_MILLIS = 4_000;

  /** As much may wait for the line of this viewer: a slow one would bring more too late. */
  static final long STOCK_MILLIS = 4_000;

  /** As long after it was first looked for, it is known what the one in front has. */
  static final long LOOKED_MILLIS = 1_000;

  /** To look farther at each look would cost more than it brings. */
  static final int MOST_LOOKED_AT = 1024;

  /** Due after all that is wanted here. */
  private static final long AFTER_ALL_MILLIS = 3_600_000;

  private final FileLayout layout;
  private final BitSet have;
  // What is asked for, and what came last; -1 without one.
  private int piece = -1;
  private int last = -1;
  private long lookingSinceMillis = Long.MAX_VALUE;
  private long stockBytes;
  private long bytesUploaded;
  private long nextMillis = Long.MIN_VALUE;

  /**
   * What to do for the one in front.
   *
   * @param look where peers must be looked at, too
   * @param piece to ask an origin for
   */
  record Plan(Optional<NearPieces> look, OptionalInt piece) {
    static final Plan NOTHING = new Plan(Optional.empty(), OptionalInt.empty());

    /** What peers are asked for. */
    Schedule ofPeers(Schedule schedule) {
      return look.map(schedule::lookingAt).orElse(schedule);
    }

    /** What an origin may be asked for. */
    Schedule ofOrigins(Schedule schedule) {
      if (piece.isEmpty() || isIn(schedule)) {
        return schedule;
      }
      List<PieceDeadline> deadlines = new ArrayList<>(schedule.deadlines());
      deadlines.add(new PieceDeadline(piece.getAsInt(), AFTER_ALL_MILLIS));
      return schedule.withDeadlines(deadlines);
    }

    private boolean isIn(Schedule schedule) {
      return schedule.deadlines().stream().anyMatch(each -> each.piece() == piece.getAsInt());
    }

    /** The same verdicts, with the one on the piece that is not needed here soon. */
    List<Verdict> judged(List<Verdict> verdicts) {
      return verdicts.stream().map(this::judged).toList();
    }

    private Verdict judged(Verdict verdict) {
      boolean it = piece.isPresent() && piece.getAsInt() == verdict.piece();
      return it && verdict.reason() == Reason.NOT_NEAR
          ? new Verdict(verdict.piece(), Reason.FRONT_COPY)
          : verdict;
    }
  }

  /**
   * @param have the pieces that are here, as they come
   */
  FrontCopies(FileLayout layout, BitSet have) {
    this.layout = layout;
    this.have = have;
  }

  /**
   * Decides what to fetch.
   *
   * @param windows what is read; none where this viewer may not help: peers that it does not see
   *     may have what nobody seems to have
   * @param inHandMillis when the first piece that is missing is needed
   */
  Plan plan(
      NeighbourPolicy.Self self,
      List<ReadWindow> windows,
      long inHandMillis,
      SwarmStatus swarm,
      long nowMillis) {
    account(swarm);
    int own = firstMissing(windows);
    boolean helps =
        own >= 0
            && self.moving()
            && swarm.selfKind() == Kind.SHARING
            && swarm.connected().size() <= MOST_OTHERS;
    int before = helps ? have.get(0, own).cardinality() : 0;
    Optional<SwarmPeer> front = helps ? front(self, before, swarm.connected()) : Optional.empty();
    Optional<NearPieces> look = front.flatMap(peer -> look(self, peer, own, before));
    if (look.isEmpty()) {
      piece = -1;
      last = -1;
      lookingSinceMillis = Long.MAX_VALUE;
      return Plan.NOTHING;
    }
    lookingSinceMillis = Math.min(lookingSinceMillis, nowMillis);
    boolean may = inHandMillis >= ENOUGH_MILLIS && nowMillis - lookingSinceMillis >= LOOKED_MILLIS;
    piece = may ? choose(self, front.get(), look.get(), swarm, nowMillis) : -1;
    return new Plan(look, piece < 0 ? OptionalInt.empty() : OptionalInt.of(piece));
  }

  /** Of what is read; negative where nothing is. */
  private int firstMissing(List<ReadWindow> windows) {
    OptionalLong position =
        windows.stream().filter(window -> !window.urgent()).mapToLong(ReadWindow::position).min();
    return position.isEmpty() || position.getAsLong() >= layout.fileLength()
        ? -1
        : have.nextClearBit(layout.pieceAt(position.getAsLong()));
  }

  /** What was fetched waits until as much has been uploaded, whatever that was. */
  private void account(SwarmStatus swarm) {
    stockBytes = Math.max(0, stockBytes - Math.max(0, swarm.bytesUploaded() - bytesUploaded));
    bytesUploaded = swarm.bytesUploaded();
    if (piece >= 0 && have.get(piece)) {
      stockBytes += layout.pieceSize(piece);
      last = piece;
      piece = -1;
    }
  }

  /**
   * The one in front, if all are far ahead.
   *
   * @param before how many pieces are here before the first that is missing: what was fetched for
   *     others does not count
   */
  private static Optional<SwarmPeer> front(
      NeighbourPolicy.Self self, int before, List<SwarmPeer> connected) {
    int farAhead = before + pieces(self, LEAD_MILLIS);
    boolean behindAll =
        connected.stream()
            .filter(peer -> peer.kind() != Kind.RECEIVING)
            .allMatch(peer -> peer.kind() == Kind.SHARING && peer.pieceCount() >= farAhead);
    return connected.stream()
        .filter(peer -> behindAll && peer.kind() == Kind.SHARING)
        .max(Comparator.comparingInt(SwarmPeer::pieceCount));
  }

  /** What must be known of the others; empty where that is too much. */
  private Optional<NearPieces> look(
      NeighbourPolicy.Self self, SwarmPeer front, int own, int before) {
    int farthest = own + front.pieceCount() - before + 2 * readahead(self);
    int end = Math.min(layout.endPiece(), farthest);
    return end - own <= MOST_LOOKED_AT ? Optional.of(new NearPieces(own, end)) : Optional.empty();
  }

  /** What to ask for now: what was asked for until somebody has it, and then the next. */
  private int choose(
      NeighbourPolicy.Self self,
      SwarmPeer front,
      NearPieces look,
      SwarmStatus swarm,
      long nowMillis) {
    if (piece >= 0 && !isHeld(piece, swarm)) {
      return piece;
    }
    int lacks = front.near().nextClearBit(look.first());
    int next = next(self, lacks, look.first(), swarm);
    boolean tooFar = next >= look.end() || next > lacks + readahead(self);
    if (next < 0 || tooFar || nowMillis < nextMillis) {
      return -1;
    }
    nextMillis = nowMillis + pieceMillis(self);
    return next;
  }

  /**
   * What comes next; negative while too much waits, or the one in front is not ahead here.
   *
   * @param lacks the first piece that the one in front lacks of those that are missing here
   * @param own the first piece that is missing here
   */
  private int next(NeighbourPolicy.Self self, int lacks, int own, SwarmStatus swarm) {
    boolean full = stockBytes > STOCK_MILLIS / pieceMillis(self) * layout.pieceLength();
    if (full || lacks <= own) {
      return -1;
    }
    if (last + 1 >= lacks) {
      return nextNobodyHas(last + 1, swarm);
    }
    // The one in front has come to what was fetched last, and asks for what follows itself.
    return nextNobodyHas(nextNobodyHas(lacks, swarm) + pieces(self, DISTANCE_MILLIS), swarm);
  }

  private int nextNobodyHas(int from, SwarmStatus swarm) {
    int at = have.nextClearBit(from);
    while (isHeld(at, swarm)) {
      at = have.nextClearBit(at + 1);
    }
    return at;
  }

  private static boolean isHeld(int piece, SwarmStatus swarm) {
    return swarm.connected().stream().anyMatch(peer -> peer.near().get(piece));
  }

  private static long pieceMillis(NeighbourPolicy.Self self) {
    return Math.max(1, (long) (1_000 / self.piecesPerSecond()));
  }

  private static int readahead(NeighbourPolicy.Self self) {
    return pieces(self, ReadaheadPolicy.SECONDS_AHEAD * 1_000);
  }

  private static int pieces(NeighbourPolicy.Self self, long millis) {
    return (int) (millis * self.piecesPerSecond() / 1_000);
  }

  /**
   * Whether somebody fetches for this viewer.
   *
   * @param havePieces how many are here
   * @param firstWanted the piece that is wanted soonest
   * @param farPieces who has so many less comes far behind
   */
  static boolean isFed(int havePieces, int firstWanted, int farPieces, SwarmStatus swarm) {
    return swarm.connected().stream()
        .anyMatch(
            peer ->
                peer.kind() == Kind.SHARING
                    && comesFarBehind(peer, havePieces, farPieces)
                    && peer.near().nextSetBit(firstWanted) >= 0);
  }

  /**
   * Whether a viewer who has watched all the way comes far behind: what it has of what is near
   * here, it has fetched for others. Who has most of its pieces near here came by a seek.
   */
  static boolean comesFarBehind(SwarmPeer peer, int havePieces, int farPieces) {
    return havePieces - peer.pieceCount() >= farPieces
        && peer.pieceCount() > 2 * peer.near().cardinality();
  }
}
