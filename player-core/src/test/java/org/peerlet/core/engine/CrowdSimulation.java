package org.peerlet.core.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.OriginPolicy;

/**
 * A crowd that watches one clip, in virtual time: every viewer has the real {@link
 * StreamCoordinator}, while lines, the tracker, the site, libtorrent and the picture are models.
 * What they leave out stands in benchmarks.md. The same plan gives the same result.
 */
final class CrowdSimulation {
  /** To everybody else. */
  static final long ONE_WAY_MILLIS = 30;

  /** Within this, those who come together come. */
  private static final int STAGGER_MILLIS = 100;

  /** Viewers tick at so many different moments: those of one moment are looked at together. */
  private static final int GROUPS = 10;

  /** From the wish to the known torrent and the session: round trips, and the work. */
  private static final long OPEN_MILLIS = 350;

  /** Until the tracker has answered: two round trips, and a tick of libtorrent. */
  private static final long ANNOUNCE_MILLIS = 200;

  /** Then until connections stand and both sides have told what they have. */
  static final long CONNECT_MILLIS = 300;

  /** As {@code peerlet serve} asks for, and as libtorrent asks for peers at most. */
  private static final long REANNOUNCE_MILLIS = 30_000;

  /** In a tracker's answer. */
  private static final int TOLD_PEERS = 50;

  /** See {@code SessionSettings}. */
  private static final int MOST_CONNECTIONS = 40;

  /** Of its own making, so that those who come later find a place. */
  private static final int OPENED_CONNECTIONS = 20;

  /** Threads are worth their while from here on. */
  private static final int MANY = 64;

  private final SimulationPlan plan;
  private final FileLayout layout;
  private final VirtualTime time = new VirtualTime();
  private final Random random;
  private final SimulatedOrigin origin;
  private final List<SimulatedViewer> viewers = new ArrayList<>();
  private final List<SimulatedViewer> tracked = new ArrayList<>();
  private final List<List<SimulatedViewer>> groups = new ArrayList<>();
  private final long giveUpAtMillis;
  private int gone;
  private long connectionTicks;
  private long viewerTicks;

  private CrowdSimulation(SimulationPlan plan) {
    this.plan = plan;
    this.layout = plan.layout();
    this.random = new Random(plan.seed());
    this.origin = new SimulatedOrigin(time, layout, plan.originBytesPerSecond());
    this.giveUpAtMillis =
        VirtualTime.START_MILLIS + plan.arrivalMillis(plan.viewers() - 1) + plan.giveUpMillis();
  }

  static SimulationResult run(SimulationPlan plan) {
    return new CrowdSimulation(plan).run();
  }

  private SimulationResult run() {
    for (int group = 0; group < GROUPS; group++) {
      List<SimulatedViewer> together = new ArrayList<>();
      groups.add(together);
      time.afterMillis((long) group * plan.tickMillis() / GROUPS, () -> tick(together));
    }
    for (int viewer = 0; viewer < plan.viewers(); viewer++) {
      int number = viewer;
      long stagger = random.nextInt(STAGGER_MILLIS);
      time.afterMillis(plan.arrivalMillis(viewer) + stagger, () -> come(number));
    }
    while (gone < plan.viewers() && time.nowMillis() < giveUpAtMillis && time.step()) {
      // What happens is in the steps.
    }
    return result();
  }

  private void come(int number) {
    SimulatedViewer viewer =
        new SimulatedViewer(number, plan, layout, time, origin, new Random(random.nextLong()));
    viewers.add(viewer);
    time.afterMillis(
        OPEN_MILLIS,
        () -> {
          viewer.open();
          viewer.joinSession();
          groups.get(random.nextInt(GROUPS)).add(viewer);
        });
    time.afterMillis(OPEN_MILLIS + ANNOUNCE_MILLIS, () -> announce(viewer));
  }

  private void announce(SimulatedViewer viewer) {
    if (viewer.left()) {
      return;
    }
    if (!tracked.contains(viewer)) {
      tracked.add(viewer);
    }
    viewer.announced(tracked.size());
    List<SimulatedViewer> others = others(viewer);
    time.afterMillis(CONNECT_MILLIS, () -> connect(viewer, others));
    time.afterMillis(REANNOUNCE_MILLIS, () -> announce(viewer));
  }

  private List<SimulatedViewer> others(SimulatedViewer viewer) {
    List<SimulatedViewer> others = new ArrayList<>();
    if (tracked.size() <= TOLD_PEERS + 1) {
      others.addAll(tracked);
      others.remove(viewer);
      Collections.shuffle(others, random);
      return others;
    }
    while (others.size() < TOLD_PEERS) {
      SimulatedViewer other = tracked.get(random.nextInt(tracked.size()));
      if (other != viewer && !others.contains(other)) {
        others.add(other);
      }
    }
    return others;
  }

  private void connect(SimulatedViewer viewer, List<SimulatedViewer> others) {
    int opened = 0;
    for (SimulatedViewer other : others) {
      if (viewer.left()
          || opened >= OPENED_CONNECTIONS
          || viewer.connections() >= MOST_CONNECTIONS) {
        return;
      }
      if (connect(viewer, other, time)) {
        opened++;
      }
    }
  }

  /** Whether a connection was made. */
  static boolean connect(SimulatedViewer viewer, SimulatedViewer other, VirtualTime time) {
    if (viewer.left()
        || other.left()
        || other.connections() >= MOST_CONNECTIONS
        || viewer.isConnectedTo(other)) {
      return false;
    }
    SimulatedLink down = new SimulatedLink(other, viewer, time);
    SimulatedLink up = new SimulatedLink(viewer, other, time);
    viewer.connect(down, up);
    other.connect(up, down);
    return true;
  }

  private void tick(List<SimulatedViewer> together) {
    (together.size() >= MANY ? together.parallelStream() : together.stream())
        .forEach(SimulatedViewer::look);
    for (SimulatedViewer viewer : together) {
      viewer.act();
      connectionTicks += viewer.connections();
      viewerTicks++;
      if (viewer.hasSeenAll()) {
        viewer.leave();
        tracked.remove(viewer);
        gone++;
      }
    }
    together.removeIf(SimulatedViewer::left);
    time.afterMillis(plan.tickMillis(), () -> tick(together));
  }

  private SimulationResult result() {
    Map<OriginPolicy.Reason, Integer> asked = new EnumMap<>(OriginPolicy.Reason.class);
    viewers.forEach(
        viewer -> viewer.asked().forEach((why, pieces) -> asked.merge(why, pieces, Integer::sum)));
    return new SimulationResult(
        plan,
        viewers.stream().map(SimulatedViewer::outcome).toList(),
        layout.fileLength(),
        origin.bodyBytes(),
        origin.failures(),
        asked,
        connectionTicks / (double) Math.max(1, viewerTicks),
        (time.nowMillis() - VirtualTime.START_MILLIS) / 1000.0,
        viewerTicks);
  }
}
