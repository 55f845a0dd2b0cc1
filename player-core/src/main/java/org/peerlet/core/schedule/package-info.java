/**
 * Decides what to fetch when. Pure functions of their arguments, time included: no threads, clocks,
 * I/O or libtorrent4j.
 */
@NullMarked
package org.peerlet.core.schedule;

import org.jspecify.annotations.NullMarked;
