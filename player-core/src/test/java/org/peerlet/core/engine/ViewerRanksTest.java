package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.engine.SwarmScene.foreign;
import static org.peerlet.core.engine.SwarmScene.nothing;
import static org.peerlet.core.engine.SwarmScene.pieces;
import static org.peerlet.core.engine.SwarmScene.receiving;
import static org.peerlet.core.engine.SwarmScene.receivingId;
import static org.peerlet.core.engine.SwarmScene.sharing;
import static org.peerlet.core.engine.SwarmScene.sharingId;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.torrent.SwarmPeer;
import org.peerlet.core.torrent.SwarmPeer.Kind;

final class ViewerRanksTest {
  private static final int PIECE = 1_000;

  /** Viewers who are less than 13 pieces apart need a piece at about the same time. */
  private static final int REACH = 40;

  /** The clip's first piece is 20. */
  private final FileLayout layout = new FileLayout(20 * PIECE, 399_500, PIECE, 419_500);

  private final BitSet have = pieces(20, 20 + REACH);
  private SwarmScene swarm = SwarmScene.of();

  private ViewerRanks ranks(int firstWanted) {
    int known = swarm.connected().size() + 1;
    return new ViewerRanks(layout, have, swarm.status(), known, firstWanted, REACH);
  }

  /** Where that piece alone is wanted. */
  private int rank(int piece) {
    return ranks(piece).rank(piece);
  }

  /** Piece 150 is 40 pieces away for this viewer, and less for all others who will want it. */
  @Test
  void ranksThoseBeforeItWhoAreSoonerOnTheWay() {
    assertThat(rankBehind(sharing("a", pieces(130, 148)))).isEqualTo(1);
    assertThat(rankBehind(sharing("a", pieces(130, 148)), sharing("b", pieces(125, 145))))
        .isEqualTo(2);
    assertThat(rankBehind(sharing("a", pieces(130, 148)), sharing("b", pieces(60, 105))))
        .as("what b has is more than its reach before")
        .isEqualTo(1);
  }

  /** The first piece that is lacking is 60 for this viewer, 61 and 59 for the others. */
  @Test
  void ranksByNeedAloneWhoeversTurnItIs() {
    swarm = SwarmScene.of(sharing("a", pieces(20, 61)), sharing("b", pieces(20, 59)));
    ViewerRanks ranks = ranks(60);
    assertThat(IntStream.range(62, 84).map(ranks::needRank)).containsOnly(1);
    assertThat(IntStream.range(62, 84).map(ranks::rank)).contains(0, 1, 2);
  }

  @Test
  void looksAsFarBackAsAViewerReaches() {
    SwarmPeer with110 = sharing("a", union(pieces(100, 111), pieces(200, 230)));
    SwarmPeer with109 = sharing("a", union(pieces(99, 110), pieces(200, 230)));
    assertThat(candidates(150, with110)).isEqualTo(1);
    assertThat(candidates(150, with109)).isZero();
  }

  @Test
  void countsThoseWhoHaveJustBegun() {
    assertThat(candidates(25, sharing("a", nothing()))).isEqualTo(1);
    assertThat(candidates(60, sharing("a", nothing()))).as("as far as it reaches").isEqualTo(1);
    assertThat(candidates(61, sharing("a", nothing()))).isZero();
    assertThat(candidates(25, sharing("a", pieces(300, 340)))).as("its first 40").isEqualTo(1);
    assertThat(candidates(25, sharing("a", pieces(300, 341)))).as("it plays there").isZero();
  }

  /** It would not take its turn. */
  @Test
  void countsNobodyWhoFetchesFromFarBehind() {
    BitSet ahead = pieces(140, 148);
    have.clear(59);
    have.set(100, 101);
    SwarmPeer behind = new SwarmPeer(sharingId("a"), Kind.SHARING, false, true, 27, ahead);
    assertThat(candidates(150, behind)).isZero();
    SwarmPeer beside = new SwarmPeer(sharingId("a"), Kind.SHARING, false, true, 28, ahead);
    assertThat(candidates(150, beside)).as("it takes turns").isEqualTo(1);
    assertThat(candidates(150, sharing("a", pieces(132, 148)))).as("a seek").isEqualTo(1);
  }

  @Test
  void countsNobodyWhoDoesNotShareOrHasIt() {
    BitSet before = pieces(130, 148);
    assertThat(candidates(150, sharing("a", before))).isEqualTo(1);
    assertThat(candidates(150, receiving("a", before))).isZero();
    assertThat(candidates(150, foreign("a", false, before))).isZero();
    assertThat(candidates(150, foreign("a", true, pieces(130, 151)))).isZero();
  }

  @Test
  void letsThoseGoFirstWhoCanPassItOn() {
    swarm =
        SwarmScene.of(sharing("a", nothing()), sharing("b", nothing()), receiving("c", nothing()));
    assertThat(rank(25)).as("who shares").isLessThanOrEqualTo(2);
    swarm = swarm.seenBy(receivingId("self"));
    assertThat(rank(25)).as("who only receives").isEqualTo(2);
    swarm = swarm.counted(1_000);
    assertThat(rank(25)).as("in a large swarm").isEqualTo(2);
    swarm = SwarmScene.of().seenBy("");
    assertThat(rank(25)).as("among nobody").isZero();
  }

  /** Each sees the others and itself, and they agree. */
  @Test
  void agreesWithTheOthers() {
    have.clear(30, 60);
    List<String> names = List.of("a", "b", "c");
    for (int piece = 30; piece < 60; piece++) {
      List<Integer> ranks = new ArrayList<>();
      for (String self : names) {
        swarm =
            SwarmScene.of(
                    names.stream()
                        .filter(name -> !name.equals(self))
                        .map(name -> sharing(name, pieces(20, 30)))
                        .toArray(SwarmPeer[]::new))
                .seenBy(sharingId(self));
        ranks.add(ranks(30).rank(piece));
      }
      assertThat(ranks).as("piece " + piece).containsExactlyInAnyOrder(0, 1, 2);
    }
  }

  @Test
  void goesBeforeWhomHasJustBegunUntilThatOneHasWhatAPlayerStartsWith() {
    assertThat(rankBeside(pieces(20, 25))).isZero();
    assertThat(rankBeside(pieces(20, 30))).isEqualTo(1);
    have.clear();
    assertThat(rankBeside(pieces(20, 30))).isEqualTo(1);
  }

  @Test
  void takesNobodyForANewcomerWhoHasNearlyAsMuch() {
    have.clear(29, 60);
    assertThat(rankBeside(pieces(20, 25))).isEqualTo(1);
    have.set(29);
    assertThat(rankBeside(pieces(20, 25))).isZero();
  }

  @Test
  void takesNobodyForANewcomerAmongMany() {
    SwarmPeer newcomer = sharing("b", pieces(20, 25));
    SwarmPeer c = sharing("c", pieces(20, 30));
    SwarmPeer d = sharing("d", pieces(20, 30));
    SwarmPeer e = sharing("e", pieces(20, 30));
    int before = 0;
    for (int piece = 31; piece < 38; piece++) {
      assertThat(rankAmong(piece, newcomer, c, d)).isEqualTo(rankAmong(piece, c, d));
      before += rankAmong(piece, newcomer, c, d, e) - rankAmong(piece, c, d, e);
    }
    assertThat(before).isPositive();
  }

  private int rankAmong(int piece, SwarmPeer... peers) {
    swarm = SwarmScene.of(peers).seenBy(sharingId("a"));
    return rank(piece);
  }

  /**
   * The rank beside another with these pieces, for a piece where else the hash is for the other.
   */
  private int rankBeside(BitSet others) {
    for (int piece = 31; piece < 60; piece++) {
      swarm = SwarmScene.of(sharing("b", pieces(20, 30))).seenBy(sharingId("a"));
      boolean behind = have.isEmpty() || rank(piece) == 1;
      if (behind) {
        swarm = SwarmScene.of(sharing("b", others)).seenBy(sharingId("a"));
        return rank(piece);
      }
    }
    throw new AssertionError("always first");
  }

  /** A viewer who wants 40 pieces before this one goes behind all who are nearer. */
  private int rankBehind(SwarmPeer... peers) {
    swarm = SwarmScene.of(peers);
    return ranks(110).rank(150);
  }

  /** A viewer who only receives goes behind all who are counted. */
  private int candidates(int piece, SwarmPeer... peers) {
    swarm = SwarmScene.of(peers).seenBy(receivingId("self"));
    return rank(piece);
  }

  private static BitSet union(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.or(other);
    return both;
  }
}
