/**
 * Torrents as values: reading, choosing from and making them, before any of it reaches native code.
 * Pure functions; everything may be called from any thread, and only {@link
 * org.peerlet.core.metainfo.TorrentMaker} reads files and takes a second thread while it does.
 * Every failure is a {@link org.peerlet.core.StreamException}.
 */
@NullMarked
package org.peerlet.core.metainfo;

import org.jspecify.annotations.NullMarked;
