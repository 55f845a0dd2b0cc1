package org.peerlet.core.torrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.peerlet.core.schedule.PieceDeadline;
import org.peerlet.core.schedule.Schedule;
import org.peerlet.core.torrent.PieceWishes.Kind;
import org.peerlet.core.torrent.PieceWishes.Wish;

/**
 * What {@link PieceWishes} makes of a schedule, for a simulation of what libtorrent makes of that.
 *
 * @param hurried these have deadlines, soonest first
 * @param anyOrder these have top priority, and no deadline that counts
 * @param later these come in their order, when nothing else is to be had
 */
public record WishedPieces(List<Integer> hurried, List<Integer> anyOrder, List<Integer> later) {
  /** Nothing is wished. */
  public static final WishedPieces NONE = new WishedPieces(List.of(), List.of(), List.of());

  /**
   * Translates a schedule.
   *
   * @param nowMillis when it was made
   * @param bytesPerSecond at which pieces come
   * @param available whether some connected peer has a piece
   */
  public static WishedPieces of(
      Schedule schedule,
      long nowMillis,
      long bytesPerSecond,
      int pieceLength,
      IntPredicate available) {
    Map<Integer, Wish> wishes =
        PieceWishes.of(schedule, nowMillis, bytesPerSecond, pieceLength, available);
    List<Integer> hurried = new ArrayList<>();
    List<Integer> anyOrder = new ArrayList<>();
    List<Integer> later = new ArrayList<>();
    List<Integer> pieces =
        new ArrayList<>(schedule.deadlines().stream().map(PieceDeadline::piece).toList());
    pieces.addAll(schedule.beyond());
    for (int piece : pieces) {
      Wish wish = wishes.get(piece);
      if (wish != null) {
        (wish.hurried() ? hurried : wish.kind() == Kind.IN_WINDOW ? anyOrder : later).add(piece);
      }
    }
    return new WishedPieces(hurried, anyOrder, later);
  }
}
