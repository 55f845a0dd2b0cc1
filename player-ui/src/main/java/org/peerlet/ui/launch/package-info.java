/**
 * A second launch hands its clip to the player that is open. The lock and the file beside it may be
 * used on any thread; the listener has one thread of its own, on which it tells of launches.
 */
@NullMarked
package org.peerlet.ui.launch;

import org.jspecify.annotations.NullMarked;
