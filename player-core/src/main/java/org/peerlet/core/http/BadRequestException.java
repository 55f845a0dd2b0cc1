package org.peerlet.core.http;

/**
 * A request that gets no answer. The message is ours and holds nothing that the client sent, so it
 * is safe to log.
 */
final class BadRequestException extends Exception {
  BadRequestException(String message) {
    // Without a stack trace: a flood of bad requests should cost little.
    super(message, null, false, false);
  }
}
