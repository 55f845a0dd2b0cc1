package org.peerlet.ui.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FluidBoundTest {
  @Test
  void oneCopyIsNeededHoweverFastTheLines() {
    List<Visit> visits = List.of(new Visit(0, 100, 2.5), new Visit(50, 100, 2.5));
    assertThat(FluidBound.seconds(visits)).isEqualTo(100);
  }

  @Test
  void slowLinesLeaveTheRestToTheOrigin() {
    // Each lacks half of what it needs, for as long as it is there.
    List<Visit> visits =
        List.of(
            new Visit(0, 100, 0.5),
            new Visit(0, 100, 0.5),
            new Visit(0, 100, 0.5),
            new Visit(20, 60, 0.5));
    assertThat(FluidBound.seconds(visits)).isEqualTo(180);
  }

  @Test
  void aFastLineHelpsOnlyWhileItIsThere() {
    List<Visit> visits = List.of(new Visit(0, 100, 0), new Visit(0, 50, 2), new Visit(0, 100, 0));
    // 50 s with a lack of one bitrate, 50 s with a lack of two.
    assertThat(FluidBound.seconds(visits)).isEqualTo(150);
  }

  @Test
  void whoComesAfterAllHaveLeftBeginsAnew() {
    List<Visit> visits =
        List.of(new Visit(0, 100, 2), new Visit(200, 40, 2), new Visit(210, 70, 2));
    assertThat(FluidBound.seconds(visits)).isEqualTo(100);
    assertThat(FluidBound.forgetfulSeconds(visits)).isEqualTo(170);
  }

  @Test
  void nobodyNeedsNothing() {
    assertThat(FluidBound.seconds(List.of())).isZero();
    assertThat(FluidBound.forgetfulSeconds(List.of())).isZero();
  }

  @Test
  void aTraceHasTheViewersThatWereAskedFor() {
    PoissonTrace trace = PoissonTrace.draw(1, 2.5, 100_000, 120);
    double present = trace.visits().stream().mapToDouble(Visit::watchSeconds).sum() / 100_000;
    assertThat(present).isCloseTo(2.5, within(0.2));
    assertThat(trace.visits())
        .allSatisfy(
            visit -> {
              assertThat(visit.uplink()).isBetween(0.5, 2.5);
              assertThat(visit.watchSeconds()).isBetween(1.0, 120.0);
            });
    assertThat(PoissonTrace.draw(1, 2.5, 100_000, 120)).isEqualTo(trace);
  }
}
