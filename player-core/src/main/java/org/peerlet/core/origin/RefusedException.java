package org.peerlet.core.origin;

import java.time.Duration;
import java.util.Optional;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** An answer that is of no use, and whether asking again can't help. */
final class RefusedException extends Exception {
  private final StreamException failure;
  private final boolean lasting;

  private final Optional<Duration> retryAfter;

  RefusedException(StreamException failure, boolean lasting, Optional<Duration> retryAfter) {
    super(failure);
    this.failure = failure;
    this.lasting = lasting;
    this.retryAfter = retryAfter;
  }

  static RefusedException forGood(Reason reason, String sentence) {
    return new RefusedException(new StreamException(reason, sentence), true, Optional.empty());
  }

  StreamException failure() {
    return failure;
  }

  boolean lasting() {
    return lasting;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
