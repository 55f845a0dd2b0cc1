package org.peerlet.core.origin;

import java.time.Duration;
import java.util.Optional;
import org.peerlet.core.StreamException;

/**
 * What happens to the requests for an origin. Origins are named by their place in the list that the
 * fetcher was given, requests by the number that the asker chose.
 */
public sealed interface OriginEvent {
  /** Bytes arrived, wanted or not. */
  record BytesReceived(int request, int bytes) implements OriginEvent {}

  /** The first byte of an answer arrived, so long after the request. */
  record Answered(int origin, Duration latency) implements OriginEvent {}

  /**
   * A whole piece arrived and its hash is right.
   *
   * @param data ownership passes to the receiver
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  record PieceFetched(int origin, int piece, byte[] data) implements OriginEvent {}

  /**
   * The origin sends no parts of the file, but all of it: pieces [first, end) come, in order. It
   * takes the place of the pieces that were asked for.
   */
  record WholeFileComes(int request, int first, int end) implements OriginEvent {}

  /** A request is over, whatever came of it. */
  record RequestEnded(int request) implements OriginEvent {}

  /**
   * A request failed; RequestEnded follows. A request that was cancelled never fails.
   *
   * @param failure the sentence for the viewer, should nobody else have the pieces
   * @param lasting whether asking again can't help
   * @param retryAfter what the server asked for
   */
  record RequestFailed(
      int request,
      int origin,
      StreamException failure,
      boolean lasting,
      Optional<Duration> retryAfter)
      implements OriginEvent {}
}
