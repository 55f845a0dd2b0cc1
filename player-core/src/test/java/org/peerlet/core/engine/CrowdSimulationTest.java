package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.fixtures.crowd.Visit;

final class CrowdSimulationTest {
  private static SimulationPlan together(int viewers, double uplink, long seed) {
    return new SimulationPlan(
        SimulationPlan.evenly(viewers, 0, List.of(uplink), 10), 0, 2, 10, 100, seed);
  }

  @Test
  void eightTogetherSeeTheClipForAboutOneCopy() {
    SimulationPlan plan = together(8, 1.5, 1);
    SimulationResult result = CrowdSimulation.run(plan);
    assertThat(result.finished()).isEqualTo(8);
    assertThat(result.originCopies()).isBetween(1.0, 2.0);
    assertThat(result.viewers())
        .allSatisfy(
            viewer ->
                assertThat(
                        viewer.bytesFromPeers()
                            + viewer.bytesFromOrigin()
                            - viewer.bytesDuplicate())
                    .as("the whole clip, and what was on its way twice")
                    .isGreaterThanOrEqualTo(result.clipBytes()));
    assertThat(CrowdSimulation.run(plan)).as("for the same seed").isEqualTo(result);
  }

  @Test
  void aloneAllComesFromTheOrigin() {
    SimulationResult result = CrowdSimulation.run(together(1, 1.5, 2));
    assertThat(result.smooth()).isEqualTo(1);
    assertThat(result.originCopies()).isCloseTo(1, within(0.01));
  }

  /** Whoever only receives can't be helped by others like it. */
  @Test
  void whereNobodySendsTheOriginDoes() {
    SimulationPlan plan =
        new SimulationPlan(SimulationPlan.evenly(2, 0, List.of(1.5), 10), 2, 4, 10, 100, 3);
    SimulationResult result = CrowdSimulation.run(plan);
    assertThat(result.finished()).isEqualTo(2);
    assertThat(result.originCopies()).isCloseTo(2, within(0.1));
    assertThat(plan.fluidCopies()).isEqualTo(2);
  }

  /** The second comes when the first has left, and finds nobody. */
  @Test
  void whoLeavesEarlyHasSeenWhatItCameForAndLeavesTheOthersWithoutIt() {
    List<Visit> visits = List.of(new Visit(0, 4, 1.5), new Visit(20, 10, 1.5));
    SimulationResult result = CrowdSimulation.run(new SimulationPlan(visits, 0, 2, 10, 100, 4));
    assertThat(result.smooth()).isEqualTo(2);
    assertThat(result.viewers()).allSatisfy(each -> assertThat(each.bytesFromPeers()).isZero());
    assertThat(result.plan().forgetfulCopies()).isCloseTo(1.4, within(0.001));
    assertThat(result.originCopies()).isBetween(1.4, 2.001);
  }

  @Test
  void aLineIsSharedAndItsSharesEndWhenTheyShould() {
    VirtualTime time = new VirtualTime();
    long start = time.nowMillis();
    SharedLine line = new SharedLine(time, 1000);
    List<Long> ends = new ArrayList<>();
    line.begin(1000, () -> ends.add(time.nowMillis() - start));
    line.begin(500, () -> ends.add(time.nowMillis() - start));
    SharedLine.Transfer given = line.begin(5000, () -> ends.add(-1L));
    time.afterMillis(600, () -> line.stop(given));
    while (time.step()) {
      // To the end.
    }
    // 200 each by 600 ms; then two share: 500 is through after 600 more, 1000 after 500 alone.
    assertThat(ends).hasSize(2);
    assertThat(ends.get(0)).isCloseTo(1200, within(1L));
    assertThat(ends.get(1)).isCloseTo(1700, within(1L));
    assertThat(line.sentBytes()).isCloseTo(1700, within(1.0));
  }
}
