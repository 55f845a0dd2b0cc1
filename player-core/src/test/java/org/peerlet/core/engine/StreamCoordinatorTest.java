package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.schedule.OriginPolicy.Reason.ALONE;
import static org.peerlet.core.schedule.OriginPolicy.Reason.NOT_NEAR;
import static org.peerlet.core.schedule.OriginPolicy.Reason.PEERS_IN_TIME;
import static org.peerlet.core.schedule.OriginPolicy.Reason.RESCUE;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peerlet.core.engine.Command.AddPiece;
import org.peerlet.core.engine.Command.Fail;
import org.peerlet.core.engine.Command.Fetch;
import org.peerlet.core.engine.Command.Want;
import org.peerlet.core.origin.OriginEvent.BytesReceived;
import org.peerlet.core.origin.OriginEvent.RequestEnded;
import org.peerlet.core.origin.OriginEvent.WholeFileComes;
import org.peerlet.core.schedule.OriginPolicy;
import org.peerlet.core.schedule.OriginPolicy.Verdict;
import org.peerlet.core.torrent.SwarmStatus;

/** Events and instants go in, commands come out. */
final class StreamCoordinatorTest extends CoordinatorScene {
  @Test
  void asksTheOriginAtOnceForTheFirstPieces() {
    List<Command> commands = decide(NOBODY, START);
    assertThat(fetches(commands)).containsExactly(new Fetch(0, 0, 0, 1));
    assertThat(wantedOfPeers(commands)).startsWith(1).hasSize(39).doesNotContain(0);
    assertThat(commands).noneMatch(Fail.class::isInstance);
  }

  @Test
  void asksNothingTwice() {
    decide(NOBODY, START);
    assertThat(fetches(decide(NOBODY, START + 100))).isEmpty();
    coordinator.on(new RequestEnded(0), START + 200);
    // Its pieces did not come: they are asked for again.
    assertThat(fetches(decide(NOBODY, START + 200))).containsExactly(new Fetch(1, 0, 0, 1));
  }

  /** Ten pieces a second: a run is 2 MiB, and the next is asked for when one piece is to come. */
  @Test
  void asksForMoreOfAFastOriginWhileARequestEnds() {
    bring(0, 0, 1, 100, decideAt(NOBODY, START));
    coordinator.on(new RequestEnded(0), START + 100);
    assertThat(fetches(decide(NOBODY, START + 100))).containsExactly(new Fetch(1, 0, 1, 9));
    bring(1, 1, 5, 100, START + 100);
    assertThat(fetches(decide(NOBODY, START + 500))).as("four to come").isEmpty();
    bring(1, 5, 8, 100, START + 500);
    assertThat(fetches(decide(NOBODY, START + 800))).containsExactly(new Fetch(2, 0, 9, 17));
    coordinator.on(new BytesReceived(1, PIECE), START + 890);
    assertThat(fetches(decide(NOBODY, START + 890))).as("two are open").isEmpty();
  }

  /** One that brings half a piece is half done. */
  @Test
  void countsWhatCameOfAPiece() {
    decide(NOBODY, START);
    coordinator.on(new BytesReceived(0, PIECE / 4), START + 200);
    // 640 KiB/s, as far as can be told: 96 KiB in 150 ms, and 192 KiB are to come.
    assertThat(fetches(decide(NOBODY, START + 200))).isEmpty();
    coordinator.on(new BytesReceived(0, PIECE / 2), START + 250);
    assertThat(fetches(decide(NOBODY, START + 250))).hasSize(1);
  }

  @Test
  void handsOnWhatComesAndGoesOnAsking() {
    decide(NOBODY, START);
    assertThat(coordinator.on(fetched(0), START + 50))
        .singleElement()
        .isInstanceOfSatisfying(
            AddPiece.class, add -> assertThat(add.data()).hasSize(PIECE).isNotNull());
    coordinator.pieceVerified(0);
    coordinator.on(new RequestEnded(0), START + 60);
    List<Command> commands = decide(NOBODY, START + 60);
    assertThat(fetches(commands)).containsExactly(new Fetch(1, 0, 1, 2));
    assertThat(wantedOfPeers(commands)).startsWith(2);
    assertThat(coordinator.have().cardinality()).isEqualTo(1);
  }

  @Test
  void tellsWhatItAskedAndWhy() {
    assertThat(coordinator.verdicts()).isEmpty();
    assertThat(coordinator.asked()).isEmpty();
    coordinator.peersAllowed(true, START);
    decide(NOBODY, START);
    assertThat(coordinator.asked()).containsOnly(Map.entry(OriginPolicy.Reason.START, 1));
    assertThat(coordinator.verdicts())
        .hasSize(39)
        .startsWith(new Verdict(1, NOT_NEAR))
        .endsWith(new Verdict(39, NOT_NEAR));
    bring(0, 0, 1, 100, START);
    coordinator.on(new RequestEnded(0), START + 100);
    decide(NOBODY, START + 4_000);
    assertThat(coordinator.asked())
        .containsOnly(Map.entry(OriginPolicy.Reason.START, 1), Map.entry(ALONE, 8));
    assertThat(coordinator.verdicts()).hasSize(31).startsWith(new Verdict(9, ALONE));
  }

  @Test
  void cancelsWhatASeekLeavesBehindAndAsksForTheNewPlace() {
    twoRequests();
    readers = List.of(reader(50 * PIECE, 0));
    List<Command> commands = decide(NOBODY, START + 1_000);
    assertThat(cancels(commands)).containsExactlyInAnyOrder(0, 1);
    assertThat(fetches(commands)).as("two requests are still open").isEmpty();
    assertThat(wantedOfPeers(commands)).startsWith(50);
    coordinator.on(new RequestEnded(0), START + 1_010);
    assertThat(fetches(decide(NOBODY, START + 1_010))).isEmpty();
    coordinator.on(new RequestEnded(1), START + 1_020);
    assertThat(fetches(decide(NOBODY, START + 1_020))).containsExactly(new Fetch(2, 0, 50, 51));
  }

  @Test
  void takesAPieceThatStillCameFromACancelledRequest() {
    decide(NOBODY, START);
    readers = List.of(reader(50 * PIECE, 0));
    decide(NOBODY, START + 100);
    assertThat(coordinator.on(fetched(0), START + 110)).hasSize(1);
  }

  @Test
  void stopsAskingWhenNobodyReads() {
    twoRequests();
    readers = List.of();
    List<Command> commands = decide(NOBODY, START + 200);
    assertThat(cancels(commands)).containsExactlyInAnyOrder(0, 1);
    assertThat(fetches(commands)).isEmpty();
  }

  @Test
  void letsOneRequestBringTheWholeFile() {
    twoRequests();
    coordinator.on(new WholeFileComes(0, 0, PIECES), START + 110);
    coordinator.on(new WholeFileComes(1, 0, PIECES), START + 110);
    List<Command> commands = decide(NOBODY, START + 120);
    assertThat(cancels(commands)).containsExactly(1);
    assertThat(wantedOfPeers(commands)).isEmpty();
    coordinator.on(new RequestEnded(1), START + 130);
    readers = List.of(reader(80 * PIECE, 0));
    assertThat(decide(NOBODY, START + 140)).allMatch(Want.class::isInstance);
    readers = List.of();
    assertThat(decide(NOBODY, START + 150)).allMatch(Want.class::isInstance);
  }

  @Test
  void cancelsARequestWhosePiecesTheWholeFileBrings() {
    twoRequests();
    coordinator.on(new WholeFileComes(1, 0, PIECES), START + 110);
    assertThat(cancels(decide(NOBODY, START + 120))).containsExactly(0);
  }

  /** Peers owe twenty seconds of their lines to where the reader was. */
  @Test
  void takesBackWhatPeersOweAfterASeekAndAsksForAllThatAStartNeeds() {
    coordinator.peersAllowed(true, START);
    decide(FAST, START);
    originOf(20, START);
    decide(seed().brought(8 * PIECE).status(), START + 500);
    readers = List.of(new ReaderView(2, 80 * PIECE, END, 0, false));
    SwarmStatus owing = seed().brought(8 * PIECE).requested(40 * PIECE).status();
    assertThat(decide(owing, START + 600)).startsWith(new Command.TakeBack());
    assertThat(reasons()).startsWith(RESCUE, RESCUE, RESCUE, RESCUE, RESCUE, RESCUE);
    decide(seed().brought(48 * PIECE).requested(8 * PIECE).status(), START + 700);
    assertThat(reasons().get(5)).isEqualTo(PEERS_IN_TIME);
  }

  @Test
  void asksAgainForAPieceThatWasDeliveredButNeverVerified() {
    coordinator = coordinator(1, 1);
    decide(NOBODY, START);
    assertThat(coordinator.on(fetched(0), START + 100)).hasSize(1);
    coordinator.on(new RequestEnded(0), START + 100);
    assertThat(fetches(decide(NOBODY, START + 2_099))).isEmpty();
    assertThat(fetches(decide(NOBODY, START + 2_100))).containsExactly(new Fetch(1, 0, 0, 1));
    assertThat(coordinator.on(fetched(0), START + 2_200)).hasSize(1);
    coordinator.pieceVerified(0);
    coordinator.on(new RequestEnded(1), START + 2_200);
    assertThat(fetches(decide(NOBODY, START + 9_999))).isEmpty();
  }

  @Test
  void asksAgainForAPieceThatWasRejected() {
    coordinator = coordinator(1, 1);
    decide(NOBODY, START);
    coordinator.on(fetched(0), START + 100);
    coordinator.on(new RequestEnded(0), START + 100);
    assertThat(fetches(decide(NOBODY, START + 110))).isEmpty();
    coordinator.pieceRejected(0);
    assertThat(fetches(decide(NOBODY, START + 120))).containsExactly(new Fetch(1, 0, 0, 1));
  }

  @Test
  void countsWhatCameTwice() {
    decide(NOBODY, START);
    coordinator.pieceVerified(0);
    assertThat(coordinator.on(fetched(0), START)).as("a peer was faster").isEmpty();
    assertThat(coordinator.duplicateBytes()).isEqualTo(PIECE);
    assertThat(coordinator.on(fetched(1), START)).hasSize(1);
    assertThat(coordinator.on(fetched(1), START + 10)).as("two requests brought it").isEmpty();
    assertThat(coordinator.duplicateBytes()).isEqualTo(2 * PIECE);
  }

  @Test
  void countsTheOriginsBytes() {
    decide(NOBODY, START);
    for (int i = 0; i < 100; i++) {
      coordinator.on(new BytesReceived(0, 10_000), START + i * 100L);
    }
    assertThat(coordinator.bytesFromOrigin()).isEqualTo(1_000_000);
    assertThat(coordinator.originBytesPerSecond(START + 10_000)).isBetween(80_000L, 120_000L);
  }

  @Test
  void putsTheIndexBeforeThePictures() {
    readers = List.of(reader(0, 0), new ReaderView(2, 98L * PIECE, 99L * PIECE, 0, true));
    assertThat(fetches(decide(NOBODY, START))).containsExactly(new Fetch(0, 0, 98, 99));
    bring(0, 98, 99, 100, START);
    coordinator.on(new RequestEnded(0), START + 100);
    assertThat(fetches(decide(NOBODY, START + 100))).containsExactly(new Fetch(1, 0, 0, 8));
  }

  @Test
  void wantsMoreOfAClipWithAHigherRate() {
    coordinator.peersAllowed(true, START);
    coordinator.clipRate(RATE / 2);
    assertThat(wantedOfPeers(decide(FAST, START))).hasSize(20);
    coordinator.clipRate(0);
    assertThat(decide(FAST, START + 100)).isNotEmpty();
  }
}
