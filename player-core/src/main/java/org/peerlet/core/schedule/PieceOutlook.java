package org.peerlet.core.schedule;

/**
 * What is known of a piece that is wanted and not on its way from the origin.
 *
 * @param piece index in the torrent
 * @param bytes its length
 * @param deadlineMillis when it must be there, from now
 * @param held whether a peer that would give it has it
 * @param sinceMillis for how long it has been wanted and held, or wanted and held by nobody
 * @param rank how many viewers go before this one: where nobody has it and it is near, in asking
 *     the origin; where one alone has most of what is wanted, in asking that one
 * @param needRank how many go before this one where only the need counts: nobody has it and it is
 *     near
 */
public record PieceOutlook(
    int piece,
    int bytes,
    long deadlineMillis,
    boolean held,
    long sinceMillis,
    int rank,
    int needRank) {}
