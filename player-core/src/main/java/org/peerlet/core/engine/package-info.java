/**
 * The streaming engine: one engine thread owns a clip's state, decides by pure functions, and tells
 * torrent, origin and readers what to do.
 */
@NullMarked
package org.peerlet.core.engine;

import org.jspecify.annotations.NullMarked;
