package org.peerlet.core.torrent;

import java.util.BitSet;
import java.util.Set;
import org.peerlet.core.schedule.Schedule;

/**
 * What the engine needs of one torrent. Pieces come from peers, if there are any, and through
 * {@link #addPiece}; what was verified is announced as a {@link TorrentEvent} to the listener given
 * when the torrent was opened, on any thread, and its bytes can be read from the piece store from
 * then on.
 *
 * <ul>
 *   <li>Methods are called on one thread, and none waits for the network.
 *   <li>After {@link #close} nothing is announced any more, {@link #want} and {@link #addPiece} do
 *       nothing, and {@link #have} and {@link #swarm} give the last state.
 * </ul>
 */
public interface Torrent extends AutoCloseable {
  /**
   * Says what is wanted from peers from now on; whatever is not in the schedule is not.
   *
   * @param nowMillis when the schedule was made, by the engine's clock
   */
  void want(Schedule schedule, long nowMillis);

  /**
   * Stays apart from these peers from now on, and comes back to all others.
   *
   * @param peers their ids, see {@link SwarmPeer#id}
   */
  void spare(Set<String> peers);

  /**
   * Sends to this many of those who want something at a time from now on: to those who have sent
   * the most lately, and to one of the others in turn. Where this viewer only receives, to nobody.
   *
   * @param slots at least 1; as many as there can be peers, or more, for all
   */
  void unchoke(int slots);

  /** Takes back what peers were asked for; what is wanted is told again by {@link #want}. */
  void takeBack();

  /**
   * Gives a piece that came from the origin. It is verified here, and announced as verified or
   * rejected. A piece that is there already is ignored.
   *
   * @param data as long as the piece; ownership passes
   * @throws IndexOutOfBoundsException if the torrent has no such piece
   */
  void addPiece(int piece, byte[] data);

  /** The verified pieces, as a copy. */
  BitSet have();

  /** The swarm as last seen. */
  SwarmStatus swarm();

  /** Leaves the swarm. May be called again. The piece store stays open: its owner closes it. */
  @Override
  void close();
}
