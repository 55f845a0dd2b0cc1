package org.peerlet.core.schedule;

import java.util.Collection;

/**
 * Who of the viewers asks the origin for a piece that nobody has, so that a crowd costs the site
 * about one copy. Each viewer ranks itself among the viewers that it knows: who is not {@link
 * Viewer#starting} comes before who is, who needs the piece soonest comes first, and among those
 * who need it at about the same time a hash of piece and peer id decides. Nobody has to be asked.
 * Where views differ, a piece is fetched twice, and none is missed.
 */
public final class FirstCopy {
  /**
   * In a swarm much larger than what one viewer knows, so many elect themselves for a piece: one
   * may leave or fail, and several sources spread a piece sooner.
   */
  static final int ELECTED = 3;

  private FirstCopy() {}

  /**
   * A viewer who wants a piece and shares it.
   *
   * @param id its peer id
   * @param distancePieces from the first piece that it lacks to this one; at least 0
   * @param starting whether it has little yet: its line is busy with what it needs itself, and
   *     those who wait for it have a picture that moves
   */
  public record Viewer(String id, int distancePieces, boolean starting) {}

  /**
   * How many viewers go before this one.
   *
   * @param others the viewers known to want the piece
   * @param aboutPieces distances that differ by less count as the same; at least 1
   * @param known viewers that are seen, this one and those who don't want the piece included
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
    long own = hash(piece, self.id());
    if (swarmSize > 2 * known) {
      double share = (own >>> 1) / (double) Long.MAX_VALUE;
      return (int) (share * swarmSize / ELECTED);
    }
    int before = 0;
    for (Viewer other : others) {
      int order = order(other, self, aboutPieces);
      if (order < 0 || (order == 0 && Long.compareUnsigned(hash(piece, other.id()), own) < 0)) {
        before++;
      }
    }
    return before;
  }

  /** Negative when the first of the two goes before the second. */
  private static int order(Viewer one, Viewer other, int aboutPieces) {
    int begun = Boolean.compare(one.starting(), other.starting());
    return begun != 0
        ? begun
        : one.distancePieces() / aboutPieces - other.distancePieces() / aboutPieces;
  }

  /** FNV-1a over the id, then the finalizer of SplitMix64, so that pieces are independent. */
  private static long hash(int piece, String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    long mixed = hash + piece * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
