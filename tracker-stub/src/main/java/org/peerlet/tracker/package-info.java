/**
 * A BitTorrent tracker (BEP 3, 7, 23, 48) and an HTTP origin over one folder, for development,
 * tests, demos and small sites.
 *
 * <p>Thread owner: Jetty's request threads. What they share is either immutable ({@link
 * org.peerlet.tracker.Options}, the folder's snapshot) or guarded by its own lock ({@code Swarms},
 * {@code RateLimit}); those two never do I/O under it.
 *
 * <p>Nothing here is shared with the player on purpose: this program is the independent check of
 * it.
 */
@org.jspecify.annotations.NullMarked
package org.peerlet.tracker;
