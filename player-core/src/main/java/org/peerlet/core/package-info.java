/**
 * The values that cross threads: what to play, how it is going, what went wrong. Everything here is
 * immutable and may be used from any thread.
 */
@NullMarked
package org.peerlet.core;

import org.jspecify.annotations.NullMarked;
