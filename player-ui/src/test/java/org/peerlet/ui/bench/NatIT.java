package org.peerlet.ui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.netlab.Home;
import org.peerlet.fixtures.netlab.NetLab;

/**
 * Two viewers at home, each behind a router that lets nobody in, and nobody else in the swarm: they
 * reach each other over uTP, or at once where a router maps ports.
 */
class NatIT {
  private static final int CLIP_SECONDS = 90;
  private static final long BITS_PER_SECOND = 1_500_000;
  private static final Duration ONE_WAY = Duration.ofMillis(15);
  private static final Duration SPACING = Duration.ofSeconds(3);

  private record Pair(ViewerResult first, ViewerResult second) {}

  private static Pair watch(boolean portMapping, Duration far) throws Exception {
    Path media = Path.of(System.getProperty("basedir", ""), "target", "bench-media");
    try (SwarmLab lab = SwarmLab.open();
        NetLab net = NetLab.openAsInternet(lab, ONE_WAY)) {
      CrowdClip clip = CrowdClip.of(lab, media, CLIP_SECONDS, BITS_PER_SECOND);
      Site site = Site.open(lab, net, clip, 4 * BITS_PER_SECOND);
      Home one = net.home("one");
      Home two = net.home("two");
      if (portMapping) {
        one.mapPorts(lab);
      }
      ViewerOrder order =
          new ViewerOrder(Subject.PEERLET, ShareMode.ON, far, far.multipliedBy(2), null);
      Viewer first = Viewer.prepare(lab, one.host(), "first", site, clip, order);
      Viewer second = Viewer.prepare(lab, two.host(), "second", site, clip, order);
      first.awaitReady();
      second.awaitReady();
      first.start();
      Thread.sleep(SPACING.toMillis());
      second.start();
      Pair pair = new Pair(first.result(), second.result());
      first.awaitExit();
      second.awaitExit();
      return pair;
    }
  }

  @Test
  void twoWhomNobodyCanReachReachEachOther() throws Exception {
    Pair pair = watch(false, Duration.ofSeconds(CLIP_SECONDS - 2));
    assertThat(pair.first().finished()).isTrue();
    assertThat(pair.second().finished()).isTrue();
    assertThat(pair.second().bytesFromPeers()).as("%s", pair).isGreaterThan(500_000);
  }

  @Test
  void aRouterThatMapsPortsLetsTheOtherInAtOnce() throws Exception {
    Pair pair = watch(true, Duration.ofSeconds(20));
    assertThat(pair.first().finished()).isTrue();
    assertThat(pair.second().finished()).isTrue();
    assertThat(pair.second().bytesFromPeers()).as("%s", pair).isGreaterThan(500_000);
  }
}
