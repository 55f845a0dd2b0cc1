package org.peerlet.core.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Who of the viewers asks the origin for a piece that nobody has, so that a crowd costs the site
 * about one copy. Each viewer ranks itself among the viewers that it knows: who is not {@link
 * Viewer#starting} comes before who is, who needs the piece soonest comes first, and those who need
 * it at about the same time take turns, in an order that a hash of piece and peer id decides.
 * Nobody has to be asked. Where views differ for a moment, a piece is fetched twice; where they
 * differ for longer, each may wait for another, and the player's need decides ({@link
 * OriginPolicy}).
 */
public final class FirstCopy {
  /**
   * In a swarm much larger than what one viewer knows, so many elect themselves for a piece: one
   * may leave or fail, and several sources spread a piece sooner.
   */
  static final int ELECTED = 3;

  /**
   * Nobody stands farther back by lot: of those who were reckoned with, some have left without a
   * word, or nobody reaches them, and those who are before this one had the time of as many turns.
   */
  static final int LAST_BY_LOT = 4;

  /**
   * Of so many pieces in a row, nobody gets a second one before each who needs them as soon had
   * one. By the hash alone, of eight viewers one gets four of sixteen, and all wait for its line,
   * which has to carry each of them to seven others; in rounds of eight, some of sixteen viewers
   * get twice their share (seen). In longer rounds, a viewer that some see and others don't yet
   * would change more turns.
   */
  static final int ROUND_PIECES = 16;

  private FirstCopy() {}

  /**
   * A viewer who wants a piece and shares it.
   *
   * @param id its peer id
   * @param lackingPieces how many pieces it lacks before this one; at least 0
   * @param starting whether it has little yet: its line is busy with what it needs itself, and
   *     those who wait for it have a picture that moves
   */
  public record Viewer(String id, int lackingPieces, boolean starting) {}

  /**
   * How many viewers go before this one.
   *
   * @param others the viewers known to want the piece
   * @param aboutPieces who lacks fewer than so many more than the one who lacks the fewest counts
   *     as needing it as soon, and so on in steps of this; at least 1
   * @param known viewers that are known, this one and those who don't want the piece included
   * @param swarmSize viewers in the whole swarm, 0 if unknown
   * @return at least 0; 0 asks first
   */
  public static int rank(
      int piece,
      Viewer self,
      Collection<Viewer> others,
      int aboutPieces,
      int known,
      int swarmSize) {
    if (swarmSize > 2 * known) {
      return rankByLot(piece, self, swarmSize * (others.size() + 1.0) / known);
    }
    int fewest =
        others.stream().mapToInt(Viewer::lackingPieces).reduce(self.lackingPieces(), Math::min);
    int before = 0;
    List<String> together = new ArrayList<>();
    together.add(self.id());
    for (Viewer other : others) {
      int order = order(other, self, fewest, aboutPieces);
      if (order < 0) {
        before++;
      } else if (order == 0) {
        together.add(other.id());
      }
    }
    return before + turn(piece, together.stream().mapToLong(FirstCopy::hash).toArray());
  }

  /**
   * Among viewers most of whom nobody knows.
   *
   * @param wanting how many may want the piece: as large a part of the swarm as of those who are
   *     known
   */
  private static int rankByLot(int piece, Viewer self, double wanting) {
    double share = (mix(piece, hash(self.id())) >>> 1) / (double) Long.MAX_VALUE;
    return (int) Math.min(LAST_BY_LOT, share * wanting / ELECTED);
  }

  /**
   * Negative when the first of the two goes before the second. Steps are counted from the viewer
   * who lacks the fewest: counted from none, a crowd that moves on together would always have some
   * on either side of a bound, and each of its viewers, as it crosses it, would take the turn again
   * that another has just had.
   */
  private static int order(Viewer one, Viewer other, int fewest, int aboutPieces) {
    int begun = Boolean.compare(one.starting(), other.starting());
    return begun != 0
        ? begun
        : (one.lackingPieces() - fewest) / aboutPieces
            - (other.lackingPieces() - fewest) / aboutPieces;
  }

  /**
   * How many go before the first of some viewers who need a piece at the same time: plays the round
   * up to that piece.
   */
  private static int turn(int piece, long[] viewers) {
    int[] taken = new int[viewers.length];
    for (int each = piece - piece % ROUND_PIECES; each < piece; each++) {
      int next = 0;
      for (int i = 1; i < viewers.length; i++) {
        next = goesBefore(each, viewers, taken, i, next) ? i : next;
      }
      taken[next]++;
    }
    int before = 0;
    for (int i = 1; i < viewers.length; i++) {
      before += goesBefore(piece, viewers, taken, i, 0) ? 1 : 0;
    }
    return before;
  }

  private static boolean goesBefore(int piece, long[] viewers, int[] taken, int one, int other) {
    return taken[one] < taken[other]
        || (taken[one] == taken[other]
            && Long.compareUnsigned(mix(piece, viewers[one]), mix(piece, viewers[other])) < 0);
  }

  /** FNV-1a over the id. */
  private static long hash(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The finalizer of SplitMix64, so that pieces are independent. */
  private static long mix(int piece, long idHash) {
    long mixed = idHash + piece * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
