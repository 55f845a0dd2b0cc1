package org.peerlet.core.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.peerlet.core.engine.SimulatedLink.Block;
import org.peerlet.core.origin.OriginEvent;
import org.peerlet.core.schedule.BandwidthMeter;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.NearPieces;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;
import org.peerlet.core.torrent.SwarmStatus;

/**
 * One viewer: the real {@link StreamCoordinator}, and round it what {@code RunningClip} and
 * libtorrent do, in virtual time. {@link #look} touches no other viewer, and may run beside theirs.
 */
final class SimulatedViewer {
  /** As {@code ActiveTorrent} asks libtorrent. */
  private static final long SWARM_POLL_MILLIS = 250;

  /** Until libtorrent announces a piece that it was given (facts.md, libtorrent4j). */
  private static final long ADD_PIECE_MILLIS = 13;

  /** As {@code LibtorrentTorrent} measures how fast pieces come. */
  private static final double RATE_METER_MILLIS = 250;

  private static final String SHARING = "-PR001S-";
  private static final String RECEIVING = "-PR001R-";
  private static final int ID_LETTERS = 12;

  private final boolean shares;
  private final long watchMillis;
  private final VirtualTime time;
  private final FileLayout layout;
  private final SimulatedOrigin origin;
  private final SharedLine line;
  private final String id;
  private final StreamCoordinator coordinator;
  private final SimulatedPicker picker;
  private final SimulatedWindow window;
  private final SimulatedChoker choker = new SimulatedChoker();

  private final List<SimulatedLink> takers = new ArrayList<>();
  private final Map<Integer, SimulatedOrigin.Request> requests = new HashMap<>();
  private final BitSet told = new BitSet();
  private int toldCount;
  private final BandwidthMeter rate = new BandwidthMeter(RATE_METER_MILLIS);
  private final SmoothRate smoothRate = new SmoothRate();
  private List<Command> commands = List.of();
  private SwarmStatus swarm = SwarmStatus.NONE;
  private long swarmAtMillis;
  private boolean inSession;
  private int swarmSize;
  private boolean announced;
  private NearPieces near = new NearPieces(0, 0);
  private final Map<String, SimulatedViewer> spared = new HashMap<>();
  private long paidBytes;
  private boolean left;

  SimulatedViewer(
      int number,
      SimulationPlan plan,
      FileLayout layout,
      VirtualTime time,
      SimulatedOrigin origin,
      Random random) {
    this.shares = plan.shares(number);
    this.watchMillis = plan.watchMillis(number);
    this.time = time;
    this.layout = layout;
    this.origin = origin;
    this.line = new SharedLine(time, plan.uplinkBytesPerSecond(number));
    this.id = id(shares, random);
    Random jitter = new Random(random.nextLong());
    this.coordinator =
        new StreamCoordinator(layout, 1, SimulationPlan.BYTES_PER_SECOND, jitter::nextDouble);
    this.picker = new SimulatedPicker(layout, random);
    this.window = new SimulatedWindow(time, layout, plan.clipSeconds(), picker.have());
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

  /** The pieces that others have heard of; whoever receives only tells nobody. */
  BitSet told() {
    return told;
  }

  SharedLine line() {
    return line;
  }

  /** Whether this viewer has seen what it came for. */
  boolean hasSeenAll() {
    return window.player().ended() || window.player().positionMillis() >= watchMillis;
  }

  boolean left() {
    return left;
  }

  int connections() {
    return picker.sources().size();
  }

  boolean isConnectedTo(SimulatedViewer other) {
    return spared.containsKey(other.id)
        || other.spared.containsKey(id)
        || picker.sources().stream().anyMatch(link -> link.from == other);
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
    takers.add(to);
    choker.connected(to, takers);
    picker.connected(from);
  }

  /** The other side sends nothing any more, for now. */
  void choked(SimulatedLink from) {
    picker.choked(from);
  }

  void unchoked(SimulatedLink from) {
    picker.fill(from);
  }

  boolean isInterestedIn(SimulatedViewer other) {
    return picker.wantsOf(other.told);
  }

  /** A tick of the window and of the engine; reads of others only what they have told. */
  void look() {
    window.play(coordinator.leadsSwarm());
    decide();
  }

  private void decide() {
    long now = time.nowMillis();
    if (inSession && now - swarmAtMillis >= SWARM_POLL_MILLIS) {
      swarm = swarm();
      swarmAtMillis = now;
    }
    smoothRate.look(this::bytesFromPeers, now);
    requests.values().forEach(SimulatedOrigin.Request::progress);
    commands = coordinator.decide(window.readers(), swarm, now);
  }

  private SwarmStatus swarm() {
    List<SwarmPeer> connected =
        picker.sources().stream().map(link -> link.from.shown(this)).toList();
    return new SwarmStatus(
        connected.size(),
        smoothRate.bytesPerSecond(),
        0,
        (long) bytesFromPeers(),
        (long) line.sentBytes(),
        0,
        0,
        id,
        connected,
        announced,
        swarmSize);
  }

  private double bytesFromPeers() {
    double bytes = paidBytes;
    for (SimulatedLink link : picker.sources()) {
      bytes += link.partialBytes();
    }
    return bytes;
  }

  private SwarmPeer shown(SimulatedViewer to) {
    BitSet has = (BitSet) told.clone();
    has.clear(0, to.near.first());
    has.clear(to.near.end(), Math.max(to.near.end(), has.length()));
    Kind kind = shares ? Kind.SHARING : Kind.RECEIVING;
    return new SwarmPeer(id, kind, !shares, isInterestedIn(to), toldCount, has);
  }

  /** Does what the last look decided. */
  void act() {
    choker.look(takers, picker.sources(), time.nowMillis());
    List<Command> now = commands;
    commands = List.of();
    for (Command command : now) {
      if (command instanceof Command.Want want) {
        want(want.schedule());
      } else if (command instanceof Command.Spare spare) {
        spare(spare.peers());
      } else if (command instanceof Command.Unchoke unchoke) {
        choker.slots(unchoke.slots());
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
    near = NearPieces.of(schedule).orElse(near);
    long now = time.nowMillis();
    picker.want(schedule, now, Math.max(rate.bytesPerSecond(now), smoothRate.bytesPerSecond()));
  }

  private void spare(Set<String> peers) {
    for (SimulatedLink link : List.copyOf(picker.sources())) {
      SimulatedViewer other = link.from;
      if (peers.contains(other.id)) {
        spared.put(other.id, other);
        part(other);
        other.part(this);
      }
    }
    for (SimulatedViewer other : List.copyOf(spared.values())) {
      if (!peers.contains(other.id)) {
        spared.remove(other.id);
        time.afterMillis(
            CrowdSimulation.CONNECT_MILLIS, () -> CrowdSimulation.connect(this, other, time));
      }
    }
  }

  private void part(SimulatedViewer other) {
    for (SimulatedLink link : List.copyOf(takers)) {
      if (link.to == other) {
        link.close();
        takers.remove(link);
        other.picker.lost(link);
      }
    }
  }

  int blockBytes(int block) {
    return picker.blockBytes(block);
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
    int piece = picker.received(block);
    if (piece >= 0) {
      verified(piece);
    }
    picker.fill(block.link);
  }

  private void verified(int piece) {
    if (left || picker.have().get(piece)) {
      return;
    }
    picker.verified(piece);
    rate.add(layout.pieceSize(piece), time.nowMillis());
    coordinator.pieceVerified(piece);
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
        link.to.picker.heard(link, piece);
      }
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
      link.to.lost(link);
    }
    picker.leave();
    takers.clear();
  }

  private void lost(SimulatedLink link) {
    picker.lost(link);
    takers.removeIf(each -> each.to == link.from);
  }

  SimulatedOutcome outcome() {
    SimulatedPlayer player = window.player();
    return new SimulatedOutcome(
        player.startupMillis(),
        player.rebuffers(),
        player.rebufferMillis(),
        hasSeenAll(),
        paidBytes,
        coordinator.bytesFromOrigin(),
        picker.wastedBytes() + coordinator.duplicateBytes(),
        (long) line.sentBytes());
  }

  Map<OriginPolicy.Reason, Integer> asked() {
    return coordinator.asked();
  }
}
