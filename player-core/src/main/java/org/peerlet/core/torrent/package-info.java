/**
 * One torrent, with peers or without: the only package that touches libtorrent4j. libtorrent's
 * events arrive on its alert thread; the methods of {@link Torrent} are called on the engine
 * thread.
 */
@NullMarked
package org.peerlet.core.torrent;

import org.jspecify.annotations.NullMarked;
