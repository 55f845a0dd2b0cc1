/**
 * Where pieces lie on disk: one folder a clip, {@code <cache>/<infohash>/<n>}, for the user alone.
 * File reads and writes happen on the calling thread.
 */
@NullMarked
package org.peerlet.core.storage;

import org.jspecify.annotations.NullMarked;
