package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmStatus;

final class SeekBacklogTest {
  private final SeekBacklog backlog = new SeekBacklog();
  private final BitSet have = new BitSet();

  @Test
  void takesBackWhatPeersWereAskedForAndWaitsForWhatIsOnItsWay() {
    assertThat(note(1, wanted(0, 40), swarm(1_000, 5_000))).isFalse();
    assertThat(backlog.keepsPeersBusy(swarm(1_000, 5_000))).isFalse();
    assertThat(note(2, wanted(80, 120), swarm(1_000, 5_000))).isTrue();
    assertThat(backlog.keepsPeersBusy(swarm(1_699, 300))).isTrue();
    assertThat(backlog.keepsPeersBusy(swarm(1_700, 300))).isFalse();
    assertThat(note(2, wanted(80, 120), swarm(1_100, 5_000))).as("once").isFalse();
  }

  @Test
  void waitsForNoMoreThanPeersWereAskedFor() {
    note(1, wanted(0, 40), swarm(1_000, 100));
    note(2, wanted(80, 120), swarm(1_000, 100));
    assertThat(backlog.keepsPeersBusy(swarm(1_100, 0))).isFalse();
  }

  /** It would never send that again. */
  @Test
  void takesNothingBackFromTransmission() {
    SwarmPeer transmission =
        new SwarmPeer("2d5452" + "0".repeat(34), SwarmPeer.Kind.FOREIGN, false, false, 9, have);
    note(1, wanted(0, 40), swarm(1_000, 5_000, transmission));
    assertThat(note(2, wanted(80, 120), swarm(1_000, 5_000, transmission))).isFalse();
    assertThat(backlog.keepsPeersBusy(swarm(5_999, 0, transmission))).isTrue();
    assertThat(backlog.keepsPeersBusy(swarm(6_000, 0, transmission))).isFalse();
  }

  /** As it is between the end of one reader and the next. */
  @Test
  void remembersWhatWasWantedWhileNobodyReads() {
    note(1, wanted(0, 40), swarm(0, 5_000));
    assertThat(backlog.note(List.of(), List.of(), have, swarm(0, 5_000), 1_000)).isFalse();
    assertThat(note(2, wanted(80, 120), swarm(0, 5_000))).isTrue();
  }

  @Test
  void takesNothingBackWhileOneReaderMovesOn() {
    for (int first = 0; first < 60; first++) {
      assertThat(note(1, wanted(first, first + 40), swarm(0, 5_000))).isFalse();
      have.set(first);
      have.set(first + 3);
    }
    assertThat(note(1, wanted(200, 240), swarm(0, 5_000)))
        .as("it is fast, and what it read was not told of yet")
        .isFalse();
  }

  /** Players close a connection, and go on where it ended. */
  @Test
  void takesNothingBackFromAReaderThatFollowsAnother() {
    note(1, wanted(0, 40), swarm(0, 5_000));
    assertThat(note(2, wanted(7, 47), swarm(0, 5_000))).isFalse();
  }

  @Test
  void seesASeekThoughTheSoonestPieceHasJustCome() {
    note(1, wanted(0, 40), swarm(0, 5_000));
    have.set(0);
    assertThat(note(2, wanted(30, 70), swarm(0, 5_000))).isTrue();
  }

  private boolean note(int reader, List<PieceDeadline> deadlines, SwarmStatus swarm) {
    List<ReaderView> reading = List.of(new ReaderView(reader, 0, 1, 0, false));
    return backlog.note(reading, deadlines, have, swarm, 1_000);
  }

  private static List<PieceDeadline> wanted(int first, int end) {
    return IntStream.range(first, end)
        .mapToObj(piece -> new PieceDeadline(piece, 100L * (piece - first)))
        .toList();
  }

  private static SwarmStatus swarm(
      long bytesFromPeers, long bytesRequested, SwarmPeer... connected) {
    return SwarmScene.of(connected).brought(bytesFromPeers).requested(bytesRequested).status();
  }
}
