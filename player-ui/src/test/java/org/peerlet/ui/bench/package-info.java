/**
 * Benchmarks, each a program of its own: they print ratios against plain HTTP and bare
 * libtorrent4j, measured in the same run. Started by the {@code bench} script, never by the tests.
 */
@NullMarked
package org.peerlet.ui.bench;

import org.jspecify.annotations.NullMarked;
