package org.peerlet.core.schedule;

/**
 * A missing piece and when it must be there.
 *
 * @param piece index in the torrent
 * @param deadlineMillis from now, at least 0
 */
public record PieceDeadline(int piece, long deadlineMillis) {}
