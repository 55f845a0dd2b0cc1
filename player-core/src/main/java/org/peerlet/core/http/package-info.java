/**
 * The local HTTP server that media players read a clip from. Runs on request threads, one per
 * connection; the only place where one of them waits for a piece is {@code PieceAvailability}.
 */
@NullMarked
package org.peerlet.core.http;

import org.jspecify.annotations.NullMarked;
