package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.torrent.SwarmStatus;

final class SeekBacklogTest {
  private final SeekBacklog backlog = new SeekBacklog();
  private final BitSet have = new BitSet();

  @Test
  void lastsUntilPeersHaveSentWhatTheyWereAskedForBeforeASeek() {
    backlog.note(wanted(0, 40), have, swarm(1_000, 500));
    assertThat(backlog.keepsPeersBusy(swarm(1_000, 500))).isFalse();
    backlog.note(wanted(80, 120), have, swarm(1_000, 500));
    assertThat(backlog.keepsPeersBusy(swarm(1_499, 300))).isTrue();
    assertThat(backlog.keepsPeersBusy(swarm(1_500, 300))).isFalse();
  }

  /** As it is between the end of one reader and the next. */
  @Test
  void remembersWhatWasWantedWhileNobodyReads() {
    backlog.note(wanted(0, 40), have, swarm(1_000, 500));
    backlog.note(List.of(), have, swarm(1_000, 500));
    backlog.note(wanted(80, 120), have, swarm(1_000, 500));
    assertThat(backlog.keepsPeersBusy(swarm(1_000, 500))).isTrue();
  }

  @Test
  void countsNothingWhileTheReaderMovesOn() {
    for (int first = 0; first < 60; first++) {
      backlog.note(wanted(first, first + 40), have, swarm(0, 500));
      have.set(first);
      have.set(first + 3);
      assertThat(backlog.keepsPeersBusy(swarm(0, 500))).isFalse();
    }
  }

  /** A piece arrives just before the seek. */
  @Test
  void countsASeekWhenTheSoonestPieceHasCome() {
    backlog.note(wanted(0, 40), have, swarm(0, 500));
    have.set(0);
    backlog.note(wanted(30, 70), have, swarm(0, 500));
    assertThat(backlog.keepsPeersBusy(swarm(499, 0))).isTrue();
  }

  private static List<PieceDeadline> wanted(int first, int end) {
    return IntStream.range(first, end)
        .mapToObj(piece -> new PieceDeadline(piece, 100L * (piece - first)))
        .toList();
  }

  private static SwarmStatus swarm(long bytesFromPeers, long bytesRequested) {
    return SwarmScene.of().brought(bytesFromPeers).requested(bytesRequested).status();
  }
}
