/**
 * The player's window. Runs on the JavaFX application thread, but for {@link
 * org.peerlet.ui.player.PlayerApp#run}, which waits on its caller's thread, and for opening and
 * closing the engine, which have a thread of their own. {@link org.peerlet.ui.player.BufferPolicy},
 * {@link org.peerlet.ui.player.BufferedTimeline}, {@link org.peerlet.ui.player.StallWatch} and the
 * texts are pure.
 */
@NullMarked
package org.peerlet.ui.player;

import org.jspecify.annotations.NullMarked;
