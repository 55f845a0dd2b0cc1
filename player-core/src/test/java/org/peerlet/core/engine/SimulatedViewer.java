package org.peerlet.core.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.peerlet.core.engine.SimulatedLink.Block;
import org.peerlet.core.origin.OriginEvent;
import org.peerlet.core.schedule.BandwidthMeter;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;
import org.peerlet.core.torrent.SwarmStatus;
import org.peerlet.core.torrent.WishedPieces;

/**
 * One viewer: the real {@link StreamCoordinator}, and round it what {@code RunningClip}, a window
 * and libtorrent do, in virtual time. {@link #look} touches no other viewer, and may run beside
 * theirs.
 */
final class SimulatedViewer {
  static final int BLOCK_BYTES = 16 << 10;

  /** As {@code RunningClip} asks libtorrent. */
  private static final long SWARM_POLL_MILLIS = 250;

  /** As {@code TorrentStream} paces the window. */
  private static final long PLAYER_READAHEAD_MILLIS = 15_000;

  /** As {@code SwarmLook} looks back. */
  private static final int LEAST_BEHIND = 16;

  /** Until libtorrent announces a piece that it was given (facts.md, libtorrent4j). */
  private static final long ADD_PIECE_MILLIS = 13;

  /** What an index has for a second of picture and sound: about 70 samples. */
  private static final int INDEX_BYTES_PER_SECOND = 800;

  /** Until a player that was told of the clip asks for it. */
  private static final long PLAYER_OPENS_MILLIS = 130;

  /** As {@code LibtorrentTorrent} measures how fast pieces come. */
  private static final double RATE_METER_MILLIS = 250;

  /** How libtorrent smooths its rates: once a second, a fifth of it is new. */
  private static final long SAMPLE_MILLIS = 1_000;

  private static final double SMOOTH_SAMPLES = 5;

  private static final String SHARING = "-PR001S-";
  private static final String RECEIVING = "-PR001R-";
  private static final int ID_LETTERS = 12;

  private final boolean shares;
  private final VirtualTime time;
  private final FileLayout layout;
  private final SimulatedOrigin origin;
  private final SharedLine line;
  private final Random random;
  private final String id;
  private final int blocksPerPiece;
  private final StreamCoordinator coordinator;
  private final SimulatedPlayer player;

  private final List<SimulatedLink> sources = new ArrayList<>();
  private final List<SimulatedLink> takers = new ArrayList<>();
  private final Map<Integer, Block> underWay = new HashMap<>();
  private final Map<Integer, SimulatedOrigin.Request> requests = new HashMap<>();
  private final BitSet have = new BitSet();
  private final BitSet told = new BitSet();
  private final BitSet blocks = new BitSet();
  private final BitSet wanted = new BitSet();
  private int toldCount;
  private WishedPieces wishes = WishedPieces.NONE;
  private final BandwidthMeter rate = new BandwidthMeter(RATE_METER_MILLIS);
  private final short[] holders;
  private List<Command> commands = List.of();
  private SwarmStatus swarm = SwarmStatus.NONE;
  private long swarmAtMillis;
  private boolean inSession;
  private int swarmSize;
  private boolean announced;
  private int nearFirst;
  private int nearEnd;
  private final long indexBytes;
  private long playerOpensAtMillis = Long.MAX_VALUE;
  private double smoothBytesPerSecond;
  private double sampledBytes;
  private long sampledAtMillis;
  private double readBytes;
  private long paidBytes;
  private long wastedBytes;
  private boolean left;

  SimulatedViewer(
      int number,
      SimulationPlan plan,
      FileLayout layout,
      VirtualTime time,
      SimulatedOrigin origin,
      Random random) {
    this.shares = plan.shares(number);
    this.time = time;
    this.layout = layout;
    this.origin = origin;
    this.line = new SharedLine(time, plan.uplinkBytesPerSecond(number));
    this.id = id(shares, random);
    this.blocksPerPiece = (layout.pieceLength() + BLOCK_BYTES - 1) / BLOCK_BYTES;
    this.random = random;
    this.holders = new short[layout.pieceCount()];
    Random jitter = new Random(random.nextLong());
    this.coordinator =
        new StreamCoordinator(layout, 1, SimulationPlan.BYTES_PER_SECOND, jitter::nextDouble);
    this.indexBytes = (long) INDEX_BYTES_PER_SECOND * plan.clipSeconds();
    this.player = new SimulatedPlayer(time.nowMillis(), 1000.0 * plan.clipSeconds());
  }

  private static String id(boolean shares, Random random) {
    StringBuilder text = new StringBuilder(shares ? SHARING : RECEIVING);
    for (int letter = 0; letter < ID_LETTERS; letter++) {
      text.append((char) ('A' + random.nextInt(26)));
    }
    return HexFormat.of().formatHex(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  boolean shares() {
    return shares;
  }

  SharedLine line() {
    return line;
  }

  SimulatedPlayer player() {
    return player;
  }

  boolean left() {
    return left;
  }

  int connections() {
    return sources.size();
  }

  boolean isConnectedTo(SimulatedViewer other) {
    return sources.stream().anyMatch(link -> link.from == other);
  }

  /** The torrent is known, and the viewer has agreed. */
  void open() {
    coordinator.peersAllowed(true, time.nowMillis());
  }

  void joinSession() {
    inSession = true;
  }

  /** The tracker has answered. */
  void announced(int viewersThere) {
    announced = true;
    swarmSize = viewersThere;
  }

  /** A connection stands. */
  void connect(SimulatedLink from, SimulatedLink to) {
    sources.add(from);
    takers.add(to);
    count(from.from, 1);
    fill(from);
  }

  private void count(SimulatedViewer holder, int change) {
    if (holder.shares) {
      holder.told.stream().forEach(piece -> holders[piece] += (short) change);
    }
  }

  /** A tick of the window and of the engine; reads of others only what they have told. */
  void look() {
    play();
    decide();
  }

  private void play() {
    long now = time.nowMillis();
    if (playerOpensAtMillis == Long.MAX_VALUE && gapAfter(0) >= indexBytes) {
      playerOpensAtMillis = now + PLAYER_OPENS_MILLIS;
    }
    if (now < playerOpensAtMillis) {
      return;
    }
    player.advance(millis(readBytes), now);
    double position = bytes(player.positionMillis());
    player.buffer(millis(gapAfter(position)), coordinator.leadsSwarm(), now);
    double readable = Math.min(gapAfter(readBytes), position + bytes(PLAYER_READAHEAD_MILLIS));
    readBytes = Math.max(readBytes, readable);
  }

  private double gapAfter(double position) {
    if (position >= layout.fileLength()) {
      return layout.fileLength();
    }
    int missing = have.nextClearBit(layout.pieceAt((long) position));
    return Math.max(
        position, (double) Math.min(layout.fileLength(), layout.filePositionOf(missing)));
  }

  private static double millis(double bytes) {
    return bytes * 1000 / SimulationPlan.BYTES_PER_SECOND;
  }

  private static double bytes(double millis) {
    return millis * SimulationPlan.BYTES_PER_SECOND / 1000;
  }

  private void decide() {
    long now = time.nowMillis();
    if (inSession && now - swarmAtMillis >= SWARM_POLL_MILLIS) {
      swarm = swarm();
      swarmAtMillis = now;
    }
    if (now - sampledAtMillis >= SAMPLE_MILLIS) {
      double bytes = bytesFromPeers();
      double sample = sampledAtMillis == 0 ? 0 : bytes - sampledBytes;
      smoothBytesPerSecond += (sample - smoothBytesPerSecond) / SMOOTH_SAMPLES;
      sampledBytes = bytes;
      sampledAtMillis = now;
    }
    requests.values().forEach(SimulatedOrigin.Request::progress);
    commands = coordinator.decide(readers(), swarm, now);
  }

  private List<ReaderView> readers() {
    if (playerOpensAtMillis == Long.MAX_VALUE) {
      long indexRead = (long) gapAfter(0);
      return List.of(new ReaderView(0, indexRead, indexBytes, indexRead, true));
    }
    if (time.nowMillis() < playerOpensAtMillis) {
      return List.of();
    }
    long read = (long) readBytes;
    if (read >= layout.fileLength()) {
      return List.of();
    }
    long playedTo = (long) bytes(player.positionMillis());
    return List.of(
        new ReaderView(1, read, layout.fileLength(), read, false, playedTo, player.moving()));
  }

  private SwarmStatus swarm() {
    List<SwarmPeer> connected = new ArrayList<>(sources.size());
    for (SimulatedLink link : sources) {
      connected.add(link.from.shown(nearFirst, nearEnd));
    }
    long rateNow = (long) smoothBytesPerSecond;
    return new SwarmStatus(
        connected.size(),
        rateNow,
        0,
        (long) bytesFromPeers(),
        0,
        0,
        id,
        connected,
        announced,
        swarmSize);
  }

  private double bytesFromPeers() {
    double bytes = paidBytes;
    for (SimulatedLink link : sources) {
      bytes += link.partialBytes();
    }
    return bytes;
  }

  private SwarmPeer shown(int first, int end) {
    BitSet near = (BitSet) told.clone();
    near.clear(0, first);
    near.clear(end, Math.max(end, near.length()));
    return new SwarmPeer(id, shares ? Kind.SHARING : Kind.RECEIVING, !shares, toldCount, near);
  }

  /** Does what the last look decided. */
  void act() {
    List<Command> now = commands;
    commands = List.of();
    for (Command command : now) {
      if (command instanceof Command.Want want) {
        want(want.schedule());
      } else if (command instanceof Command.Fetch fetch) {
        requests.put(fetch.request(), origin.fetch(this, fetch));
      } else if (command instanceof Command.CancelFetch cancel) {
        SimulatedOrigin.Request request = requests.get(cancel.request());
        if (request != null) {
          request.cancel();
        }
      } else if (command instanceof Command.AddPiece add) {
        time.afterMillis(ADD_PIECE_MILLIS, () -> verified(add.piece()));
      } else if (command instanceof Command.Fail fail) {
        throw new IllegalStateException(fail.why());
      }
    }
  }

  private void want(Schedule schedule) {
    wishes = WishedPieces.NONE;
    wanted.clear();
    if (schedule.deadlines().isEmpty()) {
      return; // What is wanted beyond the windows alone only trickles in.
    }
    int first = Integer.MAX_VALUE;
    int end = 0;
    for (PieceDeadline each : schedule.deadlines()) {
      wanted.set(each.piece());
      first = Math.min(first, each.piece());
      end = Math.max(end, each.piece() + 1);
    }
    nearFirst = Math.max(0, first - Math.max(LEAST_BEHIND, end - first));
    nearEnd = end;
    schedule.beyond().forEach(wanted::set);
    long now = time.nowMillis();
    wishes =
        WishedPieces.of(
            schedule,
            now,
            Math.max(rate.bytesPerSecond(now), (long) smoothBytesPerSecond),
            layout.pieceLength(),
            piece -> holders[piece] > 0);
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
        if (link.from.told.get(piece)
            && link.room() > 0
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
  private void fill(SimulatedLink link) {
    for (int room = link.room(); room > 0; room--) {
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
      if (link.from.told.get(piece) && nextBlock(piece) >= 0) {
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
      if (link.from.told.get(piece) && nextBlock(piece) >= 0) {
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

  /** Bytes left a peer for here. */
  void paid(int bytes) {
    paidBytes += bytes;
  }

  /** A block arrived. */
  void received(Block block) {
    if (left) {
      return;
    }
    int piece = block.index / blocksPerPiece;
    if (underWay.get(block.index) == block) {
      underWay.remove(block.index);
    }
    if (have.get(piece) || blocks.get(block.index)) {
      wastedBytes += blockBytes(block.index);
    } else {
      blocks.set(block.index);
      int first = piece * blocksPerPiece;
      if (blocks.nextClearBit(first) >= first + blockCount(piece)) {
        verified(piece);
      }
    }
    fill(block.link);
  }

  private void verified(int piece) {
    if (left || have.get(piece)) {
      return;
    }
    have.set(piece);
    rate.add(layout.pieceSize(piece), time.nowMillis());
    coordinator.pieceVerified(piece);
    int first = piece * blocksPerPiece;
    for (int block = first; block < first + blockCount(piece); block++) {
      Block other = underWay.remove(block);
      if (other != null) {
        other.link.cancel(other);
      }
    }
    time.afterMillis(CrowdSimulation.ONE_WAY_MILLIS, () -> tell(piece));
  }

  private void tell(int piece) {
    if (left) {
      return;
    }
    told.set(piece);
    toldCount++;
    if (shares) {
      for (SimulatedLink link : takers) {
        link.to.heard(link, piece);
      }
    }
  }

  /** A peer has a piece now; libtorrent asks for it at once, if it is wanted. */
  private void heard(SimulatedLink link, int piece) {
    holders[piece]++;
    if (wanted.get(piece) && !have.get(piece)) {
      fill(link);
    }
  }

  /** What came of a request to the origin. */
  void on(OriginEvent event) {
    if (!left) {
      List<Command> before = commands;
      commands = coordinator.on(event, time.nowMillis());
      act();
      commands = before;
    }
  }

  void ended(SimulatedOrigin.Request request) {
    requests.remove(request.id());
    if (!left) {
      decide();
      act();
    }
  }

  /** Has seen the clip, or has had enough. */
  void leave() {
    left = true;
    List.copyOf(requests.values()).forEach(SimulatedOrigin.Request::cancel);
    for (SimulatedLink link : List.copyOf(takers)) {
      link.close();
      link.to.lost(link, this);
    }
    sources.forEach(SimulatedLink::close);
    sources.clear();
    takers.clear();
    underWay.clear();
  }

  private void lost(SimulatedLink link, SimulatedViewer other) {
    sources.remove(link);
    count(other, -1);
    takers.removeIf(each -> each.to == other);
    underWay.values().removeIf(block -> block.link == link);
  }

  SimulatedOutcome outcome() {
    return new SimulatedOutcome(
        player.startupMillis(),
        player.rebuffers(),
        player.rebufferMillis(),
        player.ended(),
        paidBytes,
        coordinator.bytesFromOrigin(),
        wastedBytes + coordinator.duplicateBytes(),
        (long) line.sentBytes());
  }

  Map<OriginPolicy.Reason, Integer> asked() {
    return coordinator.asked();
  }
}
