/**
 * Looks into a clip before and while it plays: what it holds, whether the player can show it, and
 * which bytes belong to which moment. Pure functions over bytes that are handed in; values are
 * immutable and may be used from any thread.
 */
@NullMarked
package org.peerlet.core.media;

import org.jspecify.annotations.NullMarked;
