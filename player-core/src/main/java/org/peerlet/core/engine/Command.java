package org.peerlet.core.engine;

import java.util.Set;
import org.peerlet.core.StreamException;
import org.peerlet.core.schedule.Schedule;

/** What the coordinator wants done. */
sealed interface Command {
  /** Tell the torrent what is wanted of peers. */
  record Want(Schedule schedule) implements Command {}

  /** Take back what peers were asked for: what is wanted follows. */
  record TakeBack() implements Command {}

  /**
   * Stay apart from these peers, and come back to all others.
   *
   * @param peers their ids, see {@link org.peerlet.core.torrent.SwarmPeer#id}
   */
  record Spare(Set<String> peers) implements Command {}

  /**
   * Send to so many peers at a time.
   *
   * @param slots {@link UnchokePolicy#ALL} for all who want something
   */
  record Unchoke(int slots) implements Command {}

  /** Ask an origin for pieces [first, end). */
  record Fetch(int request, int origin, int first, int end) implements Command {}

  /** Give up a request. */
  record CancelFetch(int request) implements Command {}

  /** Hand a piece from the origin to the torrent. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  record AddPiece(int piece, byte[] data) implements Command {}

  /** Nobody is left who could deliver: end the stream. */
  record Fail(StreamException why) implements Command {}
}
