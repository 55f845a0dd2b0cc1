package org.peerlet.core.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.engine.Command.AddPiece;
import org.peerlet.core.engine.Command.CancelFetch;
import org.peerlet.core.engine.Command.Fail;
import org.peerlet.core.engine.Command.Spare;
import org.peerlet.core.engine.Command.Unchoke;
import org.peerlet.core.engine.Command.Want;
import org.peerlet.core.origin.OriginEvent;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.schedule.OriginPolicy.Verdict;
import org.peerlet.core.schedule.OriginRun;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.PieceOutlook;
import org.peerlet.core.schedule.PieceScheduler;
import org.peerlet.core.schedule.ReadWindow;
import org.peerlet.core.schedule.ReadaheadPolicy;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.schedule.StartSpread;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for one clip: what happened and the time go in, commands come out. It does nothing
 * itself, knows no threads and no clock, and lives on the engine thread.
 */
final class StreamCoordinator {
  private static final Logger log = LoggerFactory.getLogger(StreamCoordinator.class);

  /** A player that tells nothing is taken to start with this much in hand, as many do. */
  private static final long UNTOLD_START_MILLIS = 1_000;

  /** So soon is a piece needed that peers are asked, too, for what an origin is late with. */
  private static final long LAST_MOMENT_MILLIS = 1_000;

  /** A viewer leads while it plays within this time what nobody has: as long as any start fills. */
  private static final long LEAD_MILLIS = 2 * OriginPolicy.START_MILLIS;

  /** What another viewer will ask for is asked for so much later: by then it may pass it on. */
  private static final long OTHERS_TURN_MILLIS = 3_000;

  /**
   * From a viewer who will soon leave, so much farther than the readahead: what it alone has would
   * have to come from the origin again.
   */
  private static final long SURPLUS_MILLIS = 40_000;

  private final FileLayout layout;
  private final DoubleSupplier random;
  private final OriginBook origins;
  private final SupplyWatch supply;
  private final SwarmWatch swarmWatch = new SwarmWatch();
  private final FrontCopies frontCopies;
  private final BitSet have = new BitSet();
  private final Map<Integer, ReaderPace> paces = new HashMap<>();
  private final Map<OriginPolicy.Reason, Integer> asked = new EnumMap<>(OriginPolicy.Reason.class);
  private final BitSet othersTurn = new BitSet();
  private List<Verdict> verdicts = List.of();
  private FrontCopies.Plan front = FrontCopies.Plan.NOTHING;
  private long bytesPerSecond;
  private boolean leadsSwarm;
  // The piece that an origin was asked for before the soonest (StartSpread); -1 without one.
  private int beginning = -1;
  private long standsSinceMillis = Long.MIN_VALUE;

  /**
   * @param originCount how many origins the torrent names
   * @param bytesPerSecond the clip's rate, as far as known
   * @param random numbers in [0, 1)
   */
  StreamCoordinator(
      FileLayout layout, int originCount, long bytesPerSecond, DoubleSupplier random) {
    this.layout = layout;
    this.random = random;
    this.origins = new OriginBook(layout, originCount, random);
    this.supply = new SupplyWatch(layout, have);
    this.frontCopies = new FrontCopies(layout, have);
    this.bytesPerSecond = Math.max(1, bytesPerSecond);
  }

  /** The clip's own rate became known. */
  void clipRate(long newBytesPerSecond) {
    bytesPerSecond = Math.max(1, newBytesPerSecond);
  }

  /** Whether peers may be hoped for; to be called once that is known. */
  void peersAllowed(boolean allowed, long nowMillis) {
    swarmWatch.allowPeers(allowed, nowMillis);
  }

  void pieceVerified(int piece) {
    have.set(piece);
    origins.settled(piece);
  }

  void pieceRejected(int piece) {
    origins.settled(piece);
  }

  /** What an origin's request brought. */
  List<Command> on(OriginEvent event, long nowMillis) {
    return origins
        .note(event, have, nowMillis)
        .map(fetched -> List.<Command>of(new AddPiece(fetched.piece(), fetched.data())))
        .orElse(List.of());
  }

  /** Looks at everything and decides what to do now. */
  List<Command> decide(List<ReaderView> readers, SwarmStatus swarm, long nowMillis) {
    List<Command> commands = new ArrayList<>();
    List<ReadWindow> windows = windows(readers, nowMillis);
    Schedule schedule =
        withBeginning(
            PieceScheduler.plan(layout, have, windows, bytesPerSecond, surplusMillis(swarm)));
    if (swarmWatch.note(readers, schedule.deadlines(), have, swarm, nowMillis)) {
      commands.add(new Command.TakeBack());
    }
    OriginPolicy.Player player = player(readers, windows);
    NeighbourPolicy.Self self = self(player);
    long inHandMillis = schedule.soonestMillis();
    swarmWatch.spare(self, inHandMillis, swarm, nowMillis).map(Spare::new).ifPresent(commands::add);
    swarmWatch
        .unchoke(self, clipPieces(), swarm)
        .ifPresent(slots -> commands.add(new Unchoke(slots)));
    boolean seesAll = swarmWatch.peersAllowed() && !swarmWatch.isApart(nowMillis);
    front = frontCopies.plan(self, seesAll ? windows : List.of(), inHandMillis, swarm, nowMillis);
    Schedule ofOrigins = front.ofOrigins(schedule);
    origins.cancelUnwanted(ofOrigins).forEach(request -> commands.add(new CancelFetch(request)));
    askOrigins(ofOrigins, player, swarm, nowMillis, commands);
    Schedule ofPeers = front.ofPeers(schedule);
    commands.add(new Want(othersTurnLater(withoutUnderWay(ofPeers, nowMillis))));
    if (swarmWatch.peersRuledOut() && origins.allLost() && !schedule.deadlines().isEmpty()) {
      StreamException failure = origins.lastFailure();
      if (failure != null) {
        commands.add(new Fail(failure));
      }
    }
    return commands;
  }

  private NeighbourPolicy.Self self(OriginPolicy.Player player) {
    double piecesPerSecond = bytesPerSecond / (double) layout.pieceLength();
    return new NeighbourPolicy.Self(player.moving(), have.cardinality(), piecesPerSecond);
  }

  private List<ReadWindow> windows(List<ReaderView> readers, long nowMillis) {
    paces.keySet().retainAll(readers.stream().map(ReaderView::id).toList());
    List<ReadWindow> windows = new ArrayList<>(readers.size());
    for (ReaderView reader : readers) {
      windows.add(
          paces
              .computeIfAbsent(reader.id(), id -> new ReaderPace())
              .window(reader, bytesPerSecond, layout.pieceLength(), nowMillis));
    }
    return windows;
  }

  private void askOrigins(
      Schedule schedule,
      OriginPolicy.Player player,
      SwarmStatus swarm,
      long nowMillis,
      List<Command> commands) {
    OriginPolicy.Swarm seen = swarmWatch.seen(swarm, isFed(schedule, swarm), nowMillis);
    origins.expire(nowMillis);
    if (!seen.known()) {
      supply.forget();
    }
    while (true) {
      List<PieceDeadline> wanted =
          schedule.deadlines().stream().filter(d -> !origins.comesInTime(d, nowMillis)).toList();
      OriginPolicy.Origin origin = origins.view(nowMillis);
      long nearMillis = OriginPolicy.nearMillis(seen, player);
      List<PieceOutlook> outlooks = outlooks(wanted, swarm, player, nearMillis, nowMillis);
      othersTurn.clear();
      outlooks.stream()
          .filter(piece -> piece.held() && piece.rank() > 0)
          .forEach(piece -> othersTurn.set(piece.piece()));
      leadsSwarm =
          swarmWatch.peersAllowed()
              && !isFollowing(swarm)
              && outlooks.stream().anyMatch(StreamCoordinator::isLed);
      verdicts = front.judged(OriginPolicy.judge(outlooks, seen, origin, player));
      Optional<OriginRun> run = OriginRun.next(layout, verdicts, origin, player);
      if (run.isEmpty()) {
        return;
      }
      boolean begins = asked.isEmpty() && seen.hopeful() && !seen.known();
      OriginRun next = begins ? spread(run.get()) : run.get();
      noteAsked(next);
      commands.add(origins.begin(next, nowMillis));
    }
  }

  private boolean isFed(Schedule schedule, SwarmStatus swarm) {
    return !schedule.deadlines().isEmpty()
        && FrontCopies.isFed(
            have.cardinality(),
            schedule.deadlines().get(0).piece(),
            ViewerRanks.aboutPieces(reachPieces()),
            swarm);
  }

  private int reachPieces() {
    return (int) (bytesPerSecond * ReadaheadPolicy.SECONDS_AHEAD / layout.pieceLength()) + 1;
  }

  /** What to ask an origin for first, in place of what is needed soonest. */
  private OriginRun spread(OriginRun soonest) {
    OptionalInt other = StartSpread.piece(layout, startBytes(), random.getAsDouble());
    if (other.isEmpty() || have.get(other.getAsInt())) {
      return soonest;
    }
    beginning = other.getAsInt();
    // Of what is asked for now; the next look makes them anew.
    verdicts = List.of(new Verdict(beginning, OriginPolicy.Reason.START));
    return new OriginRun(beginning, beginning + 1);
  }

  /** What was begun with is wanted even before a player comes that reads to there. */
  private Schedule withBeginning(Schedule schedule) {
    if (beginning < 0
        || have.get(beginning)
        || schedule.deadlines().stream().anyMatch(each -> each.piece() == beginning)) {
      return schedule;
    }
    List<PieceDeadline> deadlines = new ArrayList<>(schedule.deadlines());
    deadlines.add(new PieceDeadline(beginning, OriginPolicy.START_MILLIS));
    deadlines.sort(Comparator.comparingLong(PieceDeadline::deadlineMillis));
    return schedule.withDeadlines(deadlines);
  }

  private List<PieceOutlook> outlooks(
      List<PieceDeadline> wanted,
      SwarmStatus swarm,
      OriginPolicy.Player player,
      long nearMillis,
      long nowMillis) {
    if (player.moving()) {
      standsSinceMillis = nowMillis;
    }
    return supply.look(wanted, swarm, nearMillis, reachPieces(), standsSinceMillis, nowMillis);
  }

  private static boolean isLed(PieceOutlook piece) {
    return !piece.held() && piece.deadlineMillis() <= LEAD_MILLIS;
  }

  /**
   * Whether somebody who shares has begun before: what is missing there comes to that one first.
   */
  private boolean isFollowing(SwarmStatus swarm) {
    long ahead = have.cardinality() + Math.max(1, startBytes() / layout.pieceLength());
    return swarm.connected().stream()
        .anyMatch(peer -> peer.kind() == SwarmPeer.Kind.SHARING && peer.pieceCount() >= ahead);
  }

  private long surplusMillis(SwarmStatus swarm) {
    return swarmWatch.losesSomebody(swarm, clipPieces()) ? SURPLUS_MILLIS : 0;
  }

  private int clipPieces() {
    return layout.endPiece() - layout.firstPiece();
  }

  /** What the player that is closest to running dry has in hand. */
  private OriginPolicy.Player player(List<ReaderView> readers, List<ReadWindow> windows) {
    long leadMillis =
        windows.stream()
            .filter(window -> !window.urgent() && window.end() > window.position())
            .mapToLong(ReadWindow::leadMillis)
            .min()
            .orElse(0);
    boolean told = readers.stream().anyMatch(reader -> reader.playedTo() >= 0);
    boolean moving =
        told ? readers.stream().anyMatch(ReaderView::moving) : leadMillis >= UNTOLD_START_MILLIS;
    return new OriginPolicy.Player(leadMillis, moving, bytesPerSecond);
  }

  private void noteAsked(OriginRun run) {
    for (Verdict verdict : verdicts) {
      if (run.first() <= verdict.piece() && verdict.piece() < run.end()) {
        asked.merge(verdict.reason(), 1, Integer::sum);
        log.debug("Piece {} is asked of the origin: {}", verdict.piece(), verdict.reason());
      }
    }
  }

  /**
   * A piece on its way from the origin is not also asked of peers, but in the last moment, when it
   * takes too long.
   */
  private Schedule withoutUnderWay(Schedule schedule, long nowMillis) {
    List<PieceDeadline> deadlines =
        schedule.deadlines().stream()
            .filter(
                d ->
                    !origins.comesInTime(d, nowMillis)
                        || (d.deadlineMillis() < LAST_MOMENT_MILLIS
                            && origins.overdue(d.piece(), nowMillis)))
            .toList();
    List<Integer> beyond =
        schedule.beyond().stream().filter(piece -> !origins.underWay(piece)).toList();
    return new Schedule(deadlines, beyond, schedule.surplus(), schedule.look());
  }

  /**
   * Where one peer alone has what several viewers want, each asks it for other pieces first, and
   * they exchange those: its line carries them once.
   */
  private Schedule othersTurnLater(Schedule schedule) {
    if (othersTurn.isEmpty()) {
      return schedule;
    }
    List<PieceDeadline> deadlines =
        schedule.deadlines().stream()
            .map(
                d ->
                    othersTurn.get(d.piece())
                        ? new PieceDeadline(d.piece(), d.deadlineMillis() + OTHERS_TURN_MILLIS)
                        : d)
            .sorted(Comparator.comparingLong(PieceDeadline::deadlineMillis))
            .toList();
    return schedule.withDeadlines(deadlines);
  }

  /**
   * Whether no peer has yet what is played in the next seconds, and none who shares has begun
   * before; false where no peer may come.
   */
  boolean leadsSwarm() {
    return leadsSwarm;
  }

  /** How many pieces were asked of origins, by why. */
  Map<OriginPolicy.Reason, Integer> asked() {
    return Map.copyOf(asked);
  }

  /** What was last thought of the pieces that are wanted and not under way, soonest first. */
  List<Verdict> verdicts() {
    return verdicts;
  }

  /** What a player needs before it starts, in bytes from the start. */
  long startBytes() {
    return bytesPerSecond * OriginPolicy.START_MILLIS / 1000;
  }

  /** The clip's rate, as far as known. */
  long clipBytesPerSecond() {
    return bytesPerSecond;
  }

  BitSet have() {
    return have;
  }

  long bytesFromOrigin() {
    return origins.bytesReceived();
  }

  long duplicateBytes() {
    return origins.duplicateBytes();
  }

  long originBytesPerSecond(long nowMillis) {
    return origins.bytesPerSecond(nowMillis);
  }

  /** The sentence about the origin, while something is wrong with it. */
  @Nullable String originNotice(long nowMillis) {
    StreamException failure = origins.lastFailure();
    return failure != null && !origins.view(nowMillis).available() ? failure.sentence() : null;
  }
}
